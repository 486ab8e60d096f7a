import type { Option } from "../../chat/form.ts";
import { type ClockId, presets } from "./presets.ts";

/** The clocks to choose from; their codes are the ids in small letters. */
export const clockOptions: readonly Option[] = presets.map(({ id, title, source }) => ({
  code: id.toLowerCase(),
  label: title,
  detail: source,
}));

const ids = new Map<string, ClockId>(presets.map(({ id }) => [id.toLowerCase(), id]));

/** Throws where the code is none of {@link clockOptions}: a choice lets no other through. */
export function clockIdOf(code: string): ClockId {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`There is no clock ${code}.`);
  return id;
}
