import { DateTime } from "luxon";
import { bedsideScenarios } from "./bedsideScenarios.ts";
import { careScenarios } from "./careScenarios.ts";
import type { Chance } from "./chance.ts";
import { type Life, liveOn } from "./lives.ts";
import { otherScenarios } from "./otherScenarios.ts";
import type { Scenario } from "./scenario.ts";
import type { UnitCode } from "./units.ts";

const scenarios = [...bedsideScenarios, ...careScenarios, ...otherScenarios];

/** Days that the history goes back. */
const days = 365;
/** Older reports may be by people who have left. */
const leftDaysAgo = 130;
/** What was reported since is told one by one below, so that the first look shows something of everything. */
const quietHours = 10;

/** The last ones: some were passed up already because nobody has acknowledged them, and a few are about to be. */
const recent: { minutesAgo: number; unit: UnitCode; left: "unacknowledged" | "acknowledged" }[] = [
  { minutesAgo: 26 * 60, unit: "CLINIC", left: "unacknowledged" },
  { minutesAgo: 30 * 60, unit: "PHARM", left: "acknowledged" },
  { minutesAgo: 25 * 60, unit: "4W", left: "acknowledged" },
  { minutesAgo: 410, unit: "WH", left: "unacknowledged" },
  { minutesAgo: 228, unit: "OR", left: "unacknowledged" },
  { minutesAgo: 205, unit: "5E", left: "unacknowledged" },
  { minutesAgo: 190, unit: "4W", left: "unacknowledged" },
  { minutesAgo: 95, unit: "ICU", left: "unacknowledged" },
  { minutesAgo: 41, unit: "4W", left: "unacknowledged" },
  { minutesAgo: 8, unit: "ED", left: "unacknowledged" },
];

/** A year of incidents up to now, in the order in which they were reported. */
export function yearOfIncidents(chance: Chance, now: Date, zone: string): Life[] {
  const draw = drawing(chance);
  const today = DateTime.fromJSDate(now, { zone }).startOf("day");
  const moments: Date[] = [];
  for (let ago = days; ago >= 1; ago -= 1) {
    const count = chance.pick([1, 2, 2, 2, 2, 3]);
    for (let nth = 0; nth < count; nth += 1) {
      const minutes = chance.is(0.72) ? chance.between(7 * 60, 20 * 60) : chance.between(0, 1439);
      const at = today.minus({ days: ago }).set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
      const tooLate = now.getTime() - at.toMillis() < quietHours * 3_600_000;
      moments.push((tooLate ? at.minus({ days: 1 }) : at).toJSDate());
    }
  }
  const lives = moments.map((reportedAt) => {
    const longAgo = now.getTime() - reportedAt.getTime() > leftDaysAgo * 24 * 3_600_000;
    const scenario = draw.any();
    return liveOn(chance, {
      scenario,
      harm: draw.harm(scenario),
      unit: chance.pick(scenario.units),
      reportedAt,
      longAgo,
    });
  });
  for (const { minutesAgo, unit, left } of recent) {
    const reportedAt = new Date(now.getTime() - minutesAgo * 60_000);
    const scenario = chance.pick(scenarios.filter(({ units }) => units.includes(unit)));
    const harm = draw.harm(scenario);
    lives.push(liveOn(chance, { scenario, harm, unit, reportedAt, longAgo: false, left }));
  }
  return lives.sort((one, other) => one.reportedAt.getTime() - other.reportedAt.getTime());
}

/** Draws every scenario as often as it weighs before one comes again, and each of its harms in turn. */
function drawing(chance: Chance) {
  const weighed = scenarios.flatMap((scenario) => Array.from({ length: scenario.weight }, () => scenario));
  const drawn = new Map<Scenario, number>();
  let left: Scenario[] = [];
  return {
    any(): Scenario {
      if (left.length === 0) left = chance.shuffled(weighed);
      const scenario = left.pop();
      if (!scenario) throw new Error("There are no scenarios.");
      return scenario;
    },
    harm(scenario: Scenario) {
      const count = drawn.get(scenario) ?? 0;
      drawn.set(scenario, count + 1);
      return scenario.harms[count % scenario.harms.length] ?? "unknown";
    },
  };
}
