import { command } from "../../src/bot/command.ts";
import { entry, month as monthField, paragraph, required } from "../../src/bot/field.ts";
import { explanationCard } from "../../src/cards/explanation.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "budget accept",
  title: "Accept an explanation",
  summary: "It explains the variance; for the manager of the unit above.",
  usage: "4W oct overtime",
  roles: ["manager"],
  changes: true,
  input: {
    unit: required(entry("unit", { label: "Unit" })),
    month: required(monthField({ label: "Month", hint: "As 2026-10" })),
    line: required(entry("line", { label: "Line", hint: "The account, as overtime" })),
    note: paragraph({ label: "Note", hint: "For whoever explained it" }),
  },
  async run({ services, actor, requestId, now }, { unit, month, line, note }) {
    const place = { unitId: unit.id, month, lineId: line.id };
    return update(explanationCard(await services.budgets.accept({ actor, requestId, now }, place, note)));
  },
});
