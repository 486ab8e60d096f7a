import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident ask",
  title: "Ask the reporter",
  summary: "Ask whoever filed it; an anonymous reporter finds the question by the receipt.",
  usage: "INC-142 what you want to know",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    question: required(paragraph({ label: "Question", hint: "The reporter reads this. No patient names" })),
  },
  async run({ services, actor, requestId, now }, { incident, question }) {
    return update(incidentCard(await services.incidents.ask({ actor, requestId, now }, incident, question)));
  },
});
