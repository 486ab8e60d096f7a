import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "grievance close",
  title: "Close a complaint",
  summary: "Close a complaint with what changed; a grievance is resolved instead.",
  usage: "GRV-7 what changed",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    changed: required(paragraph({ label: "What changed", hint: "Who logged it reads this" })),
  },
  async run({ services, actor, requestId, now }, { grievance, changed }) {
    return update(grievanceCard(await services.grievances.close({ actor, requestId, now }, grievance, changed)));
  },
});
