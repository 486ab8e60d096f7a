import { command } from "../../src/bot/command.ts";
import { date } from "../../src/bot/field.ts";
import { holidaysCard } from "../../src/cards/settings.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "settings holidays",
  title: "Holidays",
  summary: "Days off beside the federal holidays: not counted as business days.",
  usage: "add:2026-12-24",
  roles: ["admin"],
  changes: true,
  input: {
    add: date({ label: "Day off", hint: "As 2026-12-24", ask: true }),
    remove: date({ label: "No day off any more" }),
  },
  async run({ services, actor, requestId, now }, { add, remove }) {
    if (add !== undefined || remove !== undefined)
      await services.settings.changeHolidays({ actor, requestId, now }, { add, remove });
    return update(holidaysCard(await services.settings.holidays(actor, now)));
  },
});
