import { command } from "../../src/bot/command.ts";
import { entry, month, number, pastDate, required } from "../../src/bot/field.ts";
import { kpiCard } from "../../src/cards/kpi.ts";
import { update } from "../../src/chat/reply.ts";

const largest = 9_999_999_999_999;
const figure = (label: string, hint: string) => number({ label, hint, min: -largest, max: largest, ask: true });

export default command({
  path: "kpi record",
  title: "Record a figure",
  summary: "Record a measure of a unit for a month, or another period; a figure that is there is replaced.",
  usage: "a measure, the unit, the figure, and the month",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: required(entry("unit", { label: "Unit" })),
    period: month({ label: "Month", hint: "As 2026-10; of a quarter, its first month", ask: true }),
    day: pastDate({ label: "Or a day of the period", hint: "For weeks and days, as 2026-10-05", ask: true }),
    value: figure("Value", "Or else numerator and denominator"),
    numerator: { ...figure("Numerator", "What is above the line, as falls"), byName: true },
    denominator: { ...figure("Denominator", "What is below the line, as patient days"), byName: true },
  },
  async run({ services, actor, requestId, now }, { metric, unit, period, day, value, numerator, denominator }) {
    const subject = { metric: metric.code, unitId: unit.id };
    const given = { value: value?.toFixed(6), numerator: numerator?.toFixed(6), denominator: denominator?.toFixed(6) };
    const of = day ?? (period === undefined ? undefined : `${period}-01`);
    await services.kpis.record({ actor, requestId, now }, subject, of, given);
    return update(await kpiCard(await services.kpis.showOf(actor, subject, now)));
  },
});
