import { command } from "../../src/bot/command.ts";
import { asked, ref, required } from "../../src/bot/field.ts";
import { answeredCard } from "../../src/cards/incidentDetails.ts";
import { update } from "../../src/chat/reply.ts";
import { questionsOf } from "../../src/domain/incidents/followUp.ts";

export default command({
  path: "details workplace",
  title: "About the work injury",
  summary: "What happened to staff and what it led to; starts OSHA’s clocks.",
  usage: "INC-142 outcome:days-away",
  roles: "all",
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    ...asked(questionsOf("workplace")),
  },
  async run({ services, actor, requestId, now }, { incident, ...answers }) {
    const act = { actor, requestId, now };
    return update(answeredCard(await services.incidents.detail(act, incident, "workplace", answers), "workplace", now));
  },
});
