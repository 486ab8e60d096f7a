import type { Repeat } from "../../src/chat/form.ts";

export interface SeedReminder {
  what: string;
  by: string;
  /** A person's handle, or the channel. */
  who: string | "channel";
  every: Repeat;
  /** Minutes from now to the next occurrence, or for repeating ones the time of day `HH:mm`. */
  next: number | string;
  /** Days since it was first asked for. */
  since: number;
  /** Waits for the person since the last occurrence. */
  waits?: true;
  done?: true;
}

export const reminders: SeedReminder[] = [
  { what: "Check the crash cart seal in bay 3", by: "cruiz", who: "cruiz", every: "once", next: 3, since: 0 },
  {
    what: "Call the family back about the discharge time",
    by: "cruiz",
    who: "cruiz",
    every: "once",
    next: -95,
    since: 0,
    waits: true,
  },
  { what: "Hand in the fall huddle sheet", by: "jlee", who: "cruiz", every: "once", next: 26 * 60, since: 1 },
  {
    what: "Safety huddle: falls, lines, staffing",
    by: "jlee",
    who: "channel",
    every: "weekdays",
    next: "07:15",
    since: 80,
  },
  {
    what: "Look at open incidents of 4 West",
    by: "jlee",
    who: "jlee",
    every: "weekdays",
    next: "08:00",
    since: 120,
    waits: true,
  },
  {
    what: "Send the staffing plan to Medicine",
    by: "aferreira",
    who: "jlee",
    every: "two-weeks",
    next: "10:00",
    since: 60,
  },
  {
    what: "Test the bed alarms with facilities",
    by: "jlee",
    who: "wbecker",
    every: "month",
    next: "13:30",
    since: 200,
  },
  {
    what: "Quality committee: send the agenda",
    by: "pgrant",
    who: "pgrant",
    every: "month",
    next: "09:00",
    since: 300,
  },
  { what: "Ask pharmacy about the pump library", by: "pgrant", who: "oduarte", every: "once", next: 55, since: 2 },
  { what: "Renew the sharps contract", by: "tyamada", who: "tyamada", every: "once", next: 9 * 24 * 60, since: 20 },
  {
    what: "Review who has admin access",
    by: "ssingh",
    who: "ssingh",
    every: "month",
    next: "15:00",
    since: 150,
    waits: true,
  },
  {
    what: "Debrief with the night team",
    by: "slindqvist",
    who: "bfrost",
    every: "once",
    next: -26 * 60,
    since: 5,
    done: true,
  },
  { what: "Order heel boots", by: "hnovak", who: "kpatel", every: "once", next: -50 * 60, since: 6, done: true },
];
