import { command } from "../../src/bot/command.ts";
import { choice, flag, number, otherwise, refOf } from "../../src/bot/field.ts";
import { actionListCard } from "../../src/cards/actionList.ts";
import { privately } from "../../src/chat/reply.ts";

const filters = [
  { code: "open", label: "Open" },
  { code: "done", label: "Done" },
  { code: "all", label: "All" },
] as const;

export default command({
  path: "action list",
  title: "List actions",
  summary: "The actions that you own, gave or manage: open ones by when they are due.",
  usage: "open, done or all; mine; INC-142",
  roles: "all",
  changes: false,
  input: {
    status: otherwise(choice(filters, { label: "Status" }), "open"),
    mine: flag({ label: "Only mine" }),
    overdue: flag({ label: "Only overdue" }),
    about: refOf(["INC", "GRV"], { label: "About", hint: "A number, as INC-142 or GRV-7" }),
    after: number({ label: "After number", whole: true, min: 1, max: 999_999_999 }),
  },
  async run({ services, actor, now }, { status, mine, overdue, about, after }) {
    const filter = { status, mine, overdue, about, after };
    const page = await services.actions.list(actor, filter, now);
    const given = Object.entries({ status, mine, overdue, about }).filter(
      (pair): pair is [string, string | boolean] => pair[1] !== undefined,
    );
    return privately(actionListCard(page, filter, Object.fromEntries(given)));
  },
});
