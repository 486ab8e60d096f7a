import { command } from "../../src/bot/command.ts";
import { choice, entry } from "../../src/bot/field.ts";
import { forecastCard, methods } from "../../src/cards/budgetForecast.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "budget forecast",
  title: "Budget forecast",
  summary: "Where the fiscal year ends, by one of four methods or by each, with its range.",
  usage: "unit and method, as 4W trend",
  roles: ["manager", "admin"],
  changes: false,
  input: {
    unit: entry("unit", { label: "Unit, with those below" }),
    method: choice(methods, { label: "Method", hint: "All four, where none is given" }),
  },
  async run({ services, actor }, { unit, method }) {
    return privately(await forecastCard(await services.budgets.forecast(actor, { unitId: unit?.id, method })));
  },
});
