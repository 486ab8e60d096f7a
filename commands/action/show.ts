import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { actionCard } from "../../src/cards/action.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "action show",
  title: "Show an action",
  summary: "One action with its history and what you can do.",
  usage: "ACT-9",
  roles: "all",
  changes: false,
  input: { action: required(ref("ACT", { label: "Action", hint: "Its number, as ACT-9" })) },
  async run({ services, actor, now }, { action }) {
    return privately(actionCard(await services.actions.show(actor, action, now)));
  },
});
