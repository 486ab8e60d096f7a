import { command } from "../../src/bot/command.ts";
import { choice, required } from "../../src/bot/field.ts";
import { templateCard } from "../../src/cards/imports.ts";
import { privately } from "../../src/chat/reply.ts";
import { brought } from "../../src/imports/columns.ts";

export default command({
  path: "import template",
  title: "A template",
  summary: "An empty file with the columns of a budget, a ledger or measures, to be filled in.",
  usage: "budget, ledger or kpi",
  roles: ["manager", "quality", "admin"],
  changes: false,
  input: { what: required(choice(brought, { label: "Of what" })) },
  run: async (_context, { what }) => privately(templateCard(what)),
});
