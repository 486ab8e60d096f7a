import { DateTime } from "luxon";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isHoliday, isWorkingDay } from "../../src/domain/clocks/holidays.ts";
import { releaseDigests } from "../../src/domain/digests/release.ts";
import { nextDigest, type Schedule } from "../../src/domain/digests/schedule.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

// A month of two hundred people in six zones over each change of the clocks, with a process that dies every day and two
// that look at the same time: which digests they were promised, and when.

const zones = [
  "America/New_York",
  "America/Los_Angeles",
  "America/Phoenix",
  "Pacific/Honolulu",
  "Europe/London",
  "Asia/Kolkata",
];
const times = ["07:30", "06:15", "02:30", "01:30", "16:45"];
const often: Schedule[] = ["daily", "weekdays", "weekdays", "weekly"];
const halfHour = 1_800_000;
const days = 31;
const own: ReadonlySet<string> = new Set(["2026-11-06", "2027-03-17"]);

/** Times that the spring change skips, and what the clock on the wall shows then. */
const skipped: Record<string, string> = {
  "America/New_York 2027-03-14 02:30": "03:30",
  "America/Los_Angeles 2027-03-14 02:30": "03:30",
  "Europe/London 2027-03-28 01:30": "02:30",
};

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
  await hospital.store.unbound.organisation.updateMany({ data: { holidays: [...own] } });
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);

/** Two hundred people who each follow a unit. */
async function follow(from: Date) {
  const people = Array.from({ length: 200 }, (_, at) => ({
    id: crypto.randomUUID(),
    handle: `p${from.getTime()}-${at}`,
    name: `Person ${at}`,
    access: ["staff"],
  }));
  await bound().person.createMany({ data: people });
  const follows = people.map(({ id }, at) => {
    const timing = {
      zone: zones[at % zones.length] ?? "UTC",
      at: times[at % times.length] ?? "07:30",
      schedule: often[at % often.length] ?? "daily",
    };
    return {
      id: crypto.randomUUID(),
      ownerId: id,
      target: id,
      unitId: hospital.units.west,
      ...timing,
      nextAt: nextDigest(timing, own, from),
    };
  });
  await bound().follow.createMany({ data: follows });
  return follows;
}

/** The days on which a digest is due by the rule, told apart from how it is computed. */
function expectedDays({ zone, schedule }: { zone: string; schedule: Schedule }, from: Date, until: Date): string[] {
  const found: string[] = [];
  const last = DateTime.fromJSDate(until, { zone });
  for (let day = DateTime.fromJSDate(from, { zone }).startOf("day"); day < last; day = day.plus({ days: 1 })) {
    if (schedule === "daily" && !isHoliday(day, own)) found.push(day.toFormat("yyyy-MM-dd"));
    if (schedule === "weekdays" && isWorkingDay(day, own)) found.push(day.toFormat("yyyy-MM-dd"));
  }
  return found;
}

describe.each(["2026-10-20T12:00:00Z", "2027-03-01T12:00:00Z"])("the month from %s", (start) => {
  const from = new Date(start);
  const until = new Date(from.getTime() + days * 24 * 2 * halfHour);

  test("each comes once a day, at its time on the wall", async () => {
    const follows = await follow(from);
    for (let at = from.getTime(); at <= until.getTime(); at += halfHour) {
      const now = new Date(at);
      // Once a day a process dies in the middle of it: nothing of its transaction is left.
      if (now.getUTCHours() === 12 && now.getUTCMinutes() === 30)
        await expect(
          bound().change(async (change) => {
            await change.follow.updateMany({ where: { nextAt: { lte: now } }, data: { nextAt: null } });
            throw new Error("killed");
          }),
        ).rejects.toThrow("killed");
      await Promise.all([releaseDigests(bound(), now), releaseDigests(bound(), now)]);
    }
    const notices = await bound().notice.findMany({
      where: { kind: "digest", recordId: { in: follows.map(({ id }) => id) } },
      select: { recordId: true, dueAt: true },
      orderBy: { dueAt: "asc" },
    });
    const byFollow = Map.groupBy(notices, ({ recordId }) => recordId);
    for (const one of follows) {
      const due = (byFollow.get(one.id) ?? []).map(({ dueAt }) => DateTime.fromJSDate(dueAt, { zone: one.zone }));
      const onDays = due.map((at) => at.toFormat("yyyy-MM-dd"));
      expect(new Set(onDays).size).toBe(onDays.length);
      for (const at of due)
        expect(at.toFormat("HH:mm")).toBe(skipped[`${one.zone} ${at.toFormat("yyyy-MM-dd")} ${one.at}`] ?? one.at);
      if (one.schedule === "weekly") expect(due.length).toBeGreaterThanOrEqual(4);
      else {
        const within = expectedDays(one, from, until);
        // The first and the last day are only in part within the month.
        expect(onDays.filter((day) => within.slice(1, -1).includes(day))).toEqual(within.slice(1, -1));
        expect(onDays.filter((day) => !within.includes(day))).toEqual([]);
      }
    }
  }, 120_000);
});
