import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident merge",
  title: "Merge incidents",
  summary: "Close it as told already by another one, which gets its actions and clocks.",
  usage: "INC-143 INC-142 why they are one",
  roles: ["quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "The one that is closed" })),
    into: required(ref("INC", { label: "Into", hint: "The one that goes on, as INC-142" })),
    reason: required(paragraph({ label: "Reason", hint: "Both timelines show it" })),
  },
  async run({ services, actor, requestId, now }, { incident, into, reason }) {
    return update(incidentCard(await services.incidents.merge({ actor, requestId, now }, incident, into, reason)));
  },
});
