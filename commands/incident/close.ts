import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident close",
  title: "Close an incident",
  summary: "Close it with what changed; the reporter hears.",
  usage: "INC-142 what changed",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    changed: required(paragraph({ label: "What changed", hint: "The reporter reads this" })),
    waive: paragraph({ label: "Why actions are left open", hint: "Only where some are" }),
  },
  async run({ services, actor, requestId, now }, { incident, changed, waive }) {
    return update(incidentCard(await services.incidents.close({ actor, requestId, now }, incident, changed, waive)));
  },
});
