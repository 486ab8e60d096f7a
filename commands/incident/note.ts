import { command } from "../../src/bot/command.ts";
import { dateTime, paragraph, ref, required, text } from "../../src/bot/field.ts";
import { notedCard } from "../../src/cards/incidentNoted.ts";
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
    said: dateTime("past", { label: "Said at", carried: true }),
    message: text({ label: "Message", carried: true }),
  },
  async run({ services, actor, requestId, now }, { incident, note, said, message }) {
    const given = { text: note, saidAt: said, message };
    return update(notedCard(await services.incidents.note({ actor, requestId, now }, incident, given)));
  },
});
