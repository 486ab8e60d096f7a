import { command } from "../../src/bot/command.ts";
import { entry, number, otherwise } from "../../src/bot/field.ts";
import { kpiListCard } from "../../src/cards/kpiList.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "kpi list",
  title: "List measures",
  summary: "The measures of your units: latest, usual range, target, and what needs to be looked at first.",
  usage: "a unit or a measure, where you want one alone",
  roles: "all",
  changes: false,
  input: {
    unit: entry("unit", { label: "Unit" }),
    metric: entry("metric", { label: "Measure" }),
    page: otherwise(number({ label: "Page", whole: true, min: 1, max: 1000, byName: true }), "1"),
  },
  async run({ services, actor, now }, { unit, metric, page }) {
    const choice = { ...(unit && { unitId: unit.id }), ...(metric && { metric: metric.code }), page };
    return privately(kpiListCard(await services.kpis.list(actor, choice, now), { unit, metric, page }));
  },
});
