import { command } from "../../src/bot/command.ts";
import { many, paragraph, ref, required } from "../../src/bot/field.ts";
import { reviewedCard } from "../../src/cards/incidentReviewed.ts";
import { update } from "../../src/chat/reply.ts";
import { factors } from "../../src/domain/incidents/causation.ts";

export default command({
  path: "incident review",
  title: "Review an incident",
  summary: "Why it happened, in up to five whys, and what contributed.",
  usage: "INC-142 why, a line each",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    whys: paragraph({ label: "Whys", hint: "One a line, up to five, until a cause that can be changed", ask: true }),
    factors: many(factors, { label: "What contributed", ask: true }),
  },
  async run({ services, actor, requestId, now }, { incident, whys, factors }) {
    return update(
      reviewedCard(await services.incidents.review({ actor, requestId, now }, incident, { whys, factors })),
    );
  },
});
