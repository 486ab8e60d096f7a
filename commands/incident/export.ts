import { command } from "../../src/bot/command.ts";
import { choice, entry, flag, otherwise, pastDate, text } from "../../src/bot/field.ts";
import { formats, incidentExportCard } from "../../src/cards/incidentExport.ts";
import { privately } from "../../src/chat/reply.ts";
import { categories, kinds, statuses } from "../../src/domain/incidents/rules.ts";

const filters = [{ code: "open", label: "Open" }, { code: "all", label: "All" }, ...statuses] as const;

export default command({
  path: "incident export",
  title: "Export incidents",
  summary: "A spreadsheet of incidents that you may see, in the words of the AHRQ Common Formats.",
  usage: "csv or xlsx; the filters of the list",
  roles: ["manager", "quality"],
  changes: false,
  input: {
    status: otherwise(choice(filters, { label: "Status" }), "open"),
    format: otherwise(choice(formats, { label: "Format", ask: true }), "xlsx"),
    where: entry("unit", { label: "Unit, with those below", ask: true }),
    mine: flag({ label: "Only mine", ask: true }),
    since: pastDate({ label: "Since", ask: true }),
    kind: choice(kinds, { label: "Kind", ask: true }),
    category: choice(categories, { label: "Category", ask: true }),
    search: text({ label: "Words in the text", ask: true }),
  },
  async run({ services, actor, requestId, now }, { format, where, ...filter }) {
    const found = await services.incidents.export({ actor, requestId, now }, { ...filter, unitId: where?.id });
    return privately(await incidentExportCard(found, format));
  },
});
