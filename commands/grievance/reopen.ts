import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "grievance reopen",
  title: "Reopen a grievance",
  summary: "Open a complaint or grievance again; the 7 days of a grievance begin again.",
  usage: "GRV-7 why",
  roles: ["quality"],
  changes: true,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    reason: required(paragraph({ label: "Why" })),
  },
  async run({ services, actor, requestId, now }, { grievance, reason }) {
    return update(grievanceCard(await services.grievances.reopen({ actor, requestId, now }, grievance, reason)));
  },
});
