import { command } from "../../src/bot/command.ts";
import { paragraph, pastDate, ref, required, text } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { update } from "../../src/chat/reply.ts";

const kept = "Plain words; the patient reads this. Left empty, what was added before stands.";

export default command({
  path: "grievance resolve",
  title: "Resolve a grievance",
  summary: "End it with contact, steps taken, results and the day of completion; the letter follows.",
  usage: "GRV-7 contact:name completed:today",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    contact: required(text({ label: "Contact person at the hospital", hint: "Whom the patient may ask" })),
    completed: required(pastDate({ label: "Investigation completed on" })),
    steps: paragraph({ label: "Steps taken to investigate", hint: kept, ask: true }),
    results: paragraph({ label: "Results", hint: kept, ask: true }),
  },
  async run({ services, actor, requestId, now }, { grievance, ...given }) {
    return update(grievanceCard(await services.grievances.resolve({ actor, requestId, now }, grievance, given)));
  },
});
