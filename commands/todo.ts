import { command } from "../src/bot/command.ts";
import { number } from "../src/bot/field.ts";
import { todoCard } from "../src/cards/todo.ts";
import { privately, update } from "../src/chat/reply.ts";

export default command({
  path: "todo",
  title: "What waits for me",
  summary: "Everything that waits for you, the most urgent first.",
  usage: "",
  roles: "all",
  changes: false,
  input: { page: number({ label: "Page", whole: true, min: 1, max: 1_000, carried: true }) },
  async run({ services, actor, now }, { page }) {
    const drawn = todoCard(await services.todo.waiting(actor, now), now, page);
    return page === undefined ? privately(drawn) : update(drawn);
  },
});
