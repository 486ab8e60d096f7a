import { command } from "../../src/bot/command.ts";
import { entry, month as monthField, number } from "../../src/bot/field.ts";
import { unexplainedCard } from "../../src/cards/budgetUnexplained.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "budget unexplained",
  title: "Unexplained lines",
  summary: "The lines over both thresholds that nobody has explained yet, month and year apart.",
  usage: "unit and month, as 4W oct",
  roles: ["manager", "admin"],
  changes: false,
  input: {
    unit: entry("unit", { label: "Unit, with those below" }),
    month: monthField({ label: "Month", hint: "The last that is closed, where none is given" }),
    page: number({ label: "Page", whole: true, min: 1, max: 1_000, byName: true }),
  },
  async run({ services, actor }, { unit, month, page }) {
    return privately(unexplainedCard(await services.budgets.unexplained(actor, { unitId: unit?.id, month }), page));
  },
});
