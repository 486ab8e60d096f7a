import { command } from "../../src/bot/command.ts";
import { choice, paragraph, ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { update } from "../../src/chat/reply.ts";
import { sorts } from "../../src/domain/grievances/rules.ts";

export default command({
  path: "grievance overrule",
  title: "Decide otherwise",
  summary: "Decide complaint or grievance otherwise than by fact; starts or withdraws the clock.",
  usage: "GRV-7 complaint why",
  roles: ["quality"],
  changes: true,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    sort: required(choice(sorts, { label: "It is a" })),
    reason: required(paragraph({ label: "Why", hint: "Kept beside what was decided by fact" })),
  },
  async run({ services, actor, requestId, now }, { grievance, sort, reason }) {
    return update(
      grievanceCard(await services.grievances.overrule({ actor, requestId, now }, grievance, sort, reason)),
    );
  },
});
