import { button, buttons, type Card, card, context, formButton, heading, paragraph } from "../chat/card.ts";
import type { Platform } from "../chat/request.ts";
import { strong, text, words } from "../chat/text.ts";
import type { Filed } from "../domain/incidents/report.ts";
import { type Category, type Kind, reference } from "../domain/incidents/rules.ts";
import { startedClocks } from "./clock.ts";
import { moreButton } from "./incidentDetails.ts";
import { questionsByReceipt } from "./incidentStatus.ts";

/** After filing: what is now true and what happens next. */
export function filedCard(
  { number, receipt, clocks }: Filed,
  { unit, ...classed }: { unit: string; kind: Kind; category: Category | null },
  platform: Platform,
): Card {
  if (receipt !== undefined) return receiptCard(receipt, classed, platform);
  const incident = reference(number);
  return card(
    text`${words(incident)} is filed.`,
    heading(text`${words(incident)} is filed`),
    paragraph(text`Whoever handles ${unit} has it; you will hear when it is acknowledged.`),
    startedClocks(clocks, false),
    context(text`Everything else can be added later.`),
    buttons(
      formButton("Add note", "incident note", { incident }),
      moreButton("More about it", { number, ...classed, answers: {} }),
      button("Show", "incident show", { incident }),
    ),
  );
}

/** After filing without a name: the receipt, which is shown here and never again. */
function receiptCard(receipt: string, classed: { kind: Kind; category: Category | null }, platform: Platform): Card {
  return card(
    text`Filed without your name.`,
    heading(text`Filed without your name`),
    paragraph(text`Keep this receipt; it is shown once: ${strong(receipt)}`),
    paragraph(
      text`With it anyone can read the status and answer a question: ${strong(`incident status ${receipt}`)}. What you want to add goes the same way.`,
    ),
    paragraph(text`We kept no link to you, so nothing can be sent to you. ${words(stillHeld[platform])}`),
    buttons(questionsByReceipt(receipt, classed), button("Read the status", "incident status", { receipt })),
  );
}

/** What is beyond us. */
const stillHeld: Record<Platform, string> = {
  slack: "Slack itself may still record that you used Rounds, and keeps what you typed to it as a message.",
  teams: "Microsoft itself may still record that you used Rounds, and keeps what you typed to it as a message.",
  web: "In Slack or Teams, Slack or Microsoft themselves may still record that you used Rounds.",
  shell: "Your terminal may still keep what you typed.",
};
