import { command } from "../../src/bot/command.ts";
import { choice, entries, entry, flag, otherwise, required, text, time } from "../../src/bot/field.ts";
import { followCard } from "../../src/cards/digestFollow.ts";
import { update } from "../../src/chat/reply.ts";
import { digestPlaces } from "../../src/domain/digests/places.ts";
import { schedules } from "../../src/domain/digests/schedule.ts";

export default command({
  path: "kpi follow",
  title: "Follow measures",
  summary: "A digest of a unit’s measures, to you or to this channel, as often as you like.",
  usage: "the unit; measures, where not all; weekly at:07:30",
  roles: "all",
  changes: true,
  input: {
    unit: required(entry("unit", { label: "Unit" })),
    metric: entries("metric", { label: "Measures", hint: "Left empty, all that are switched on", ask: true }),
    schedule: otherwise(choice(schedules, { label: "How often", ask: true }), "weekdays"),
    at: otherwise(time({ label: "At", hint: "In your zone, as 07:30", ask: true }), "07:30"),
    where: otherwise(
      choice(digestPlaces, { label: "Where", hint: "In a channel: counts alone, no records", ask: true }),
      "me",
    ),
    silent: flag({ label: "Silent when there is nothing to say", ask: true }),
    digest: text({ label: "Digest to change", carried: true }),
  },
  async run({ services, actor, requestId, now, place }, { unit, metric, schedule, at, where, silent, digest }) {
    const act = { actor, requestId, now };
    const given = {
      unitId: unit.id,
      metrics: (metric ?? []).map(({ code }) => code),
      schedule,
      at,
      silentWhenNothing: silent === true,
    };
    if (digest !== undefined) return update(followCard(await services.digests.alter(act, digest, given)));
    const there = where === "here" && place.kind !== "personal" ? place : undefined;
    return update(followCard(await services.digests.follow(act, { ...given, place: there })));
  },
});
