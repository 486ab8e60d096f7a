import { command } from "../../src/bot/command.ts";
import { paragraph, ref, required } from "../../src/bot/field.ts";
import { actionCard } from "../../src/cards/action.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "action done",
  title: "Action done",
  summary: "It is done; whoever gave it is told.",
  usage: "ACT-9 what was done",
  roles: "all",
  changes: true,
  input: {
    action: required(ref("ACT", { label: "Action", hint: "Its number, as ACT-9" })),
    note: paragraph({ label: "What was done", hint: "No patient names", ask: true }),
  },
  async run({ services, actor, requestId, now }, { action, note }) {
    return update(actionCard(await services.actions.done({ actor, requestId, now }, action, note)));
  },
});
