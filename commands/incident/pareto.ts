import { command } from "../../src/bot/command.ts";
import { choice, entry, otherwise, pastDate } from "../../src/bot/field.ts";
import { incidentParetoCard } from "../../src/cards/incidentPareto.ts";
import { privately } from "../../src/chat/reply.ts";
import { countings } from "../../src/domain/incidents/frequency.ts";

export default command({
  path: "incident pareto",
  title: "See what happens most",
  summary: "Incidents that you may see, counted by category, factor, kind or unit: the largest first.",
  usage: "a unit; since a day; by:factor",
  roles: ["manager", "quality"],
  changes: false,
  input: {
    where: entry("unit", { label: "Unit, with those below", ask: true }),
    since: pastDate({ label: "Since", hint: "Left out, the last 90 days", ask: true }),
    by: otherwise(choice(countings, { label: "Counted by", ask: true }), "category"),
  },
  async run({ services, actor, now }, { where, since, by }) {
    const found = await services.incidents.frequency(actor, { by, unitId: where?.id, since }, now);
    return privately(await incidentParetoCard(found, where, since));
  },
});
