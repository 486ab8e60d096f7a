import { command } from "../../src/bot/command.ts";
import { flag, ref, required } from "../../src/bot/field.ts";
import { reminderCard } from "../../src/cards/reminder.ts";
import { todoCard } from "../../src/cards/todo.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "reminder done",
  title: "Reminder done",
  summary: "It is done; one that repeats comes again at its next time.",
  usage: "REM-12",
  roles: "all",
  changes: true,
  input: {
    reminder: required(ref("REM", { label: "Reminder", hint: "Its number, as REM-12" })),
    stop: flag({ label: "Never again" }),
    list: flag({ label: "From the list", carried: true }),
  },
  async run({ services, actor, requestId, now }, { reminder, stop, list }) {
    const done = await services.reminders.done({ actor, requestId, now }, reminder, stop ?? false);
    return update(list ? todoCard(await services.todo.waiting(actor, now), now) : reminderCard(done, actor));
  },
});
