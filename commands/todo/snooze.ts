import { command } from "../../src/bot/command.ts";
import { date, refOf, required } from "../../src/bot/field.ts";
import { snoozedCard } from "../../src/cards/daily.ts";
import { privately } from "../../src/chat/reply.ts";
import { waitingSorts } from "../../src/domain/records.ts";

export default command({
  path: "todo snooze",
  title: "Snooze reminders",
  summary: "No daily reminder before a day, of one thing or of all; they stay in your list.",
  usage: "tomorrow",
  roles: "all",
  changes: true,
  input: {
    until: required(date({ label: "Until", hint: "As 2026-12-01, or “next monday”" })),
    about: refOf(waitingSorts, { label: "Only of", hint: "A record's number, as INC-142" }),
  },
  async run({ services, actor, requestId, now }, { until, about }) {
    await services.todo.snooze({ actor, requestId, now }, until, about);
    return privately(snoozedCard(until, about));
  },
});
