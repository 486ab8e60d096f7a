import { command } from "../../src/bot/command.ts";
import { ref, required, text } from "../../src/bot/field.ts";
import { clockCard } from "../../src/cards/clock.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "clock done",
  title: "A clock is met",
  summary: "Say that what a clock asks for is done.",
  usage: "CLK-3",
  roles: "all",
  changes: true,
  input: {
    clock: required(ref("CLK", { label: "Clock", hint: "Its number, as CLK-3" })),
    note: text({ label: "Note", hint: "As the number that the report was given" }),
  },
  async run({ services, actor, requestId, now }, { clock, note }) {
    return update(clockCard(await services.clocks.done({ actor, requestId, now }, clock, note)));
  },
});
