import { command } from "../../src/bot/command.ts";
import { entry, number, otherwise, required } from "../../src/bot/field.ts";
import { kpiCompareCard } from "../../src/cards/kpiCompare.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "kpi compare",
  title: "Compare units",
  summary: "One measure in each of your units, against the target: the furthest from it first.",
  usage: "a measure; a unit for those below it",
  roles: "all",
  changes: false,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: entry("unit", { label: "Unit, with those below", hint: "Left out, all of yours", ask: true }),
    page: otherwise(number({ label: "Page", whole: true, min: 1, max: 1000, byName: true }), "1"),
  },
  async run({ services, actor, now }, { metric, unit, page }) {
    return privately(await kpiCompareCard(await services.kpis.compare(actor, metric.code, unit?.id, now), unit, page));
  },
});
