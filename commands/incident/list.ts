import { command } from "../../src/bot/command.ts";
import { choice, entry, flag, number, otherwise, pastDate, text } from "../../src/bot/field.ts";
import { incidentListCard } from "../../src/cards/incidentList.ts";
import { privately } from "../../src/chat/reply.ts";
import { categories, kinds, statuses } from "../../src/domain/incidents/rules.ts";
import { hasAccess } from "../../src/domain/staff/access.ts";

const filters = [{ code: "open", label: "Open" }, { code: "all", label: "All" }, ...statuses] as const;

const searchHint = 'Words or their beginnings, "words in quotes", -without; or a number as INC-142';

export default command({
  path: "incident list",
  title: "List incidents",
  summary: "The incidents that you filed, own or manage, newest first.",
  usage: "open, closed or all; unit; words to search",
  roles: "all",
  changes: false,
  input: {
    status: otherwise(choice(filters, { label: "Status" }), "open"),
    where: entry("unit", { label: "Unit, with those below", ask: true }),
    mine: flag({ label: "Only mine", ask: true }),
    since: pastDate({ label: "Since", ask: true }),
    kind: choice(kinds, { label: "Kind", ask: true }),
    category: choice(categories, { label: "Category", ask: true }),
    search: text({ label: "Words in the text", hint: searchHint, ask: true }),
    before: number({ label: "Before number", whole: true, min: 1, max: 999_999_999 }),
  },
  async run({ services, actor }, { status, where, mine, since, kind, category, search, before }) {
    const filter = { status, unitId: where?.id, mine, since, kind, category, search, before };
    const page = await services.incidents.list(actor, filter);
    const given = Object.entries({ status, where: where?.id, mine, since, kind, category, search }).filter(
      (pair): pair is [string, string | boolean] => pair[1] !== undefined,
    );
    return privately(
      incidentListCard(page, filter, Object.fromEntries(given), where?.name, hasAccess(actor, "quality", "manager")),
    );
  },
});
