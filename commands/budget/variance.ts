import { command } from "../../src/bot/command.ts";
import { entry, number, period } from "../../src/bot/field.ts";
import { lineVarianceCard, varianceCard } from "../../src/cards/budgetVariance.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "budget variance",
  title: "Budget variance",
  summary: "What a variance is made of: volume, efficiency, rate and fixed, line by line.",
  usage: "unit, month or quarter, and line, as 4W Q2 overtime",
  roles: ["manager", "admin"],
  changes: false,
  input: {
    unit: entry("unit", { label: "Unit, with those below" }),
    month: period({
      label: "Month or quarter",
      hint: "As oct or Q2; the last month that is closed, where none is given",
    }),
    line: entry("line", { label: "Line" }),
    page: number({ label: "Page", whole: true, min: 1, max: 1_000, byName: true }),
  },
  async run({ services, actor }, { unit, month, line, page }) {
    const view = await services.budgets.variance(actor, { unitId: unit?.id, month, line });
    if (!line) return privately(varianceCard(view, page));
    const of = view.scope.unit;
    const at = { month: view.month, lineId: line.id };
    const history = of ? await services.budgets.said(actor, { unitId: of.id, ...at }) : [];
    return privately(lineVarianceCard(view, line, history));
  },
});
