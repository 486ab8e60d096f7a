import { command } from "../../src/bot/command.ts";
import { flag, number, ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "grievance show",
  title: "Show a grievance",
  summary: "A complaint or grievance: why it is one, when it is due, what is missing, what you can do.",
  usage: "GRV-7",
  roles: "all",
  changes: false,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    part: number({ label: "Part of a long text", whole: true, min: 1 }),
    more: flag({ label: "Everything that can be done", carried: true }),
  },
  async run({ services, actor, now }, { grievance, part, more }) {
    return privately(grievanceCard(await services.grievances.show(actor, grievance, now), { part, more }));
  },
});
