import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident reopen",
  title: "Reopen an incident",
  summary: "Open a closed one again; the reporter and whoever had it hear.",
  usage: "INC-142 why",
  roles: ["quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    reason: required(paragraph({ label: "Reason", hint: "What came up since it was closed" })),
  },
  async run({ services, actor, requestId, now }, { incident, reason }) {
    return update(incidentCard(await services.incidents.reopen({ actor, requestId, now }, incident, reason)));
  },
});
