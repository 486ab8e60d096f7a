import { command } from "../../src/bot/command.ts";
import { date, entry, number, required } from "../../src/bot/field.ts";
import { kpiCard } from "../../src/cards/kpi.ts";
import { update } from "../../src/chat/reply.ts";

const largest = 9_999_999_999_999;

export default command({
  path: "kpi target",
  title: "Set a target",
  summary: "What a unit wants to reach in a measure, from a day on.",
  usage: "a measure, the unit, and the target",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: required(entry("unit", { label: "Unit" })),
    target: required(
      number({ label: "Target", hint: "In the measure’s own unit: 95 for 95 %", min: -largest, max: largest }),
    ),
    from: date({ label: "From", hint: "Left out, today", ask: true }),
  },
  async run({ services, actor, requestId, now }, { metric, unit, target, from }) {
    const subject = { metric: metric.code, unitId: unit.id };
    await services.kpis.setTarget({ actor, requestId, now }, subject, target, from);
    return update(await kpiCard(await services.kpis.showOf(actor, subject, now)));
  },
});
