import {
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  formButton,
  heading,
  notice,
  paragraph,
} from "../chat/card.ts";
import { moment, type Span, staff, type Text, text, words } from "../chat/text.ts";
import type { Leave } from "../domain/staff/leave.ts";

/** Leave that is not over yet: one's own, and that of the people whose cover one is. */
export interface Leaves {
  own: readonly Leave[];
  covered: readonly Leave[];
}

/** A day (`YYYY-MM-DD`) is the same one for every reader, whatever their zone. */
const day = (iso: string): Span => words(moment(new Date(`${iso}T12:00:00Z`), "UTC", "date"));

const days = ({ from, until }: Leave): Text =>
  from === until ? text`${day(from)}` : text`${day(from)} until ${day(until)}`;

/** A person's own leave, with what happens meanwhile, and the leave of others that they see to. */
export function leaveCard(leaves: Leaves): Card {
  const title = leaves.own.length > 0 ? text`Your leave` : text`You have no leave planned`;
  return card(
    title,
    heading(title),
    leaveFacts(leaves).length > 0 ? facts(...leaveFacts(leaves)) : [],
    paragraph(
      text`While you are on leave what comes to you goes to your cover, who acts for you until your last day. The reminders that you set yourself still come to you, and restricted incidents wait for you.`,
    ),
    buttons(
      formButton("Set leave", "away", {}, "primary"),
      ...(leaves.own.length > 0 ? [button("I am back", "away", { back: true })] : []),
    ),
  );
}

/** Leave among what is known of a person. */
export const leaveFacts = ({ own, covered }: Leaves): Fact[] => [
  ...own.map((leave) => ({ label: "On leave", value: text`${days(leave)} · ${staff(leave.cover)} is your cover` })),
  ...covered.map((leave) => ({ label: "Cover for", value: text`${staff(leave.person)} · ${days(leave)}` })),
];

/** Tells somebody that they are the cover. */
export function coverAskedCard(leave: Leave): Card {
  return card(
    text`You are the cover for ${leave.person.name}.`,
    heading(text`You are the cover for ${leave.person.name}`),
    paragraph(
      text`${staff(leave.person)} is on leave ${days(leave)}. What comes to them then comes to you, and what waits for them is in your list.`,
    ),
    context(text`If you cannot, tell them: they choose somebody else with “away”.`),
    buttons(button("What waits for me", "todo")),
  );
}

/** Says on a card that it comes to a cover. */
export const forWhom = (card: Card, { person, until }: Leave): Card => ({
  ...card,
  blocks: [
    notice("info", text`For ${staff(person)}, who is on leave until ${day(until)}. You are their cover.`),
    ...card.blocks,
  ],
});
