import { command } from "../../src/bot/command.ts";
import { entry, month as monthField, number } from "../../src/bot/field.ts";
import { lineVarianceCard, varianceCard } from "../../src/cards/budgetVariance.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "budget variance",
  title: "Budget variance",
  summary: "What a variance is made of: volume, efficiency, rate and fixed, line by line.",
  usage: "unit, month and line, as 4W oct overtime",
  roles: ["manager", "admin"],
  changes: false,
  input: {
    unit: entry("unit", { label: "Unit, with those below" }),
    month: monthField({ label: "Month", hint: "The last that is closed, where none is given" }),
    line: entry("line", { label: "Line" }),
    page: number({ label: "Page", whole: true, min: 1, max: 1_000, byName: true }),
  },
  async run({ services, actor }, { unit, month, line, page }) {
    const view = await services.budgets.variance(actor, { unitId: unit?.id, month, line });
    if (!line) return privately(varianceCard(view, page));
    const of = view.scope.unit;
    const at = { month: view.month, lineId: line.id };
    const history = of ? await services.budgets.history(actor, { unitId: of.id, ...at }) : [];
    return privately(lineVarianceCard(view, line, history));
  },
});
