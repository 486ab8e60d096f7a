import { command } from "../../src/bot/command.ts";
import { number, paragraph, ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "grievance extend",
  title: "Extend a grievance",
  summary: "Say how many days more the answer takes; the draft letter states them to the patient.",
  usage: "GRV-7 days:10 why it takes longer",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    days: required(
      number({
        label: "Days more, from today",
        hint: "The patient is told this number",
        whole: true,
        min: 1,
        max: 365,
      }),
    ),
    reason: required(
      paragraph({ label: "Why it takes longer", hint: "For your own record; the letter leaves it out" }),
    ),
  },
  async run({ services, actor, requestId, now }, { grievance, days, reason }) {
    return update(grievanceCard(await services.grievances.extend({ actor, requestId, now }, grievance, days, reason)));
  },
});
