import { command } from "../../src/bot/command.ts";
import { entry, flag, required } from "../../src/bot/field.ts";
import { kpiListCard } from "../../src/cards/kpiList.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "kpi use",
  title: "Use a measure",
  summary: "Switch a measure on for a unit, or off; its figures stay.",
  usage: "a measure and the unit; off:yes",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as hand hygiene" })),
    unit: required(entry("unit", { label: "Unit" })),
    off: flag({ label: "Switch it off", ask: true }),
  },
  async run({ services, actor, requestId, now }, { metric, unit, off }) {
    await services.kpis.use({ actor, requestId, now }, { metric: metric.code, unitId: unit.id }, off !== true);
    return update(kpiListCard(await services.kpis.list(actor, { unitId: unit.id, page: 1 }, now), { unit, page: 1 }));
  },
});
