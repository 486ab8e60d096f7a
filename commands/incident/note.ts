import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident note",
  title: "Add a note",
  summary: "Add to the timeline of an incident that you may see.",
  usage: "INC-142 what you want to add",
  roles: "all",
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    note: required(paragraph({ label: "Note", hint: "No patient names" })),
  },
  async run({ services, actor, requestId, now }, { incident, note }) {
    return update(incidentCard(await services.incidents.note({ actor, requestId, now }, incident, note)));
  },
});
