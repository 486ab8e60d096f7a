import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { seenCard } from "../../src/cards/imports.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "import confirm",
  title: "Import it",
  summary: "Import a file that was tried, all of it or nothing, where it still does what was seen.",
  usage: "IMP-7",
  roles: ["manager", "quality", "admin"],
  changes: true,
  input: { import: required(ref("IMP", { label: "Import", hint: "Its number, as IMP-7" })) },
  run: async ({ services, actor, requestId, now, progress }, { import: number }) =>
    update(seenCard(await services.imports.confirm({ actor, requestId, now }, number, progress))),
});
