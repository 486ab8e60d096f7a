import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareDigests } from "../../src/jobs/digests.ts";
import { tellDigest } from "../../src/jobs/told/digests.ts";
import { type Hospital, openHospital, silentLog } from "../support/hospital.ts";
import { memoryMessenger } from "./messenger.ts";

// Digests that are prepared together: as many statements for many as for few, and each the same as by itself.

const metrics = ["falls", "hand-hygiene", "lwbs"];
let hospital: Hospital;
const notices: string[] = [];

/** Forty managers of a unit each, which has measures, an overdue action, a clock and somebody else's restricted incident. */
beforeAll(async () => {
  hospital = await openHospital();
  const { now } = hospital.clock;
  const people = Array.from({ length: 40 }, (_, at) => ({
    id: crypto.randomUUID(),
    handle: `m${at}`,
    name: `Manager ${at}`,
    access: ["staff", "manager"],
  }));
  await bound().person.createMany({ data: people });
  await bound().identity.createMany({
    data: people.map(({ id, handle }) => ({ platform: "web", tenant: "demo", user: handle, personId: id })),
  });
  const units = people.map(({ id: managerId }, at) => ({
    id: crypto.randomUUID(),
    code: `M${at}`,
    name: `Unit ${at}`,
    aliases: [],
    managerId,
    parentId: at % 10 === 1 ? hospital.units.west : null,
  }));
  await bound().unit.createMany({ data: units });
  const rows = units.flatMap(({ id: unitId }, unit) =>
    metrics.flatMap((metric) =>
      Array.from({ length: 14 }, (_, ago) => ({
        unitId,
        metric,
        startOn: new Date(Date.UTC(2026, 9 - ago, 1)).toISOString().slice(0, 10),
        numerator: String(3 + ((ago * 5 + unit) % 7)),
        denominator: String(ago === 0 && unit % 3 === 0 ? 8 : 300),
        value: null,
      })),
    ),
  );
  await bound().change((change) => change.writeKpi(rows, { source: "recorded", at: now, byId: null }));
  for (const [at, { id: unitId, managerId }] of units.entries()) {
    const incident = await bound().incident.create({
      data: {
        number: at + 1,
        kind: "incident",
        harm: "none",
        identity: "anonymous",
        what: "x",
        unitId,
        happenedAt: now,
        reportedAt: now,
        status: "new",
        restricted: at % 4 === 0,
      },
    });
    const about = { startAt: now, dueAt: now, because: "by-hand", startedAt: now };
    await bound().clock.create({ data: { number: at + 1, rule: "osha.severe", incidentId: incident.id, ...about } });
    await bound().action.create({
      data: {
        number: at + 1,
        what: "x",
        ownerId: managerId,
        givenById: managerId,
        unitId,
        givenAt: now,
        dueOn: new Date("2026-11-01T00:00:00Z"),
        ...(at % 2 === 0 ? { metric: "falls" } : { incidentId: incident.id }),
      },
    });
    const follow = { unitId, ownerId: managerId, target: managerId, schedule: "weekdays", at: "09:00", zone: "UTC" };
    const { id: recordId } = await bound().follow.create({ data: { ...follow, nextAt: now } });
    const notice = { kind: "digest", recordId, personId: managerId, dueAt: now, tryAt: now, key: `digest:${at}` };
    notices.push((await bound().notice.create({ data: notice })).id);
  }
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const parts = () => ({
  ...hospital,
  messengers: new Map([["web" as const, memoryMessenger("web").messenger]]),
  clock: () => hospital.clock.now,
  log: silentLog,
});
const prepare = (ids: readonly string[]) => prepareDigests(parts(), bound(), ids, hospital.clock.now);

/** What is asked of the database; a connection that is new is set up beside. */
async function statements(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  await work();
  const asked = (spy.mock.calls as unknown[][]).map(([given]) =>
    typeof given === "string" ? given : (given as { text: string }).text,
  );
  spy.mockRestore();
  return asked
    .filter((text) => !text.startsWith("SET "))
    .map((text) => text.slice(0, 60))
    .sort();
}

test("forty take as many statements as four", async () => {
  await prepare(notices);
  const few = await statements(() => prepare(notices.slice(0, 4)));
  const many = await statements(async () => expect((await prepare(notices)).size).toBe(40));
  expect(few.length).toBeGreaterThan(5);
  expect(many).toEqual(few);
});

test("each is the digest that its reader gets alone", async () => {
  const together = await prepare(notices);
  for (const id of notices.slice(0, 12)) {
    const { recipient, made } = together.get(id) ?? {};
    const notice = await bound().notice.findFirstOrThrow({ where: { id } });
    if (!recipient) throw new Error("It was not prepared.");
    const alone = await tellDigest({ ...parts(), ...hospital, notice, recipient, now: hospital.clock.now });
    expect(made).toEqual(alone);
    expect(JSON.stringify(made?.card.blocks)).toMatch(/overdue action/);
  }
});

test("who is on leave, and a notice that was sent, are left out", async () => {
  const [first = "", second = ""] = notices;
  const { personId } = await bound().notice.findFirstOrThrow({ where: { id: first } });
  const today = new Date("2026-11-23T00:00:00Z");
  const away = { personId: personId ?? "", coverId: hospital.people.nurse, fromOn: today, untilOn: today };
  await bound().away.create({ data: away });
  await bound().notice.updateMany({ where: { id: second }, data: { state: "sent" } });
  const prepared = await prepare(notices);
  expect([prepared.has(first), prepared.has(second), prepared.size]).toEqual([false, false, 38]);
});
