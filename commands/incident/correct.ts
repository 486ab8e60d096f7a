import { type Context, command } from "../../src/bot/command.ts";
import { choice, dateTime, entry, paragraph, ref, required, text } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { withStarted } from "../../src/cards/incidentStanding.ts";
import { update } from "../../src/chat/reply.ts";
import { type Correction, type Corrigible, corrigible } from "../../src/domain/incidents/correct.ts";
import { categories, harms, kinds } from "../../src/domain/incidents/rules.ts";

export default command({
  path: "incident correct",
  title: "Correct an incident",
  summary: "Correct one thing that was reported; what was there before is kept.",
  usage: "INC-142 field:where value:5E reason:…",
  roles: "all",
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    field: required(choice(corrigible, { label: "What is wrong" })),
    value: required(
      paragraph({ label: "What is right", hint: "A unit by name or code, a time as 2026-11-23 06:10, or in words" }),
    ),
    reason: required(paragraph({ label: "Reason", hint: "Those who see the incident read this" })),
  },
  async run({ services, actor, requestId, now, read }, { incident, field, value, reason }) {
    const correction = await readCorrection(read, field, value);
    const corrected = await services.incidents.correct({ actor, requestId, now }, incident, correction, reason);
    return update(withStarted(incidentCard(corrected), corrected, now));
  },
});

/** Reads the value as the form of a report would. */
async function readCorrection(read: Context["read"], field: Corrigible, value: string): Promise<Correction> {
  const label = "What is right";
  switch (field) {
    case "what":
    case "immediate":
      return { field, value: await read(paragraph({ label }), value, "value") };
    case "informed":
    case "source-ref":
      return { field, value: await read(text({ label }), value, "value") };
    case "where":
      return { field, value: (await read(entry("unit", { label }), value, "value")).id };
    case "when":
      return { field, value: await read(dateTime("past", { label }), value, "value") };
    case "kind":
      return { field, value: await read(choice(kinds, { label }), value, "value") };
    case "category":
      return { field, value: await read(choice(categories, { label }), value, "value") };
    case "harm":
      return { field, value: await read(choice(harms, { label }), value, "value") };
  }
}
