import { DateTime } from "luxon";

/** `HH:mm` in the person's zone; they may run over midnight. */
export interface QuietHours {
  from: string;
  until: string;
}

/** When quiet hours that hold at a moment end; undefined where none hold. */
export function quietUntil(quiet: QuietHours, zone: string, at: Date): Date | undefined {
  const local = DateTime.fromJSDate(at, { zone });
  const clock = local.toFormat("HH:mm");
  const overMidnight = quiet.from > quiet.until;
  const quietNow = overMidnight
    ? clock >= quiet.from || clock < quiet.until
    : clock >= quiet.from && clock < quiet.until;
  if (!quietNow) return undefined;
  const [hour, minute] = quiet.until.split(":").map(Number);
  const end = local.set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 });
  return (end > local ? end : end.plus({ days: 1 })).toJSDate();
}
