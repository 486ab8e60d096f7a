import { command } from "../../src/bot/command.ts";
import { entry, ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { notReached } from "../../src/cards/notReached.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "grievance assign",
  title: "Assign a grievance",
  summary: "Give the complaint or grievance to the person who will see to it; they are told.",
  usage: "GRV-7 @person",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    to: required(entry("person", { label: "To", hint: "Who will see to it" })),
  },
  async run({ services, actor, requestId, now }, { grievance, to }) {
    const card = grievanceCard(await services.grievances.assign({ actor, requestId, now }, grievance, to.id));
    const reached = await services.recipients.isKnown(actor.organisationId, to.id);
    return update(reached ? card : notReached(card, to.name));
  },
});
