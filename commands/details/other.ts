import { command } from "../../src/bot/command.ts";
import { asked, choice, ref, required } from "../../src/bot/field.ts";
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
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    category: choice(categories, {
      label: "Category",
      hint: "Where it has none yet; the questions about it come next",
      ask: true,
    }),
    ...asked(questionsOf("other")),
  },
  async run({ services, actor, requestId, now }, { incident, category, ...answers }) {
    const act = { actor, requestId, now };
    const answered = await services.incidents.detail(act, incident, "other", answers, category);
    return update(answeredCard(answered, category === undefined ? "other" : detailsOf(answered), now));
  },
});
