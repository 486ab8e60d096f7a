import { command } from "../../src/bot/command.ts";
import { date, ref, required } from "../../src/bot/field.ts";
import { actionCard } from "../../src/cards/action.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "action snooze",
  title: "Snooze an action",
  summary: "No reminder of it before a day; it is due when it was.",
  usage: "ACT-9 monday",
  roles: "all",
  changes: true,
  input: {
    action: required(ref("ACT", { label: "Action", hint: "Its number, as ACT-9" })),
    until: required(date({ label: "Until" })),
  },
  async run({ services, actor, requestId, now }, { action, until }) {
    return update(actionCard(await services.actions.snooze({ actor, requestId, now }, action, until)));
  },
});
