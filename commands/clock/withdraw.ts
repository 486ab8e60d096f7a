import { command } from "../../src/bot/command.ts";
import { ref, required, text } from "../../src/bot/field.ts";
import { clockCard } from "../../src/cards/clock.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "clock withdraw",
  title: "Withdraw a clock",
  summary: "End a clock that was started wrongly, with the reason.",
  usage: "CLK-3 why it does not apply",
  roles: ["quality"],
  changes: true,
  input: {
    clock: required(ref("CLK", { label: "Clock", hint: "Its number, as CLK-3" })),
    reason: required(text({ label: "Reason", hint: "Why it does not apply; it is kept" })),
  },
  async run({ services, actor, requestId, now }, { clock, reason }) {
    return update(clockCard(await services.clocks.withdraw({ actor, requestId, now }, clock, reason)));
  },
});
