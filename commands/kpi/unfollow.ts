import { command } from "../../src/bot/command.ts";
import { choice, entry, otherwise, required } from "../../src/bot/field.ts";
import { followCard } from "../../src/cards/digestFollow.ts";
import { update } from "../../src/chat/reply.ts";
import { digestPlaces } from "../../src/domain/digests/places.ts";

export default command({
  path: "kpi unfollow",
  title: "Stop a digest",
  summary: "No digest of a unit’s measures any more, to you or to this channel.",
  usage: "the unit",
  roles: "all",
  changes: true,
  input: {
    unit: required(entry("unit", { label: "Unit" })),
    where: otherwise(choice(digestPlaces, { label: "Where", ask: true }), "me"),
  },
  async run({ services, actor, requestId, now, place }, { unit, where }) {
    const there = where === "here" && place.kind !== "personal" ? place : undefined;
    return update(followCard(await services.digests.unfollow({ actor, requestId, now }, unit.id, there)));
  },
});
