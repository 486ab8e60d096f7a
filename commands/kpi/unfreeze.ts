import { command } from "../../src/bot/command.ts";
import { entry, required, text } from "../../src/bot/field.ts";
import { kpiCard } from "../../src/cards/kpi.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "kpi unfreeze",
  title: "Lift frozen limits",
  summary: "Control limits come from all figures again, and no longer from a baseline.",
  usage: "a measure, the unit, and why",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: required(entry("unit", { label: "Unit" })),
    reason: required(text({ label: "Reason", hint: "It is noted beside the measure" })),
  },
  async run({ services, actor, requestId, now }, { metric, unit, reason }) {
    const subject = { metric: metric.code, unitId: unit.id };
    await services.kpis.unfreeze({ actor, requestId, now }, subject, reason);
    return update(await kpiCard(await services.kpis.showOf(actor, subject, now)));
  },
});
