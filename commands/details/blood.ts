import { command } from "../../src/bot/command.ts";
import { asked, refOrReceipt, required } from "../../src/bot/field.ts";
import { answeredCard } from "../../src/cards/incidentDetails.ts";
import { update } from "../../src/chat/reply.ts";
import { questionsOf } from "../../src/domain/incidents/followUp.ts";

export default command({
  path: "details blood",
  title: "About the blood product",
  summary: "Which product, what went wrong, and where it began.",
  usage: "INC-142 product:platelets",
  roles: "all",
  changes: true,
  input: {
    incident: required(refOrReceipt("INC", { label: "Incident", hint: "Its number, as INC-142, or your receipt" })),
    ...asked(questionsOf("blood")),
  },
  withoutTrace: ({ incident }) => typeof incident === "string",
  async run({ services, actor, requestId, now }, { incident, ...answers }) {
    const act = { actor, requestId, now };
    return update(answeredCard(await services.incidents.answer(act, incident, "blood", answers), "blood", now));
  },
});
