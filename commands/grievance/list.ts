import { command } from "../../src/bot/command.ts";
import { choice, entry, flag, number, otherwise, pastDate, text } from "../../src/bot/field.ts";
import { grievanceListCard } from "../../src/cards/grievanceList.ts";
import { privately } from "../../src/chat/reply.ts";
import { statuses } from "../../src/domain/grievances/rules.ts";

const filters = [
  { code: "open", label: "Open" },
  { code: "closed", label: "Closed" },
  { code: "all", label: "All" },
  ...statuses,
] as const;

export default command({
  path: "grievance list",
  title: "List grievances",
  summary: "The complaints and grievances that you logged, own or manage, newest first.",
  usage: "open, closed or all; unit; words to search",
  roles: "all",
  changes: false,
  input: {
    status: otherwise(choice(filters, { label: "Status" }), "open"),
    where: entry("unit", { label: "Unit, with those below" }),
    mine: flag({ label: "Only mine" }),
    since: pastDate({ label: "Received since" }),
    search: text({ label: "Words in the text" }),
    before: number({ label: "Before number", whole: true, min: 1, max: 999_999_999 }),
  },
  async run({ services, actor, now }, { status, where, mine, since, search, before }) {
    const filter = { status, unitId: where?.id, mine, since, search, before };
    const page = await services.grievances.list(actor, filter, now);
    const given = Object.entries({ status, where: where?.id, mine, since, search }).filter(
      (pair): pair is [string, string | boolean] => pair[1] !== undefined,
    );
    return privately(grievanceListCard(page, filter, Object.fromEntries(given), where?.name));
  },
});
