import { command } from "../src/bot/command.ts";
import { pastDate, text } from "../src/bot/field.ts";
import { auditCard } from "../src/cards/audit.ts";
import { privately } from "../src/chat/reply.ts";

export default command({
  path: "audit",
  title: "Audit",
  summary: "Who did what with a record, or what a person did.",
  usage: "INC-142 or @person, since a day",
  roles: ["quality", "admin"],
  changes: false,
  input: {
    about: text({ label: "About", hint: "A number as INC-142, or a handle as @jlee" }),
    since: pastDate({ label: "Since" }),
  },
  async run({ services, actor }, { about, since }) {
    return privately(auditCard(await services.auditTrail.rows(actor, { about, since })));
  },
});
