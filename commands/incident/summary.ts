import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { summaryCard } from "../../src/cards/incidentSummary.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "incident summary",
  title: "Review summary",
  summary: "The whole review of an incident as a document, to print or to send on.",
  usage: "INC-142",
  roles: ["manager", "quality"],
  changes: false,
  input: { incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })) },
  async run({ services, actor, requestId, now }, { incident }) {
    const summary = await services.incidents.summary({ actor, requestId, now }, incident);
    return privately(await summaryCard(summary, { now, zone: actor.zone }));
  },
});
