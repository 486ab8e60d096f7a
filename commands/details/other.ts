import { command } from "../../src/bot/command.ts";
import { asked, choice, refOrReceipt, required } from "../../src/bot/field.ts";
import { answeredCard } from "../../src/cards/incidentDetails.ts";
import { update } from "../../src/chat/reply.ts";
import { detailsOf, questionsOf } from "../../src/domain/incidents/followUp.ts";
import { categories } from "../../src/domain/incidents/rules.ts";

export default command({
  path: "details other",
  title: "About what happened",
  summary: "What it was about, and whether it could have been prevented.",
  usage: "INC-142 about:delay",
  roles: "all",
  changes: true,
  input: {
    incident: required(refOrReceipt("INC", { label: "Incident", hint: "Its number, as INC-142, or your receipt" })),
    category: choice(categories, {
      label: "Category",
      hint: "Where it has none yet; the questions about it come next",
      ask: true,
    }),
    ...asked(questionsOf("other")),
  },
  withoutTrace: ({ incident }) => typeof incident === "string",
  async run({ services, actor, requestId, now }, { incident, category, ...answers }) {
    const act = { actor, requestId, now };
    const answered = await services.incidents.answer(act, incident, "other", answers, category);
    return update(answeredCard(answered, category === undefined ? "other" : detailsOf(answered), now));
  },
});
