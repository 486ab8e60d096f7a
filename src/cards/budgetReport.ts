import type { Decimal } from "decimal.js";
import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  file,
  heading,
  paragraph,
} from "../chat/card.ts";
import { text, words } from "../chat/text.ts";
import { pdfFile, workbookFile } from "../documents/files.ts";
import { oneOf } from "../domain/budgets/hours.ts";
import type { ReportView } from "../domain/budgets/report.ts";
import { notes } from "./budget.ts";
import { printedPack } from "./budgetPrinted.ts";
import { balances } from "./budgetTable.ts";
import { grouped, monthName, titleOf, unitInput } from "./budgetWords.ts";
import { packSheets } from "./budgetWorkbook.ts";

/** The leadership pack: the roll-up, every explained variance with its action, and what is missing; as a workbook and to print. */
export async function reportCard(view: ReportView): Promise<Card> {
  const { scope, month, explained, unexplained } = view;
  const title = titleOf([scope.name, monthName(month), "leadership pack"], view.asOf);
  const name = `budget-${(scope.unit?.code ?? "units").toLowerCase()}-${month}`;
  const said = explained.length;
  return card(
    text`Leadership pack of ${scope.name}, ${words(monthName(month))}`,
    heading(title),
    balances("All units together", "Month", view.monthly, view.yearly),
    costs(view),
    paragraph(
      text`${said} ${words(said === 1 ? "variance is" : "variances are")} explained, and ${unexplained.length} ${words(unexplained.length === 1 ? "is" : "are")} missing.`,
    ),
    file(
      await workbookFile(name, packSheets(view)),
      text`Units, costs, lines, explanations and what is missing, to the cent`,
    ),
    file(await pdfFile(name, printedPack(view)), text`The same to print`),
    notes(view),
    buttons(
      button("Still to explain", "budget unexplained", { ...unitInput(scope), month }),
      button("Budget", "budget show", { ...unitInput(scope), month }),
    ),
    context(text`Amounts in the files are to the cent; above 0 is favourable`),
  );
}

/** What one of the volume cost, where all units count the same, and one adjusted patient day where revenue tells it. */
function costs({ units, adjusted }: ReportView): Block[] {
  const whole = units[0]?.depth === 0 && units.filter(({ depth }) => depth === 0).length === 1 ? units[0].costs : null;
  const found: Fact[] = [
    ...(whole?.month.each
      ? [{ label: `Cost of a ${oneOf(whole.basis)}`, value: each(whole.month.each, whole.month.planned) }]
      : []),
    ...(adjusted ? [{ label: "Cost of an adjusted patient day", value: each(adjusted.month.each, null) }] : []),
  ];
  return found.length === 0 ? [] : [facts(...found)];
}

const each = (actual: Decimal, planned: Decimal | null) =>
  text`${words(grouped(actual, 2))}${planned ? text` (budget ${words(grouped(planned, 2))})` : []}`;
