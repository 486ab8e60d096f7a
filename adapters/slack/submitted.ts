import { DateTime, IANAZone } from "luxon";
import type { Field, Fields } from "../../src/bot/field.ts";
import type { File, Input, Json } from "../../src/chat/card.ts";
import { fieldOf } from "./form.ts";
import { isRecord, type Metadata, word } from "./metadata.ts";

/** Fetches a file that was handed in; undefined when Slack does not give it. */
export type Download = (file: Record<string, unknown>) => Promise<File | undefined>;

/**
 * The input of a submitted modal: what was carried, and above it what was filled in. Only the command's own fields are
 * read.
 */
export async function submittedInput(
  fields: Fields,
  { carried, zone }: Metadata,
  view: Record<string, unknown>,
  download: Download,
): Promise<Input> {
  const input: Input = { ...carried };
  for (const [id, state] of statesOf(view)) {
    const name = fieldOf(id);
    const field = fields[name];
    if (field === undefined) continue;
    const value = await fieldValue(field, state, zone, download);
    if (value !== undefined) input[name] = value;
  }
  return input;
}

async function fieldValue(
  { takes }: Field,
  state: Record<string, unknown>,
  zone: string | undefined,
  download: Download,
): Promise<Json | undefined> {
  const typed = word(state.value).trim() === "" ? undefined : word(state.value);
  switch (takes.kind) {
    case "text":
    case "paragraph":
    case "money":
    case "month":
    case "ref":
      return typed;
    case "choice":
    case "repeat":
    case "entry":
      return chosen(state.selected_option)?.value;
    case "many":
    case "entries": {
      const values = allChosen(state).map(({ value }) => value);
      return values.length === 0 ? undefined : values;
    }
    case "number":
      return typed === undefined || !Number.isFinite(Number(typed)) ? typed : Number(typed);
    case "flag":
      return allChosen(state).length > 0;
    case "date":
      return word(state.selected_date) || typed;
    case "time":
      return word(state.selected_time) || typed;
    case "date-time":
      return typeof state.selected_date_time === "number" ? written(state.selected_date_time, zone) : typed;
    case "file": {
      const [file] = Array.isArray(state.files) ? state.files : [];
      if (!isRecord(file)) return undefined;
      // A file that Slack does not give is named, which the bot refuses with words under the field.
      return { ...((await download(file)) ?? { name: word(file.name) }) };
    }
  }
}

/** A moment as it is written in the reader's zone. */
function written(seconds: number, zone: string | undefined): string {
  if (zone === undefined || !IANAZone.isValidZone(zone))
    return DateTime.fromSeconds(seconds, { zone: "UTC" }).toFormat("yyyy-MM-dd'T'HH:mm'Z'");
  return DateTime.fromSeconds(seconds, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** What was typed and chosen, in words, by the labels of the modal. */
export function typedIn(view: Record<string, unknown>, zone: string | undefined): { label: string; value: string }[] {
  const states = new Map(statesOf(view));
  return (Array.isArray(view.blocks) ? view.blocks : []).flatMap((block) => {
    if (!isRecord(block) || block.type !== "input") return [];
    const state = states.get(word(block.block_id));
    const value = state === undefined ? "" : shown(state, zone);
    return value === "" ? [] : [{ label: isRecord(block.label) ? word(block.label.text) : "", value }];
  });
}

function shown(state: Record<string, unknown>, zone: string | undefined): string {
  const options = [chosen(state.selected_option) ?? [], allChosen(state)].flat();
  if (options.length > 0) return options.map(({ label }) => label).join(", ");
  if (typeof state.selected_date_time === "number")
    return written(state.selected_date_time, zone).replace("T", " ").replace("Z", " UTC");
  const files = (Array.isArray(state.files) ? state.files : []).filter(isRecord).map((file) => word(file.name));
  return word(state.value) || word(state.selected_date) || word(state.selected_time) || files.join(", ");
}

/** The state of each block: a block has one input. */
function statesOf(view: Record<string, unknown>): [string, Record<string, unknown>][] {
  const values = isRecord(view.state) && isRecord(view.state.values) ? view.state.values : {};
  return Object.entries(values).flatMap(([id, actions]) => {
    const [state] = isRecord(actions) ? Object.values(actions) : [];
    return isRecord(state) ? [[id, state]] : [];
  });
}

function chosen(option: unknown): { value: string; label: string } | undefined {
  if (!isRecord(option) || typeof option.value !== "string") return undefined;
  return { value: option.value, label: isRecord(option.text) ? word(option.text.text) : option.value };
}

const allChosen = (state: Record<string, unknown>) =>
  (Array.isArray(state.selected_options) ? state.selected_options : []).flatMap((option) => chosen(option) ?? []);
