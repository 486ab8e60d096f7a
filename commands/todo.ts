import { command } from "../src/bot/command.ts";
import { todoCard } from "../src/cards/todo.ts";
import { privately } from "../src/chat/reply.ts";

export default command({
  path: "todo",
  title: "What waits for me",
  summary: "Everything that waits for you, the most urgent first.",
  usage: "",
  roles: "all",
  changes: false,
  input: {},
  async run({ services, actor, now }) {
    return privately(todoCard(await services.todo.waiting(actor), now));
  },
});
