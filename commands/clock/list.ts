import { command } from "../../src/bot/command.ts";
import { ref } from "../../src/bot/field.ts";
import { clockListCard } from "../../src/cards/clock.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "clock list",
  title: "Clocks that run",
  summary: "The clocks that run on what you may see, the first one due first.",
  usage: "",
  roles: "all",
  changes: false,
  input: {
    after: ref("CLK", { label: "After", hint: "The last one of the page before" }),
  },
  async run({ services, actor, now }, { after }) {
    return privately(clockListCard(await services.clocks.list(actor, after, now)));
  },
});
