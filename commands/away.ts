import { command } from "../src/bot/command.ts";
import { date, entry, flag } from "../src/bot/field.ts";
import { leaveCard } from "../src/cards/leave.ts";
import { update } from "../src/chat/reply.ts";
import { Refusal } from "../src/domain/refusal.ts";

export default command({
  path: "away",
  title: "Leave and cover",
  summary: "Your leave, and who sees to what comes meanwhile.",
  usage: "from until @cover",
  roles: "all",
  changes: true,
  input: {
    from: date({ label: "First day of leave", hint: "As 2026-12-21", ask: true }),
    until: date({ label: "Last day of leave", hint: "As 2027-01-04", ask: true }),
    cover: entry("person", { label: "Cover", hint: "Who sees to what comes meanwhile", ask: true }),
    back: flag({ label: "I am back" }),
  },
  async run({ services, actor, requestId, now }, { from, until, cover, back }) {
    const act = { actor, requestId, now };
    if (back) await services.leave.back(act);
    else if (from !== undefined || until !== undefined || cover !== undefined) {
      if (from === undefined) throw new Refusal("Give the first day of your leave.", "from");
      if (until === undefined) throw new Refusal("Give the last day of your leave.", "until");
      if (cover === undefined) throw new Refusal("Choose who sees to what comes meanwhile.", "cover");
      await services.leave.leave(act, { from, until, coverId: cover.id });
    }
    return update(leaveCard(await services.leave.of(actor, now)));
  },
});
