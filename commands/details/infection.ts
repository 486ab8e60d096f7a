import { command } from "../../src/bot/command.ts";
import { asked, refOrReceipt, required } from "../../src/bot/field.ts";
import { answeredCard } from "../../src/cards/incidentDetails.ts";
import { update } from "../../src/chat/reply.ts";
import { questionsOf } from "../../src/domain/incidents/followUp.ts";

export default command({
  path: "details infection",
  title: "About the infection",
  summary: "Which infection it is and where it was acquired.",
  usage: "INC-142 infection-sort:cauti",
  roles: "all",
  changes: true,
  input: {
    incident: required(refOrReceipt("INC", { label: "Incident", hint: "Its number, as INC-142, or your receipt" })),
    ...asked(questionsOf("infection")),
  },
  withoutTrace: ({ incident }) => typeof incident === "string",
  async run({ services, actor, requestId, now }, { incident, ...answers }) {
    const act = { actor, requestId, now };
    return update(answeredCard(await services.incidents.answer(act, incident, "infection", answers), "infection", now));
  },
});
