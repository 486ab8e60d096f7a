import { command } from "../../src/bot/command.ts";
import { flag, number, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { privately, update } from "../../src/chat/reply.ts";

export default command({
  path: "incident show",
  title: "Show an incident",
  summary: "One incident with its facts, timeline and what you can do.",
  usage: "INC-142",
  roles: "all",
  changes: false,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    part: number({ label: "Part of a long text", whole: true, min: 1 }),
    more: flag({ label: "Everything that you can do" }),
  },
  async run({ services, actor, requestId, now }, { incident, part, more }) {
    const card = incidentCard(await services.incidents.look({ actor, requestId, now }, incident), { part, more });
    return more ? update(card) : privately(card);
  },
});
