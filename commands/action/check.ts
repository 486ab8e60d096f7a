import { command } from "../../src/bot/command.ts";
import { choice, date, paragraph, ref, required } from "../../src/bot/field.ts";
import { actionCard } from "../../src/cards/action.ts";
import { update } from "../../src/chat/reply.ts";

const answers = [
  { code: "yes", label: "Yes", detail: "The effect that was wanted is there" },
  { code: "no", label: "No", detail: "It is open again, and what it is about as well" },
] as const;

export default command({
  path: "action check",
  title: "Check an effect",
  summary: "Say whether a finished action had the effect that was wanted.",
  usage: "ACT-9, yes or no, what you saw",
  roles: "all",
  changes: true,
  input: {
    action: required(ref("ACT", { label: "Action", hint: "Its number, as ACT-9" })),
    worked: required(choice(answers, { label: "Did it work" })),
    note: paragraph({ label: "What you saw", hint: "No patient names", ask: true }),
    due: date({ label: "Due again, where it did not", hint: "In two weeks, where you give no day", ask: true }),
  },
  async run({ services, actor, requestId, now }, { action, worked, note, due }) {
    const given = { worked: worked === "yes", note, due };
    return update(actionCard(await services.actions.check({ actor, requestId, now }, action, given)));
  },
});
