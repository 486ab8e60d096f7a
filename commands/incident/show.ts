import { command } from "../../src/bot/command.ts";
import { number, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { privately } from "../../src/chat/reply.ts";

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
  },
  async run({ services, actor }, { incident, part }) {
    return privately(incidentCard(await services.incidents.show(actor, incident), part));
  },
});
