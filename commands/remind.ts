import { command } from "../src/bot/command.ts";
import { dateTime, entryOrHere, herePlace, otherwise, paragraph, repeat, required } from "../src/bot/field.ts";
import { reminderCard } from "../src/cards/reminder.ts";
import { privately } from "../src/chat/reply.ts";

export default command({
  path: "remind",
  title: "Remind",
  summary: "Remind you, somebody or this place, once or again and again.",
  usage: "me tomorrow 9am what",
  roles: "all",
  changes: true,
  input: {
    who: otherwise(entryOrHere("person", { label: "Who", hint: "You, when left empty", ask: true }), "me"),
    when: required(dateTime("future", { label: "When", hint: "As 2026-11-24T09:00, or “tomorrow 9am”" })),
    what: required(paragraph({ label: "What", hint: "What to be reminded of" })),
    every: otherwise(repeat({ label: "Again", ask: true }), "once"),
  },
  async run({ services, actor, requestId, now, place }, { who, when, what, every }) {
    const whom = who.id === herePlace ? { place } : { personId: who.id };
    return privately(
      reminderCard(await services.reminders.remind({ actor, requestId, now }, { what, when, every, who: whom }), actor),
    );
  },
});
