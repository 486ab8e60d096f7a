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
import { counted, data, staff, type Text, text, time, words } from "../chat/text.ts";
import type { ActionDetails } from "../domain/actions/read.ts";
import { reference, strengths } from "../domain/actions/rules.ts";
import { actionTitle, overdueInWords } from "./actionWords.ts";
import { day } from "./day.ts";
import { excerpt } from "./excerpt.ts";
import { label } from "./incidentWords.ts";

/** Entries of the history that a card shows: the last ones. */
const entriesShown = 6;

/** An action with what has happened to it and what this person may do. */
export function actionCard(action: ActionDetails): Card {
  return card(
    actionTitle(action),
    heading(actionTitle(action)),
    paragraph(actionState(action)),
    warnings(action),
    paragraph(text`${data(action.what)}`),
    facts(...factsOf(action)),
    history(action),
    buttons(...ways(action)),
  );
}

/** Somebody asked for an action about a measure that has one. */
export function actionThereCard(action: ActionDetails): Card {
  const shown = actionCard(action);
  const said = text`${words(reference(action.number))} is about this already, so no other was added.`;
  return { summary: said, blocks: [notice("info", said), ...shown.blocks] };
}

/** How it stands, in a line. */
export function actionState(action: ActionDetails): Text {
  const owner = staff(action.owner);
  if (action.state === "dropped") return text`Dropped ${action.endedAt ? time(action.endedAt) : []}`;
  if (action.state === "open") return text`Open · ${owner} · due ${day(action.dueOn)}${snoozed(action)}`;
  return text`Done ${action.endedAt ? time(action.endedAt) : []} · ${owner}${effect(action)}`;
}

const snoozed = ({ snoozedUntil }: ActionDetails): Text =>
  snoozedUntil ? text` · no reminder before ${day(snoozedUntil)}` : [];

function effect({ worked, checkOn }: ActionDetails): Text {
  if (worked) return text` · it worked`;
  return checkOn ? text` · effect to be checked ${day(checkOn)}` : [];
}

function warnings(action: ActionDetails): Block[] {
  const stronger = strengths.flatMap(({ code, kinds }) => (code === "weaker" ? [] : kinds.slice(0, 3)));
  return [
    ...(action.overdueDays > 0 ? [notice("warning", text`${words(overdueInWords(action.overdueDays))}.`)] : []),
    ...(action.state === "open" && action.worked === false
      ? [notice("warning", text`It was done before and did not have the effect that was wanted.`)]
      : []),
    ...(action.needsStronger && action.about !== null
      ? [
          notice(
            "warning",
            text`All actions about ${words(action.about)} are weak, and it is serious. Add a stronger one, as ${words(stronger.join(", "))}.`,
          ),
        ]
      : []),
  ];
}

function factsOf(action: ActionDetails): Fact[] {
  return [
    { label: "Given", value: text`${time(action.givenAt)}, by ${staff(action.givenBy)}` },
    ...(action.about === null ? [] : [{ label: "About", value: text`${words(action.about)}` }]),
    ...(action.measured === null ? [] : [{ label: "About", value: text`${action.measured.name}` }]),
    ...(action.strength === null
      ? []
      : [{ label: "Strength", value: text`${words(label(strengths, action.strength))}` }]),
    ...(action.measure === null ? [] : [{ label: "Measured by", value: text`${data(action.measure)}` }]),
    ...(action.checkOn === null || action.state !== "open"
      ? []
      : [{ label: "Effect check", value: text`${day(action.checkOn)}` }]),
  ];
}

function history({ timeline }: ActionDetails): Block[] {
  const entries = timeline.filter(({ kind }) => kind !== "added");
  const left = entries.length - entriesShown;
  if (entries.length === 0) return [];
  return [
    list(entries.slice(-entriesShown).map((entry) => ({ text: text`${time(entry.at)} · ${entryText(entry)}` }))),
    ...(left > 0 ? [context(text`${words(counted(left, "earlier entry", "earlier entries"))} not shown`)] : []),
  ];
}

function entryText({ kind, actor, about, text: said }: ActionDetails["timeline"][number]): Text {
  const by = actor ? staff(actor) : words("Rounds");
  const why: Text = said === null ? [] : text`: ${data(excerpt(said, 600))}`;
  switch (kind) {
    case "done":
      return text`${by} finished it${why}`;
    case "snoozed":
      return text`${by} put reminders off until ${said === null ? [] : day(new Date(`${said}T00:00:00Z`))}`;
    case "reassigned":
      return actor === null
        ? text`whoever had it left; it is ${about ? staff(about) : words("somebody")}’s now`
        : text`${by} gave it to ${about ? staff(about) : words("somebody")}`;
    case "dropped":
      return text`${by} dropped it${why}`;
    case "worked":
      return text`${by} checked the effect: it worked${why}`;
    case "failed":
      return text`${by} checked the effect: it did not work, so it is open again${why}`;
    default:
      return text`${by}${why}`;
  }
}

function ways(action: ActionDetails): Button[] {
  const about = { action: reference(action.number) };
  const { finish, redirect, check } = action.may;
  return [
    ...(finish ? [formButton("Done", "action done", about, "primary"), button("Snooze", "action snooze", about)] : []),
    ...(check
      ? [
          button("It worked", "action check", { ...about, worked: "yes" }, "primary"),
          formButton("It did not", "action check", { ...about, worked: "no" }),
        ]
      : []),
    ...(redirect ? [button("Reassign", "action reassign", about), button("Drop", "action drop", about)] : []),
    ...aboutButton(action),
  ];
}

function aboutButton({ about, measured, unit }: ActionDetails): Button[] {
  if (measured && unit) return [button("Open the measure", "kpi show", { metric: measured.code, unit: unit.code })];
  if (about === null) return [];
  return about.startsWith("INC-")
    ? [button(`Open ${about}`, "incident show", { incident: about })]
    : [button(`Open ${about}`, "grievance show", { grievance: about })];
}
