import { command } from "../../src/bot/command.ts";
import { choice, entries, entry, text } from "../../src/bot/field.ts";
import { routingCard } from "../../src/cards/settings.ts";
import { update } from "../../src/chat/reply.ts";
import { categories, harms, kinds } from "../../src/domain/incidents/rules.ts";

export default command({
  path: "settings routing",
  title: "Routing",
  summary: "Whom incidents go to first, by kind, category, harm and unit.",
  usage: "people:jlee category:medication where:4W",
  roles: ["quality", "admin"],
  changes: true,
  input: {
    people: entries("person", { label: "To", hint: "They hear of it first; then it goes up as always", ask: true }),
    kind: choice(kinds, { label: "Kind", ask: true }),
    category: choice(categories, { label: "Category", ask: true }),
    harm: choice(harms, { label: "Harm, this or worse", ask: true }),
    where: entry("unit", { label: "Unit, with those below", ask: true }),
    remove: text({ label: "Route to remove" }),
  },
  async run({ services, actor, requestId, now }, { people, kind, category, harm, where, remove }) {
    const act = { actor, requestId, now };
    if (remove !== undefined) await services.settings.removeRoute(act, remove);
    if (people !== undefined)
      await services.settings.addRoute(act, {
        personIds: people.map(({ id }) => id),
        kind,
        category,
        harm,
        unitId: where?.id,
      });
    return update(routingCard(await services.settings.routes(actor)));
  },
});
