import { command } from "../../src/bot/command.ts";
import { choice, date, entry, money, month as monthField, paragraph, required } from "../../src/bot/field.ts";
import { explanationCard } from "../../src/cards/explanation.ts";
import { update } from "../../src/chat/reply.ts";
import { kinds } from "../../src/domain/budgets/explanations.ts";

export default command({
  path: "budget explain",
  title: "Explain a variance",
  summary: "Say why a line is off its budget and what is done; the manager above reviews it.",
  usage: "4W oct overtime why it is so",
  roles: ["manager", "admin"],
  changes: true,
  input: {
    unit: required(entry("unit", { label: "Unit" })),
    month: required(monthField({ label: "Month", hint: "As 2026-10" })),
    line: required(entry("line", { label: "Line", hint: "The account, as overtime" })),
    why: required(paragraph({ label: "Why", hint: "What happened, and with how much of it; no patient names" })),
    kind: choice(kinds, { label: "Kind", ask: true }),
    plan: paragraph({ label: "Plan", hint: "What is done about it; with a day it becomes an action", ask: true }),
    owner: entry("person", { label: "Owner of the plan", hint: "You, where nobody is named", ask: true }),
    due: date({ label: "Due", ask: true }),
    effect: money({
      label: "On the year’s result, in dollars",
      hint: "-20000 where the year ends worse by that",
      ask: true,
    }),
  },
  async run({ services, actor, requestId, now }, { unit, month, line, owner, ...given }) {
    const explanation = { unitId: unit.id, month, lineId: line.id, ownerId: owner?.id, ...given };
    return update(explanationCard(await services.budgets.explain({ actor, requestId, now }, explanation)));
  },
});
