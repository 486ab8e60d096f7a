import { button, buttons, type Card, card, context, formButton, heading, paragraph } from "../chat/card.ts";
import { data, staff, type Text, text, words } from "../chat/text.ts";
import type { ActionDetails } from "../domain/actions/read.ts";
import { reference } from "../domain/actions/rules.ts";
import type { ActionNotice } from "../domain/notices.ts";
import { actionState } from "./action.ts";
import { actionTitle } from "./actionWords.ts";
import { day } from "./day.ts";

/** Tells one person of an action; what is to be done stands in the message alone, never in what a locked screen shows. */
export function actionNoticeCard(kind: ActionNotice, action: ActionDetails): Card {
  const number = reference(action.number);
  const title = actionTitle(action);
  const show = button("Open", "action show", { action: number });
  const what = paragraph(text`${data(action.what)}`);
  switch (kind) {
    case "action-given":
      return card(
        text`${words(number)} is yours.`,
        heading(title),
        paragraph(text`${staff(action.givenBy)} gave you this${about(action)}. It is due ${day(action.dueOn)}.`),
        what,
        buttons(formButton("Done", "action done", { action: number }, "primary"), show),
      );
    case "action-done":
      return card(
        text`${words(number)} is done.`,
        heading(title),
        paragraph(text`${staff(action.owner)} has done what you asked for${about(action)}.${next(action)}`),
        what,
        buttons(show),
      );
    case "action-check-failed":
      return card(
        text`${words(number)} did not work.`,
        heading(title),
        paragraph(
          text`Its effect was checked and was not there, so it is open again${about(action)}, due ${day(action.dueOn)}.`,
        ),
        what,
        context(text`Where what it is about was closed, that is open again too.`),
        buttons(show),
      );
  }
}

const about = (action: ActionDetails): Text => (action.about === null ? [] : text`, about ${words(action.about)}`);

const next = ({ checkOn }: ActionDetails): Text => (checkOn ? text` Its effect is to be checked ${day(checkOn)}.` : []);

/** In place of what is over: how it stands by now. */
export function actionOverCard(action: ActionDetails): Card {
  const title = actionTitle(action);
  return card(
    title,
    heading(title),
    paragraph(actionState(action)),
    buttons(button("Open", "action show", { action: reference(action.number) })),
  );
}
