import { command } from "../../src/bot/command.ts";
import { entry, month as monthField, paragraph, required } from "../../src/bot/field.ts";
import { explanationCard } from "../../src/cards/explanation.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "budget return",
  title: "Return an explanation",
  summary: "Say what is missing; it is owed again. For the manager of the unit above.",
  usage: "4W oct overtime what is missing",
  roles: ["manager"],
  changes: true,
  input: {
    unit: required(entry("unit", { label: "Unit" })),
    month: required(monthField({ label: "Month", hint: "As 2026-10" })),
    line: required(entry("line", { label: "Line", hint: "The account, as overtime" })),
    note: required(paragraph({ label: "What is missing", hint: "For whoever explained it" })),
  },
  async run({ services, actor, requestId, now }, { unit, month, line, note }) {
    const place = { unitId: unit.id, month, lineId: line.id };
    return update(explanationCard(await services.budgets.giveBack({ actor, requestId, now }, place, note)));
  },
});
