import { command } from "../../src/bot/command.ts";
import { choice, paragraph, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { withStarted } from "../../src/cards/incidentStanding.ts";
import { update } from "../../src/chat/reply.ts";
import { harms } from "../../src/domain/incidents/rules.ts";
import { probabilities, severities } from "../../src/domain/incidents/safetyCode.ts";

export default command({
  path: "incident grade",
  title: "Grade an incident",
  summary: "Your grade of its harm, beside the reporter's, and its safety assessment code.",
  usage: "INC-142 harm:mild severity:major probability:remote",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    harm: required(choice(harms, { label: "Harm", hint: "If torn between two, choose the higher" })),
    severity: choice(severities, {
      label: "Severity",
      hint: "What happened as it was, a close call by the worst that was likely",
      ask: true,
    }),
    probability: choice(probabilities, {
      label: "Probability",
      hint: "How often it happens here; with the severity it gives the safety assessment code",
      ask: true,
    }),
    why: paragraph({ label: "Why", hint: "Kept with your grade in the timeline", ask: true }),
  },
  async run({ services, actor, requestId, now }, { incident, ...grade }) {
    const graded = await services.incidents.grade({ actor, requestId, now }, incident, grade);
    return update(withStarted(incidentCard(graded), graded, now));
  },
});
