import { button, buttons, type Card, card, formButton, heading, paragraph } from "../chat/card.ts";
import { text, words } from "../chat/text.ts";
import { reference } from "../domain/incidents/rules.ts";

/** After filing: what is now true and what happens next. */
export function filedCard(incident: { number: number; unit: string }, identity: string): Card {
  const next =
    identity === "anonymous"
      ? text`It was filed without your name, and no link to you is kept, so Rounds cannot tell you what follows. Slack or Microsoft may still record that you used Rounds.`
      : text`Whoever handles ${incident.unit} has it; you will hear when it is acknowledged.`;
  const number = words(reference(incident.number));
  const may =
    identity === "anonymous"
      ? []
      : [
          buttons(
            formButton("Add note", "incident note", { incident: reference(incident.number) }),
            button("Show", "incident show", { incident: reference(incident.number) }),
          ),
        ];
  return card(text`${number} is filed.`, heading(text`${number} is filed`), paragraph(next), may);
}
