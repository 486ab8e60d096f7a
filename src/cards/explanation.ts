import { Decimal } from "decimal.js";
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  formButton,
  heading,
  list,
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, staff, type Text, text, time, words } from "../chat/text.ts";
import { reference } from "../domain/actions/rules.ts";
import { type ExplanationDetails, kinds } from "../domain/budgets/explanations.ts";
import type { ExplanationNotice } from "../domain/notices.ts";
import { historyButton } from "./budgetHistory.ts";
import { monthName, signed, titleOf } from "./budgetWords.ts";
import { day } from "./day.ts";
import { excerpt } from "./excerpt.ts";
import { label } from "./incidentWords.ts";

const entriesShown = 8;

/** Why a line is off its budget, how that stands, and what can be done next. */
export function explanationCard(explanation: ExplanationDetails): Card {
  return card(
    text`${explanation.line.name} of ${explanation.unit.name}, ${words(monthName(explanation.month))}`,
    heading(titleOf([explanation.unit.name, explanation.line.name, monthName(explanation.month)])),
    said(explanation),
    history(explanation),
    buttons(...ways(explanation)),
  );
}

/** What was said, and how it stands. */
export function said(explanation: ExplanationDetails): Block[] {
  const { why, kind, plan, effect, action, note } = explanation;
  const found: Fact[] = [
    ...(kind === null ? [] : [{ label: "Kind", value: text`${words(label(kinds, kind))}` }]),
    ...(plan === null ? [] : [{ label: "Plan", value: text`${data(excerpt(plan, 600))}` }]),
    ...(action === null
      ? []
      : [
          {
            label: "Action",
            value: text`${words(reference(action.number))} · ${staff(action.owner)} · ${words(action.state === "open" ? "due " : `${action.state}, was due `)}${day(action.dueOn)}`,
          },
        ]),
    ...(effect === null ? [] : [{ label: "On the year’s result", value: text`${words(signed(new Decimal(effect)))}` }]),
  ];
  return [
    paragraph(standing(explanation)),
    ...(note === null
      ? []
      : [notice(explanation.state === "returned" ? "warning" : "info", text`${data(excerpt(note, 600))}`)]),
    paragraph(text`${data(excerpt(why, 2_000))}`),
    ...(found.length === 0 ? [] : [facts(...found)]),
  ];
}

/** "Accepted by @director Mon 9 Nov, 08:10." */
function standing({ state, by, at, reviewer, reviewedBy, reviewedAt }: ExplanationDetails): Text {
  const reviewed = reviewedBy ? text` by ${staff(reviewedBy)} ${reviewedAt ? time(reviewedAt) : []}` : [];
  if (state === "returned") return text`Returned${reviewed}: more is to be said.`;
  if (state === "open")
    return text`Explained by ${staff(by)} ${time(at)}${reviewer ? text`; ${staff(reviewer)} reviews it` : []}.`;
  return reviewedBy
    ? text`Explained by ${staff(by)}. Accepted${reviewed}.`
    : text`Explained by ${staff(by)} ${time(at)}. Nobody is above, so it stands.`;
}

const entryWords: Record<string, string> = {
  explained: "explained it",
  accepted: "accepted it",
  returned: "returned it",
};

function history({ timeline }: ExplanationDetails): Block[] {
  if (timeline.length < 2) return [];
  const left = timeline.length - entriesShown;
  return [
    list(
      timeline.slice(-entriesShown).map(({ at, kind, actor, text: told }) => ({
        text: text`${time(at)} · ${actor ? staff(actor) : words("Rounds")} ${words(entryWords[kind] ?? kind)}${told === null ? [] : text`: ${data(excerpt(told, 300))}`}`,
      })),
    ),
    ...(left > 0 ? [context(text`${left} earlier not shown`)] : []),
  ];
}

function ways({ unitId, month, lineId, state, may, action }: ExplanationDetails): Button[] {
  const at = { unit: unitId, month, line: lineId };
  return [
    ...(may.review && state === "open" ? [button("Accept", "budget accept", at, "primary")] : []),
    ...(may.review && state !== "returned" ? [formButton("Return", "budget return", at)] : []),
    ...(!may.review && may.explain
      ? [
          formButton(
            state === "returned" ? "Explain again" : "Say it otherwise",
            "budget explain",
            at,
            state === "returned" ? "primary" : "default",
          ),
        ]
      : []),
    button("The line", "budget variance", at),
    historyButton(unitId, month, { id: lineId }),
    ...(action
      ? [button(`Open ${reference(action.number)}`, "action show", { action: reference(action.number) })]
      : []),
    button("Still to explain", "budget unexplained", { unit: unitId, month }),
  ];
}

/** Tells one person of an explanation; what it says stands in the card that they open. */
export function explanationNoticeCard(kind: ExplanationNotice, explanation: ExplanationDetails): Card {
  const { unitId, month, lineId, unit, line, by } = explanation;
  const at = { unit: unitId, month, line: lineId };
  const title = titleOf([unit.name, line.name, monthName(month)]);
  const open = button("Open", "budget variance", at);
  switch (kind) {
    case "explanation-given":
      return card(
        text`An explanation to review.`,
        heading(title),
        paragraph(
          text`${staff(by)} explained this line of the budget. You accept it, or return it with what is missing.`,
        ),
        buttons(button("Accept", "budget accept", at, "primary"), formButton("Return", "budget return", at), open),
      );
    case "explanation-accepted":
      return card(
        text`Your explanation is accepted.`,
        heading(title),
        paragraph(text`${reviewer(explanation)} accepted what you said of this line of the budget.`),
        buttons(open),
      );
    case "explanation-returned":
      return card(
        text`Your explanation was returned.`,
        heading(title),
        paragraph(
          text`${reviewer(explanation)} returned what you said of this line of the budget; the card says what is missing.`,
        ),
        buttons(formButton("Explain again", "budget explain", at, "primary"), open),
      );
  }
}

const reviewer = ({ reviewedBy }: ExplanationDetails) => (reviewedBy ? staff(reviewedBy) : words("The reviewer"));

/** In place of what is over: how it stands by now. */
export function explanationOverCard(explanation: ExplanationDetails): Card {
  const { unit, line, month, unitId, lineId } = explanation;
  const title = titleOf([unit.name, line.name, monthName(month)]);
  return card(
    title,
    heading(title),
    paragraph(standing(explanation)),
    buttons(button("Open", "budget variance", { unit: unitId, month, line: lineId })),
  );
}
