import { command } from "../../src/bot/command.ts";
import { entry, required } from "../../src/bot/field.ts";
import { kpiCard } from "../../src/cards/kpi.ts";
import { kpiListCard } from "../../src/cards/kpiList.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "kpi show",
  title: "Show a measure",
  summary: "One measure of a unit: value, target, limits, and whether it is more than ordinary variation.",
  usage: "a measure, and the unit",
  roles: "all",
  changes: false,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: entry("unit", { label: "Unit", hint: "Left out, yours", ask: true }),
  },
  async run({ services, actor, now }, { metric, unit }) {
    const shown = await services.kpis.show(actor, metric.code, unit?.id, now);
    if (shown) return privately(await kpiCard(shown));
    const page = await services.kpis.list(actor, { metric: metric.code, page: 1 }, now);
    return privately(kpiListCard(page, { metric, page: 1 }));
  },
});
