import { command } from "../../src/bot/command.ts";
import { entry, month as monthField, number, required } from "../../src/bot/field.ts";
import { lineHistoryCard } from "../../src/cards/budgetHistory.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "budget history",
  title: "History of a line",
  summary: "Twelve months of a line: how far it was off, what was said, what was done, who accepted it.",
  usage: "unit and line, as 4W overtime",
  roles: ["manager", "admin"],
  changes: false,
  input: {
    unit: required(entry("unit", { label: "Unit" })),
    line: required(entry("line", { label: "Line", hint: "The account, as overtime" })),
    month: monthField({ label: "Up to", hint: "The last month of the ledger, where none is given" }),
    page: number({ label: "Page", whole: true, min: 1, max: 2, byName: true }),
  },
  async run({ services, actor }, { unit, line, month, page }) {
    const asked = { unitId: unit.id, lineId: line.id, month };
    return privately(lineHistoryCard(await services.budgets.history(actor, asked), page));
  },
});
