import { command } from "../src/bot/command.ts";
import { choice } from "../src/bot/field.ts";
import { howToImportCard, seenCard } from "../src/cards/imports.ts";
import { privately } from "../src/chat/reply.ts";
import { Refusal } from "../src/domain/refusal.ts";
import { brought } from "../src/imports/columns.ts";

export default command({
  path: "import",
  title: "Import a file",
  summary: "Send a CSV or XLSX file in your own chat: it is tried first, and imported when you say so.",
  usage: "budget, ledger or kpi, with the file",
  roles: ["manager", "quality", "admin"],
  changes: true,
  takesFiles: /\.(csv|tsv|txt|xlsx?)$/i,
  input: { what: choice(brought, { label: "What it is", hint: "Its columns tell, where nothing is said" }) },
  async run({ services, actor, requestId, now, files, progress }, { what }) {
    const [file, ...more] = files;
    if (!file) return privately(howToImportCard(services.imports.sorts(actor)));
    if (more.length > 0)
      throw new Refusal("One file at a time, so that each is looked at before it is imported. Send them one by one.");
    return privately(seenCard(await services.imports.take({ actor, requestId, now }, file, what, progress)));
  },
});
