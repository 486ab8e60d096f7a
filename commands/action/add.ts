import { command } from "../../src/bot/command.ts";
import { choice, date, entry, refOf, required, text } from "../../src/bot/field.ts";
import { actionCard, actionThereCard } from "../../src/cards/action.ts";
import { notReached } from "../../src/cards/notReached.ts";
import { privately } from "../../src/chat/reply.ts";
import { strengths } from "../../src/domain/actions/rules.ts";

export default command({
  path: "action add",
  title: "Add an action",
  summary: "Give somebody, or yourself, something to do by a day; they are told.",
  usage: "@person what is to be done by when",
  roles: "all",
  changes: true,
  input: {
    to: required(entry("person", { label: "To", hint: "Who will do it; “me” is you" })),
    what: required(text({ label: "What is to be done", hint: "No patient names" })),
    due: required(date({ label: "Due" })),
    about: refOf(["INC", "GRV"], { label: "About", hint: "A number, as INC-142 or GRV-7", ask: true }),
    strength: choice(strengths, {
      label: "Strength",
      hint: "The less it depends on people remembering it, the stronger",
      ask: true,
    }),
    measure: text({ label: "Measured by", hint: "What will show that it worked", ask: true }),
    check: date({ label: "Effect checked on", hint: "A day after it is due", ask: true }),
    metric: entry("metric", { label: "Measure that asks for it", carried: true }),
    unit: entry("unit", { label: "Unit of that measure", carried: true }),
  },
  async run({ services, actor, requestId, now }, { to, what, due, about, strength, measure, check, metric, unit }) {
    const signal = metric && unit && { metric: metric.code, unitId: unit.id };
    const given = { ownerId: to.id, what, due, about, signal, strength, measure, check };
    const { action, existed } = await services.actions.add({ actor, requestId, now }, given);
    if (existed) return privately(actionThereCard(action));
    const card = actionCard(action);
    const reached = await services.recipients.isKnown(actor.organisationId, to.id);
    return privately(reached ? card : notReached(card, to.name));
  },
});
