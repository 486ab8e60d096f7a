import { command } from "../../src/bot/command.ts";
import { entry, pastDate, required, text } from "../../src/bot/field.ts";
import { kpiCard } from "../../src/cards/kpi.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "kpi rebase",
  title: "Rebase limits",
  summary: "Begin control limits anew from a day, where the process was changed on purpose.",
  usage: "a measure, the unit, the day, and why",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: required(entry("unit", { label: "Unit" })),
    from: required(pastDate({ label: "From", hint: "The day of the change; the first period from then on counts" })),
    reason: required(text({ label: "Reason", hint: "What was changed" })),
  },
  async run({ services, actor, requestId, now }, { metric, unit, from, reason }) {
    const subject = { metric: metric.code, unitId: unit.id };
    const mark = { kind: "rebase", onDay: from, untilDay: null, text: reason } as const;
    await services.kpis.mark({ actor, requestId, now }, subject, mark);
    return update(await kpiCard(await services.kpis.showOf(actor, subject, now)));
  },
});
