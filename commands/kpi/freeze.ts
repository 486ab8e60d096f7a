import { command } from "../../src/bot/command.ts";
import { entry, pastDate, required, text } from "../../src/bot/field.ts";
import { kpiCard } from "../../src/cards/kpi.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "kpi freeze",
  title: "Freeze limits",
  summary: "Compute control limits from a baseline and hold them, so that later figures are read against it.",
  usage: "a measure, the unit, the baseline’s first and last day, why",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: required(entry("unit", { label: "Unit" })),
    from: required(pastDate({ label: "Baseline from", hint: "Limits begin anew with the first period from then on" })),
    until: required(pastDate({ label: "Baseline until", hint: "Its last day; twelve periods and more are best" })),
    reason: required(text({ label: "Reason", hint: "As “before the falls bundle”" })),
  },
  async run({ services, actor, requestId, now }, { metric, unit, from, until, reason }) {
    const subject = { metric: metric.code, unitId: unit.id };
    await services.kpis.freeze({ actor, requestId, now }, subject, { from, until, reason });
    return update(await kpiCard(await services.kpis.showOf(actor, subject, now)));
  },
});
