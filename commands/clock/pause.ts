import { command } from "../../src/bot/command.ts";
import { ref, required, text } from "../../src/bot/field.ts";
import { clockCard } from "../../src/cards/clock.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "clock pause",
  title: "Pause a clock",
  summary: "Let one of your own targets stand still; a law’s clock cannot.",
  usage: "CLK-3 why",
  roles: "all",
  changes: true,
  input: {
    clock: required(ref("CLK", { label: "Clock", hint: "Its number, as CLK-3" })),
    reason: required(text({ label: "Reason", hint: "What it waits for" })),
  },
  async run({ services, actor, requestId, now }, { clock, reason }) {
    return update(clockCard(await services.clocks.pause({ actor, requestId, now }, clock, reason)));
  },
});
