import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident acknowledge",
  title: "Acknowledge an incident",
  summary: "Say that you have it: it goes no further up, and the reporter hears.",
  usage: "INC-142",
  roles: ["manager", "quality"],
  changes: true,
  input: { incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })) },
  async run({ services, actor, requestId, now }, { incident }) {
    return update(incidentCard(await services.incidents.acknowledge({ actor, requestId, now }, incident)));
  },
});
