import { command } from "../../src/bot/command.ts";
import { choice, ref, required } from "../../src/bot/field.ts";
import { seenCard } from "../../src/cards/imports.ts";
import { update } from "../../src/chat/reply.ts";
import { brought } from "../../src/imports/columns.ts";

export default command({
  path: "import as",
  title: "What the file is",
  summary: "Say what a file is whose columns fit several, and see what it would change.",
  usage: "IMP-7 ledger",
  roles: ["manager", "quality", "admin"],
  changes: true,
  input: {
    import: required(ref("IMP", { label: "Import", hint: "Its number, as IMP-7" })),
    what: required(choice(brought, { label: "What it is" })),
  },
  run: async ({ services, actor, requestId, now, progress }, { import: number, what }) =>
    update(seenCard(await services.imports.takeAs({ actor, requestId, now }, number, what, progress))),
});
