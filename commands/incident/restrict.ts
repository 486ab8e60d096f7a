import { command } from "../../src/bot/command.ts";
import { entries, flag, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident restrict",
  title: "Restrict an incident",
  summary: "For those alone who need to know of it; every look is logged.",
  usage: "INC-142 @person, privileged or lift",
  roles: ["quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    people: entries("person", {
      label: "Who needs to know",
      hint: "The whole list: nobody else sees it then. You are always on it.",
      ask: true,
    }),
    privileged: flag({
      label: "Privileged",
      hint: "Enter it as patient safety work product, from today on",
      ask: true,
    }),
    lift: flag({ label: "Lift the restriction", ask: true }),
  },
  async run({ services, actor, requestId, now }, { incident, people, privileged, lift }) {
    const personIds = people?.map(({ id }) => id);
    const restriction = { personIds, privileged, lift };
    return update(incidentCard(await services.incidents.restrict({ actor, requestId, now }, incident, restriction)));
  },
});
