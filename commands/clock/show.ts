import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { clockCard } from "../../src/cards/clock.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "clock show",
  title: "Show a clock",
  summary: "One clock with when it is due, why it runs, and its source.",
  usage: "CLK-3",
  roles: "all",
  changes: false,
  input: {
    clock: required(ref("CLK", { label: "Clock", hint: "Its number, as CLK-3" })),
  },
  async run({ services, actor, now }, { clock }) {
    return privately(clockCard(await services.clocks.show(actor, clock, now)));
  },
});
