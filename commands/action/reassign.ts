import { command } from "../../src/bot/command.ts";
import { entry, ref, required } from "../../src/bot/field.ts";
import { actionCard } from "../../src/cards/action.ts";
import { notReached } from "../../src/cards/notReached.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "action reassign",
  title: "Reassign an action",
  summary: "Give it to somebody else; they are told.",
  usage: "ACT-9 @person",
  roles: "all",
  changes: true,
  input: {
    action: required(ref("ACT", { label: "Action", hint: "Its number, as ACT-9" })),
    to: required(entry("person", { label: "To", hint: "Who will do it" })),
  },
  async run({ services, actor, requestId, now }, { action, to }) {
    const card = actionCard(await services.actions.reassign({ actor, requestId, now }, action, to.id));
    const reached = await services.recipients.isKnown(actor.organisationId, to.id);
    return update(reached ? card : notReached(card, to.name));
  },
});
