import { command } from "../../src/bot/command.ts";
import { dateTime, ref, required, text } from "../../src/bot/field.ts";
import { clockCard } from "../../src/cards/clock.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "clock shorten",
  title: "Shorten a clock",
  summary: "Make a clock due earlier, as a state law, a contract or a policy asks.",
  usage: "CLK-3 until when, and why",
  roles: "all",
  changes: true,
  input: {
    clock: required(ref("CLK", { label: "Clock", hint: "Its number, as CLK-3" })),
    until: required(dateTime("future", { label: "Due", hint: "Earlier than now; of days, the end of that day" })),
    reason: required(text({ label: "Reason", hint: "Which law, contract or policy asks for it" })),
  },
  async run({ services, actor, requestId, now }, { clock, until, reason }) {
    return update(clockCard(await services.clocks.shorten({ actor, requestId, now }, clock, until, reason)));
  },
});
