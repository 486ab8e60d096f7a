import { afterAll, beforeAll, expect, test } from "vitest";
import { releaseDigests } from "../../src/domain/digests/release.ts";
import type { Actor } from "../../src/domain/staff/actor.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { memoryMessenger } from "./messenger.ts";
import { runJobs } from "./work.ts";

// People stop and change their digests at the very moment at which several processes hand them out.

const monday = new Date("2026-11-23T12:30:00Z");
const day = 24 * 3_600_000;
const people = 45;
const rounds = 4;

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);

async function followers(round: number): Promise<Actor[]> {
  const actors = Array.from({ length: people }, (_, at) => ({
    id: crypto.randomUUID(),
    handle: `r${round}-${at}`,
    name: `Person ${at}`,
    access: ["staff" as const],
    unitIds: [hospital.units.west],
  }));
  await bound().person.createMany({ data: actors });
  await bound().identity.createMany({
    data: actors.map(({ id, handle }) => ({ platform: "web", tenant: "demo", user: handle, personId: id })),
  });
  return actors.map((actor) => ({
    ...actor,
    organisationId: hospital.organisationId,
    zone: "America/New_York",
    standsFor: [actor.id],
    managedUnitIds: [],
  }));
}

const follow = (actor: Actor, schedule: "weekly" | "daily", now: Date) =>
  hospital.services.digests.follow(
    { actor, now, requestId: crypto.randomUUID() },
    {
      unitId: hospital.units.west,
      metrics: [],
      schedule,
      at: "07:30",
      silentWhenNothing: false,
      place: undefined,
    },
  );

const release = (at: Date) => releaseDigests(bound(), at);

test.each(Array.from({ length: rounds }, (_, at) => [at]))(
  "who stops has none more, who changes has each by the new schedule, and the others theirs once (%i)",
  async (round) => {
    const actors = await followers(round);
    const before = new Date(monday.getTime() - 30_000);
    for (const actor of actors) await follow(actor, "weekly", before);
    const [kept = [], stopped = [], changed = []] = [0, 1, 2].map((kind) => actors.filter((_, at) => at % 3 === kind));
    await Promise.all([
      ...stopped.map((actor) =>
        hospital.services.digests.unfollow(
          { actor, now: before, requestId: crypto.randomUUID() },
          hospital.units.west,
          undefined,
        ),
      ),
      ...changed.map((actor) => follow(actor, "daily", before)),
      release(monday),
      new Promise((resolve) => setTimeout(resolve, round * 15)).then(() => release(monday)),
      release(monday),
    ]);
    await release(monday);
    const notices = await bound().notice.findMany({ where: { kind: "digest", dueAt: monday } });
    const countOf = ({ id }: Actor) => notices.filter(({ personId }) => personId === id).length;
    expect(kept.map(countOf)).toEqual(kept.map(() => 1));
    expect(changed.map(countOf)).toEqual(changed.map(() => 1));
    const tuesday = new Date(monday.getTime() + day);
    const nexts = await bound().follow.findMany({ select: { ownerId: true, nextAt: true } });
    const nextOf = ({ id }: Actor) => nexts.find(({ ownerId }) => ownerId === id)?.nextAt;
    expect(stopped.map(nextOf)).toEqual(stopped.map(() => null));
    expect(changed.map(nextOf)).toEqual(changed.map(() => tuesday));
    expect(kept.map(nextOf)).toEqual(kept.map(() => new Date(monday.getTime() + 7 * day)));

    const web = memoryMessenger("web");
    hospital.clock.now = monday;
    await runJobs(hospital, new Map([["web" as const, web.messenger]]));
    const told = new Set(web.sent.map(({ to }) => to));
    expect(stopped.filter(({ handle }) => told.has(handle))).toEqual([]);
    expect([...kept, ...changed].filter(({ handle }) => !told.has(handle))).toEqual([]);
  },
);
