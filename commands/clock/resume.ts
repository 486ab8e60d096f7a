import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { clockCard } from "../../src/cards/clock.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "clock resume",
  title: "Resume a clock",
  summary: "Let a paused clock go on; it is due as much later as it stood still.",
  usage: "CLK-3",
  roles: "all",
  changes: true,
  input: {
    clock: required(ref("CLK", { label: "Clock", hint: "Its number, as CLK-3" })),
  },
  async run({ services, actor, requestId, now }, { clock }) {
    return update(clockCard(await services.clocks.resume({ actor, requestId, now }, clock)));
  },
});
