import { command } from "../../src/bot/command.ts";
import { dateTime, ref, required } from "../../src/bot/field.ts";
import { reminderCard } from "../../src/cards/reminder.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "reminder snooze",
  title: "Remind me later",
  summary: "Be reminded again at another time.",
  usage: "REM-12 tomorrow 9am",
  roles: "all",
  changes: true,
  input: {
    reminder: required(ref("REM", { label: "Reminder", hint: "Its number, as REM-12" })),
    until: required(dateTime("future", { label: "Until", hint: "As 2026-11-24T09:00, or “tomorrow 9am”" })),
  },
  async run({ services, actor, requestId, now }, { reminder, until }) {
    return update(reminderCard(await services.reminders.snooze({ actor, requestId, now }, reminder, until), actor));
  },
});
