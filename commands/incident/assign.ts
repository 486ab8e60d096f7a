import { command } from "../../src/bot/command.ts";
import { entry, ref, required } from "../../src/bot/field.ts";
import { incidentCard } from "../../src/cards/incident.ts";
import { notReached } from "../../src/cards/notReached.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "incident assign",
  title: "Assign an incident",
  summary: "Give it to the person who will see to it; they are told.",
  usage: "INC-142 @person",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    to: required(entry("person", { label: "To", hint: "Who will see to it" })),
  },
  async run({ services, actor, requestId, now }, { incident, to }) {
    const card = incidentCard(await services.incidents.assign({ actor, requestId, now }, incident, to.id));
    const reached = await services.recipients.isKnown(actor.organisationId, to.id);
    return update(reached ? card : notReached(card, to.name));
  },
});
