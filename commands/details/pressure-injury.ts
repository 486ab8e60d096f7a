import { command } from "../../src/bot/command.ts";
import { asked, refOrReceipt, required } from "../../src/bot/field.ts";
import { answeredCard } from "../../src/cards/incidentDetails.ts";
import { update } from "../../src/chat/reply.ts";
import { questionsOf } from "../../src/domain/incidents/followUp.ts";

export default command({
  path: "details pressure-injury",
  title: "Pressure injury",
  summary: "Its stage, and whether it was there on admission.",
  usage: "INC-142 stage:3",
  roles: "all",
  changes: true,
  input: {
    incident: required(refOrReceipt("INC", { label: "Incident", hint: "Its number, as INC-142, or your receipt" })),
    ...asked(questionsOf("pressure-injury")),
  },
  withoutTrace: ({ incident }) => typeof incident === "string",
  async run({ services, actor, requestId, now }, { incident, ...answers }) {
    const act = { actor, requestId, now };
    const answered = await services.incidents.answer(act, incident, "pressure-injury", answers);
    return update(answeredCard(answered, "pressure-injury", now));
  },
});
