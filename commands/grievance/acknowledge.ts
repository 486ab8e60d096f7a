import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "grievance acknowledge",
  title: "Acknowledge a grievance",
  summary: "Say that you have the complaint or grievance: it goes no further up.",
  usage: "GRV-7",
  roles: ["manager", "quality"],
  changes: true,
  input: { grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })) },
  async run({ services, actor, requestId, now }, { grievance }) {
    return update(grievanceCard(await services.grievances.acknowledge({ actor, requestId, now }, grievance)));
  },
});
