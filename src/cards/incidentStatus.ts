import {
  type Block,
  type Button,
  buttons,
  type Card,
  card,
  context,
  formButton,
  heading,
  list,
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, type Text, text, time, words } from "../chat/text.ts";
import { detailsOf } from "../domain/incidents/followUp.ts";
import type { ReportStatus } from "../domain/incidents/receipts.ts";
import type { Category, Kind, Status } from "../domain/incidents/rules.ts";
import { excerpt } from "./excerpt.ts";
import { incidentTitle } from "./incidentWords.ts";

/**
 * What a receipt opens: the state in words, what was asked and answered, and what changed. Never the report itself.
 * @param done what was done by it just now
 */
export function statusCard(report: ReportStatus, done: Text = []): Card {
  const question = report.isAsked ? report.exchange.findLast(({ kind }) => kind === "question") : undefined;
  const label = question ? "Answer" : "Add something";
  return card(
    text`The report of this receipt.`,
    heading(incidentTitle(report)),
    done.length > 0 ? [paragraph(done)] : [],
    paragraph(stateOf(report)),
    report.merged ? [paragraph(text`It is looked at together with other reports of the same event.`)] : [],
    question ? [notice("info", text`You are asked: ${data(excerpt(question.text, 1_500))}`)] : [],
    changed(report),
    exchange(report),
    context(text`Filed ${time(report.reportedAt)}. Nothing is kept of this look.`),
    buttons(
      formButton(label, "incident status", { receipt: report.receipt }, question ? "primary" : "default"),
      ...(report.closedAt === null ? [questionsByReceipt(report.receipt, report)] : []),
    ),
  );
}

/** Opens the questions of its kind or category; what was answered before is not shown to whoever holds a receipt. */
export const questionsByReceipt = (receipt: string, classed: { kind: Kind; category: Category | null }): Button =>
  formButton("More about it", `details ${detailsOf(classed)}`, { incident: receipt });

const states: Record<Status, string> = {
  new: "It was filed, and nobody has acknowledged it yet.",
  acknowledged: "It is acknowledged: somebody has it.",
  "in-review": "It is being looked into.",
  actions: "It was looked into, and actions are under way.",
  closed: "It is closed.",
};

const stateOf = ({ status, closedAt }: ReportStatus): Text =>
  closedAt === null ? text`${words(states[status])}` : text`It was closed ${time(closedAt)}.`;

const changed = ({ closedAt, changed: led }: ReportStatus): Block[] =>
  closedAt === null || led === null
    ? []
    : [paragraph(text`What you reported led to this:`), paragraph(text`${data(led)}`)];

function exchange(report: ReportStatus): Block[] {
  if (report.exchange.length === 0) return [];
  const said = ({ kind, at, text: written }: ReportStatus["exchange"][number]) => ({
    text: text`${time(at)} · ${words(kind === "question" ? "asked" : "you answered")}: ${data(excerpt(written, 600))}`,
  });
  return [list(report.exchange.slice(-6).map(said))];
}
