import { command } from "../../src/bot/command.ts";
import { entry, month as monthField } from "../../src/bot/field.ts";
import { reportCard } from "../../src/cards/budgetReport.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "budget report",
  title: "Leadership pack",
  summary: "A month for leadership: the roll-up, what was explained, what is missing; XLSX and PDF.",
  usage: "month and unit, as oct MED",
  roles: ["manager", "admin"],
  changes: false,
  input: {
    month: monthField({ label: "Month", hint: "The last that is closed, where none is given" }),
    unit: entry("unit", { label: "Unit, with those below" }),
  },
  async run({ services, actor }, { month, unit }) {
    return privately(await reportCard(await services.budgets.report(actor, { unitId: unit?.id, month })));
  },
});
