import { command } from "../../src/bot/command.ts";
import { ref, required } from "../../src/bot/field.ts";
import { seenCard } from "../../src/cards/imports.ts";
import { update } from "../../src/chat/reply.ts";

export default command({
  path: "import leave",
  title: "Leave it",
  summary: "Leave everything as it is, and forget a file that was sent.",
  usage: "IMP-7",
  roles: ["manager", "quality", "admin"],
  changes: true,
  input: { import: required(ref("IMP", { label: "Import", hint: "Its number, as IMP-7" })) },
  run: async ({ services, actor, requestId, now }, { import: number }) =>
    update(seenCard(await services.imports.leave({ actor, requestId, now }, number))),
});
