import { command } from "../../src/bot/command.ts";
import { choice, dateTime, number, otherwise, refOf, required } from "../../src/bot/field.ts";
import { clockCard } from "../../src/cards/clock.ts";
import { privately } from "../../src/chat/reply.ts";
import { clockIdOf, clockOptions } from "../../src/domain/clocks/options.ts";

export default command({
  path: "clock start",
  title: "Start a clock",
  summary: "Start a deadline by hand, on an incident or a grievance or for the organisation.",
  usage: "the clock INC-142",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    rule: required(choice(clockOptions, { label: "Clock" })),
    from: otherwise(dateTime("past", { label: "Counted from", hint: "Left empty, it is now", ask: true }), "now"),
    about: refOf(["INC", "GRV"], { label: "About", hint: "INC-142 or GRV-7; empty for the organisation", ask: true }),
    days: number({
      label: "Fewer days or hours",
      hint: "Where less is asked than usual",
      whole: true,
      min: 1,
      ask: true,
    }),
  },
  async run({ services, actor, requestId, now }, { rule, from, about, days }) {
    const given = { rule: clockIdOf(rule), from, about, amount: days };
    return privately(clockCard(await services.clocks.start({ actor, requestId, now }, given)));
  },
});
