import { command } from "../../src/bot/command.ts";
import { choice, entries, entry, flag, otherwise, required } from "../../src/bot/field.ts";
import { digestCard } from "../../src/cards/digest.ts";
import { here, privately } from "../../src/chat/reply.ts";
import { digestPlaces } from "../../src/domain/digests/places.ts";

export default command({
  path: "kpi digest",
  title: "Show a digest",
  summary: "The digest of a unit now, to you; with where:here to this channel, preview:yes shows you that first.",
  usage: "the unit; where:here, preview:yes",
  roles: "all",
  changes: false,
  input: {
    unit: required(entry("unit", { label: "Unit" })),
    metric: entries("metric", { label: "Measures", hint: "Left empty, all that are switched on", byName: true }),
    where: otherwise(choice(digestPlaces, { label: "Where", ask: true }), "me"),
    preview: flag({ label: "To you alone, as it would be there", ask: true }),
  },
  async run({ services, actor, now, place }, { unit, metric, where, preview }) {
    const inPublic = where === "here" && place.kind !== "personal";
    const asked = { unitId: unit.id, metrics: (metric ?? []).map(({ code }) => code), inPublic };
    const shown = await services.digests.show(actor, asked, now);
    const toAll = inPublic && preview !== true;
    return toAll ? here(await digestCard(shown)) : privately(await digestCard(shown, { preview: inPublic }));
  },
});
