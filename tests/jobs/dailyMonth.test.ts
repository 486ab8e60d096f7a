import { DateTime } from "luxon";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isWorkingDay } from "../../src/domain/clocks/holidays.ts";
import { remindDaily } from "../../src/domain/daily/remind.ts";
import { quietUntil } from "../../src/domain/quietHours.ts";
import { deliver } from "../../src/jobs/deliver.ts";
import { type Hospital, openHospital, silentLog } from "../support/hospital.ts";
import { memoryMessenger } from "./messenger.ts";

// A month of fifty people in six zones who are given incidents and close them, go on leave and have quiet hours, with
// mornings on which Rounds is down: what each was reminded of, when, and what they should have been.

/** A seed makes a failure happen again: MONTH_SEED=… */
const seed = Number(process.env.MONTH_SEED ?? Date.now() % 1_000_000);
const zones = [
  "America/New_York",
  "America/Los_Angeles",
  "America/Phoenix",
  "Pacific/Honolulu",
  "Europe/London",
  "Asia/Kolkata",
];
const quietHours = [
  undefined,
  { from: "21:00", until: "06:30" },
  { from: "22:00", until: "09:15" },
  { from: "07:00", until: "19:00" },
];
const organisationZone = "America/New_York";
const holidays = ["2026-11-06"];
const begin = Date.parse("2026-10-20T00:00:00Z");
const days = 31;
const hour = 3_600_000;
/** Between two looks. */
const step = hour / 2;

interface Someone {
  id: string;
  handle: string;
  zone: string;
  quiet: { from: string; until: string } | undefined;
  leave: { from: string; until: string } | undefined;
  incidents: { number: number; id: string; since: number; closedAt: number }[];
}

interface Message {
  at: number;
  text: string;
}

let hospital: Hospital;
const people: Someone[] = [];
const messages = new Map<string, Message[]>();
let random: () => number;
/** Rounds does nothing at these times. */
const isDown = (at: number): boolean => {
  const day = Math.floor((at - begin) / (24 * hour));
  const ofDay = (at % (24 * hour)) / hour;
  return (day === 8 && ofDay >= 8 && ofDay < 20) || day === 15;
};

beforeAll(async () => {
  console.log(`MONTH_SEED=${seed}`);
  let state = seed;
  random = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  hospital = await openHospital();
  await hospital.store.unbound.organisation.updateMany({ data: { holidays } });
  await settle();
  await live();
});
afterAll(() => hospital.close());

async function settle(): Promise<void> {
  const bound = hospital.store.of(hospital.organisationId);
  const isoDay = (day: number) => new Date(begin + day * 24 * hour).toISOString().slice(0, 10);
  let number = 0;
  for (let index = 0; index < 50; index += 1) {
    const handle = `p${index}`;
    const quiet = quietHours[Math.floor(random() * quietHours.length)];
    const zone = zones[index % zones.length] ?? organisationZone;
    const { id } = await bound.person.create({
      data: {
        handle,
        name: `Person ${index}`,
        access: ["staff"],
        zone: zone === organisationZone ? null : zone,
        ...(quiet && { quietFrom: quiet.from, quietUntil: quiet.until }),
      },
    });
    await bound.identity.create({ data: { platform: "web", tenant: "demo", user: handle, personId: id } });
    const from = Math.floor(random() * 25);
    const leave = index % 3 === 0 ? { from: isoDay(from), until: isoDay(from + 4) } : undefined;
    if (leave)
      await bound.away.create({
        data: {
          personId: id,
          coverId: hospital.people.outsider,
          fromOn: new Date(`${leave.from}T00:00:00Z`),
          untilOn: new Date(`${leave.until}T00:00:00Z`),
        },
      });
    const incidents = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
      number += 1;
      const since = begin + Math.floor(random() * days * 24) * hour + 7 * 60_000;
      const open = Math.floor(random() * 12 * 24) * hour;
      return { number, id: crypto.randomUUID(), since, closedAt: since + open + 11 * 60_000 };
    });
    people.push({ id, handle, zone, quiet, leave, incidents });
  }
}

/** Goes through the month, half an hour at a time. */
async function live(): Promise<void> {
  const bound = hospital.store.of(hospital.organisationId);
  const web = memoryMessenger("web");
  const parts = {
    ...hospital,
    messengers: new Map([["web" as const, web.messenger]]),
    clock: () => hospital.clock.now,
    log: silentLog,
  };
  const all = people.flatMap((one) => one.incidents.map((incident) => ({ ...incident, personId: one.id })));
  for (let at = begin; at < begin + days * 24 * hour; at += step) {
    hospital.clock.now = new Date(at);
    const assigned = all.filter(({ since }) => since > at - step && since <= at);
    for (const { id, number, since, personId } of assigned) {
      const happened = new Date(since);
      await bound.incident.create({
        data: {
          id,
          number,
          kind: "incident",
          harm: "none",
          identity: "anonymous",
          what: "x",
          unitId: hospital.units.emergency,
          happenedAt: happened,
          reportedAt: happened,
          status: "in-review",
          assigneeId: personId,
          acknowledgedAt: happened,
        },
      });
      await bound.timelineEntry.create({ data: { incidentId: id, at: happened, kind: "assigned", aboutId: personId } });
    }
    const closed = all.filter(({ closedAt }) => closedAt > at - step && closedAt <= at).map(({ id }) => id);
    if (closed.length > 0)
      await bound.incident.updateMany({ where: { id: { in: closed } }, data: { closedAt: new Date(at) } });
    if (isDown(at)) continue;
    await remindDaily(bound, hospital.clock.now);
    const due = await bound.notice.findMany({ where: { state: "waiting", tryAt: { lte: hospital.clock.now } } });
    for (const { id } of due) await deliver(parts, hospital.organisationId, id);
    for (const { to, text } of web.sent.splice(0)) messages.set(to, [...(messages.get(to) ?? []), { at, text }]);
  }
}

const received = ({ handle }: Someone) => messages.get(handle) ?? [];
const localDay = (at: number, zone: string) => DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd");
const isOnLeave = ({ leave }: Someone, at: number): boolean => {
  const today = localDay(at, organisationZone);
  return leave !== undefined && leave.from <= today && today <= leave.until;
};
const numbersIn = (text: string): number[] => [...text.matchAll(/INC-(\d+)/g)].map(([, digits]) => Number(digits));
const isSleepingByDay = ({ quiet }: Someone): boolean => quiet?.from === "07:00";

test("many were reminded", () => {
  expect(people.flatMap(received).length).toBeGreaterThan(200);
});

test("nobody twice on a day", () => {
  for (const one of people) {
    const received_ = received(one).map(({ at }) => localDay(at, one.zone));
    expect(received_).toEqual([...new Set(received_)]);
  }
});

test("in working hours, or where those are all quiet, when the quiet hours end", () => {
  for (const one of people)
    for (const { at } of received(one)) {
      const local = DateTime.fromMillis(at, { zone: one.zone });
      const clock = local.toFormat("HH:mm");
      expect(isWorkingDay(local, new Set(holidays))).toBe(true);
      if (isSleepingByDay(one)) expect(clock >= "19:00" && clock < "20:00").toBe(true);
      else expect(clock >= "08:30" && clock < "17:00").toBe(true);
    }
});

test("never in quiet hours, never on leave", () => {
  for (const one of people)
    for (const { at } of received(one)) {
      expect(one.quiet && quietUntil(one.quiet, one.zone, new Date(at))).toBeUndefined();
      expect(isOnLeave(one, at)).toBe(false);
    }
});

test("never of what is done, nor of what came on the same day", () => {
  for (const one of people)
    for (const { at, text } of received(one))
      for (const number of numbersIn(text)) {
        const incident = one.incidents.find((own) => own.number === number);
        expect(incident, `INC-${number} is not ${one.handle}'s`).toBeDefined();
        if (!incident) continue;
        expect(incident.closedAt).toBeGreaterThan(at);
        expect(localDay(incident.since, one.zone) < localDay(at, one.zone)).toBe(true);
      }
});

test("of everything that was still to do on the first day on which it could be said", () => {
  let checked = 0;
  for (const one of people)
    for (const incident of one.incidents) {
      const said = received(one).some(({ text }) => numbersIn(text).includes(incident.number));
      const first = firstChance(one, incident.since);
      if (first === undefined || incident.closedAt <= first + hour) continue;
      checked += 1;
      expect(said, `INC-${incident.number} of ${one.handle} was never said`).toBe(true);
    }
  expect(checked).toBeGreaterThan(60);
});

/** The first look after the day on which something came that is one of a reminder: in working hours, at work and not quiet. */
function firstChance(one: Someone, since: number): number | undefined {
  for (let at = Math.ceil(since / step) * step; at < begin + days * 24 * hour; at += step) {
    const local = DateTime.fromMillis(at, { zone: one.zone });
    const clock = local.toFormat("HH:mm");
    const early = DateTime.fromMillis(at, { zone: one.zone }).set({ hour: 8, minute: 30 });
    if (localDay(at, one.zone) === localDay(since, one.zone) || !isWorkingDay(local, new Set(holidays))) continue;
    if (isDown(at) || isDown(early.toMillis()) || isOnLeave(one, at) || isOnLeave(one, early.toMillis())) continue;
    const quiet = one.quiet && quietUntil(one.quiet, one.zone, new Date(at));
    if (quiet === undefined && (isSleepingByDay(one) ? clock === "19:00" : clock >= "08:30" && clock < "17:00"))
      return at;
  }
  return undefined;
}
