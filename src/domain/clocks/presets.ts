import { accreditation } from "./presets/accreditation.ts";
import { devicesAndDrugs } from "./presets/devicesAndDrugs.ts";
import { facility } from "./presets/facility.ts";
import { medicare } from "./presets/medicare.ts";
import { privacy } from "./presets/privacy.ts";
import { states } from "./presets/states.ts";
import { workplace } from "./presets/workplace.ts";
import type { ClockRule } from "./rules.ts";

const all = [
  ...privacy,
  ...workplace,
  ...medicare,
  ...devicesAndDrugs,
  ...states,
  ...accreditation,
  ...facility,
] as const;

export type ClockId = (typeof all)[number]["id"];

/** The clocks that Rounds knows. State law, contracts and policies can shorten any of them; nothing here is legal advice. */
export const presets: readonly (ClockRule & { id: ClockId })[] = all;

const byId = new Map<string, ClockRule>(presets.map((rule) => [rule.id, rule]));

/** Throws where no preset has this id: ids are kept by Rounds alone, nobody types them. */
export function ruleOf(id: string): ClockRule {
  const rule = byId.get(id);
  if (!rule) throw new Error(`There is no clock ${id}.`);
  return rule;
}
