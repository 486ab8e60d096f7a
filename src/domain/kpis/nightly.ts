import { DateTime } from "luxon";
import type { Bound } from "../../store/store.ts";
import { dayPlus, toColumn } from "../days.ts";

/** From this hour on, in the facility's zone, a night's figures are computed; a night that was missed is made up for at any hour after. */
const hourOfNight = 2;
/** So far back the records are looked at again: what was corrected meanwhile corrects the figures. */
const monthsBack = 36;
/** Days in which a grievance is to be answered. */
const answerWithin = 7;
/** Milliseconds that the figures of a large organisation may take. */
const patience = { timeout: 120_000 };

/**
 * Once a night the measures that Rounds' own records tell are computed anew, of whole months alone: from the first one
 * after the first report, because nothing was counted here before. Twice changes nothing.
 */
export async function measureNightly(store: Bound, now: Date): Promise<void> {
  const { zone, measuredOn } = await store.organisation();
  const local = DateTime.fromJSDate(now, { zone });
  const today = local.toFormat("yyyy-MM-dd");
  if (local.hour < hourOfNight || (measuredOn !== null && measuredOn >= toColumn(today))) return;
  await store.change(async (change) => {
    // Of several sweeps that run at once the others wait here, and then find that it is done.
    await change.lockOrganisation();
    const { measuredOn: done } = await change.organisation();
    if (done !== null && done >= toColumn(today)) return;
    const first = await change.incident.findFirst({ orderBy: { reportedAt: "asc" }, select: { reportedAt: true } });
    const until = local.startOf("month");
    const from = firstMonth(first?.reportedAt, local);
    if (from < until)
      await change.measureRecords({
        zone,
        from: from.toFormat("yyyy-MM-dd"),
        until: until.toFormat("yyyy-MM-dd"),
        answeredUntil: DateTime.fromISO(dayPlus(today, -answerWithin)).startOf("month").toFormat("yyyy-MM-dd"),
        at: now,
      });
    await change.changeOrganisation({ measuredOn: toColumn(today) });
  }, patience);
}

function firstMonth(firstReport: Date | undefined, now: DateTime): DateTime {
  const least = now.startOf("month").minus({ months: monthsBack });
  if (!firstReport) return least;
  const after = DateTime.fromJSDate(firstReport, { zone: now.zoneName ?? "utc" })
    .startOf("month")
    .plus({ months: 1 });
  return after > least ? after : least;
}
