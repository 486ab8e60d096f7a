import type { Timing } from "../../../src/domain/digests/schedule.ts";
import { createServices } from "../../../src/services.ts";
import { type Bound, openStore } from "../../../src/store/store.ts";

/**
 * Times on the wall in each zone: half past two is skipped or comes twice in Berlin and Sydney and is skipped in New York
 * and Los Angeles, half past one comes twice in New York; the others share their moments.
 */
const times: Record<string, readonly string[]> = {
  "America/New_York": ["02:30", "07:30", "01:30"],
  "America/Los_Angeles": ["02:30", "07:30"],
  "America/Phoenix": ["05:30", "08:30"],
  "Europe/Berlin": ["02:30", "08:30"],
  "Asia/Kolkata": ["07:00", "13:00"],
  "Australia/Sydney": ["02:30", "12:30"],
};
const zones = Object.keys(times);
const schedules = ["daily", "weekdays", "weekly", "monthly"] as const;
/** Days off of its own, `YYYY-MM-DD`. */
export const daysOff: ReadonlySet<string> = new Set(["2026-03-17", "2026-10-30"]);
const people = 200;

export interface Follower {
  /** Of the follow, and of the person, who is at the platform by it. */
  id: string;
  personId: string;
  timing: Timing;
}

/** Two hundred people of a hospital who ask for the digest of their unit, of every time and schedule in every zone. */
export async function settle(databaseUrl: string, now: Date) {
  const store = openStore(databaseUrl);
  const { digests } = createServices(store);
  const { id: organisationId } = await store.unbound.organisation.create({
    data: {
      name: "Month General",
      zone: "America/New_York",
      holidays: [...daysOff],
      workspaces: { create: { platform: "web", tenant: "demo" } },
    },
  });
  const bound = store.of(organisationId);
  const unitIds = zones.map(() => crypto.randomUUID());
  await bound.unit.createMany({
    data: unitIds.map((id, at) => ({ id, code: `U${at}`, name: `Unit ${at}`, aliases: [] })),
  });
  const actors = Array.from({ length: people }, (_, at) => ({
    id: crypto.randomUUID(),
    organisationId,
    handle: `p${at}`,
    name: `Person ${at}`,
    access: ["staff" as const],
    zone: zones[at % zones.length] ?? "UTC",
    unitIds: [unitIds[at % zones.length] ?? ""],
  }));
  await bound.person.createMany({ data: actors.map(({ organisationId: _, ...person }) => person) });
  await bound.identity.createMany({
    data: actors.map(({ id }) => ({ platform: "web", tenant: "demo", user: id, personId: id })),
  });
  await measureSomething(bound, unitIds, now);
  for (const [at, actor] of actors.entries()) {
    const nth = Math.floor(at / zones.length);
    const onWall = times[actor.zone] ?? [];
    await digests.follow(
      { actor: { ...actor, standsFor: [actor.id], managedUnitIds: [] }, now, requestId: `follow-${at}` },
      {
        unitId: actor.unitIds[0] ?? "",
        metrics: [],
        schedule: schedules[Math.floor(nth / onWall.length) % schedules.length] ?? "daily",
        at: onWall[nth % onWall.length] ?? "07:30",
        silentWhenNothing: false,
        place: undefined,
      },
    );
  }
  const rows = await bound.follow.findMany();
  const followers = rows.map(
    ({ id, ownerId: personId, at, zone, schedule }): Follower => ({
      id,
      personId,
      timing: { at, zone, schedule: schedules.find((one) => one === schedule) ?? "daily" },
    }),
  );
  return { store, bound, followers };
}

/** Each unit has falls of a year, so that a digest has words and a picture. */
async function measureSomething(bound: Bound, unitIds: readonly string[], now: Date): Promise<void> {
  const rows = unitIds.flatMap((unitId, unit) =>
    Array.from({ length: 12 }, (_, ago) => ({
      unitId,
      metric: "falls",
      startOn: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago - 1, 1)).toISOString().slice(0, 10),
      numerator: String(2 + ((unit + ago * 5) % 4)),
      denominator: "900",
      value: null,
    })),
  );
  await bound.change((change) => change.writeKpi(rows, { source: "recorded", at: now, byId: null }));
}
