import { command } from "../../src/bot/command.ts";
import { entry, flag, period } from "../../src/bot/field.ts";
import { budgetCard } from "../../src/cards/budget.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "budget show",
  title: "Show a budget",
  summary: "Month or quarter and year to date against the budget, and what explains the difference.",
  usage: "unit and month or quarter, as 4W oct, 4W Q2",
  roles: ["manager", "admin"],
  changes: false,
  input: {
    unit: entry("unit", { label: "Unit, with those below" }),
    month: period({
      label: "Month or quarter",
      hint: "As oct or Q2; the last month that is closed, where none is given",
    }),
    more: flag({ label: "All that can be done", byName: true }),
  },
  async run({ services, actor }, { unit, month, more }) {
    return privately(budgetCard(await services.budgets.show(actor, { unitId: unit?.id, month }), more ?? false));
  },
});
