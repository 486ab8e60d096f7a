import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { actionCard } from "../../src/cards/action.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "action drop",
  title: "Drop an action",
  summary: "It will not be done, for a reason that is kept.",
  usage: "ACT-9 why it will not be done",
  roles: "all",
  changes: true,
  input: {
    action: required(ref("ACT", { label: "Action", hint: "Its number, as ACT-9" })),
    reason: required(paragraph({ label: "Why", hint: "No patient names" })),
  },
  async run({ services, actor, requestId, now }, { action, reason }) {
    return update(actionCard(await services.actions.drop({ actor, requestId, now }, action, reason)));
  },
});
