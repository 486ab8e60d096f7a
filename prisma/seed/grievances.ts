import type { Facts, Sort } from "../../src/domain/grievances/decide.ts";
import type { Channel } from "../../src/domain/grievances/rules.ts";
import type { UnitCode } from "./units.ts";

/** One thing that was done about it, so many hours before now; people are handles. */
export type GrievanceStep = { hoursAgo: number; by: string } & (
  | { kind: "acknowledged" }
  | { kind: "assigned"; about: string }
  | { kind: "note" | "steps" | "results"; text: string }
  | { kind: "closed"; text: string }
  | { kind: "extended"; days: number; text: string }
  | { kind: "overruled"; sort: Sort; text: string }
  | { kind: "resolved"; contact: string; steps: string; results: string }
);

export interface SeedGrievance {
  what: string;
  unit: UnitCode;
  by: string;
  /** It was received and logged then. */
  hoursAgo: number;
  channel: Channel;
  /** What of the facts is so. */
  facts?: Partial<Omit<Facts, "inWriting">>;
  steps: GrievanceStep[];
}

const day = 24;
const contact = "Patient relations, extension 4410";

/** Complaints and grievances, the oldest first: ended, extended, late, in hand, and new. */
export const grievances: SeedGrievance[] = [
  {
    what: "The family was not told that their mother had been moved to intensive care until they came to visit.",
    unit: "ICU",
    by: "oduarte",
    hoursAgo: 96 * day,
    channel: "letter",
    facts: { askedForResponse: true },
    steps: [
      { hoursAgo: 96 * day - 2, by: "slindqvist", kind: "acknowledged" },
      { hoursAgo: 95 * day, by: "slindqvist", kind: "assigned", about: "slindqvist" },
      {
        hoursAgo: 91 * day,
        by: "slindqvist",
        kind: "resolved",
        contact,
        steps: "We read the record and spoke with the nurse and the doctor who arranged the move.",
        results:
          "Nobody called the family. The checklist for moves now has the call on it, with the name of who made it.",
      },
    ],
  },
  {
    what: "Breakfast came cold two days in a row.",
    unit: "5E",
    by: "kpatel",
    hoursAgo: 61 * day,
    channel: "in-person",
    facts: { fixedOnTheSpot: true },
    steps: [
      { hoursAgo: 61 * day - 3, by: "hnovak", kind: "acknowledged" },
      { hoursAgo: 60 * day, by: "hnovak", kind: "assigned", about: "hnovak" },
      {
        hoursAgo: 58 * day,
        by: "hnovak",
        kind: "closed",
        text: "Trays are handed out within ten minutes; a second warmer is in use.",
      },
    ],
  },
  {
    what: "Charged twice for the same visit.",
    unit: "CLINIC",
    by: "eabrams",
    hoursAgo: 40 * day,
    channel: "phone",
    facts: { billingOnly: true },
    steps: [
      { hoursAgo: 40 * day - 1, by: "fkowalska", kind: "acknowledged" },
      {
        hoursAgo: 38 * day,
        by: "fkowalska",
        kind: "closed",
        text: "The second charge was taken back and a corrected bill was issued.",
      },
    ],
  },
  {
    what: "Waited seven hours with chest pain, saw two people pass before them, and left without being seen.",
    unit: "ED",
    by: "fkowalska",
    hoursAgo: 33 * day,
    channel: "email",
    steps: [
      { hoursAgo: 33 * day - 5, by: "rcastillo", kind: "acknowledged" },
      { hoursAgo: 32 * day, by: "pgrant", kind: "assigned", about: "rcastillo" },
      {
        hoursAgo: 27 * day,
        by: "rcastillo",
        kind: "extended",
        days: 10,
        text: "The triage nurse of that night is away until next week.",
      },
      {
        hoursAgo: 20 * day,
        by: "rcastillo",
        kind: "note",
        text: "Spoke with the triage nurse; the second ECG was not done.",
      },
      {
        hoursAgo: 19 * day,
        by: "pgrant",
        kind: "resolved",
        contact,
        steps: "We read the record of that night, counted the waiting times, and spoke with the triage nurse.",
        results: "The second ECG after 30 minutes was missed. The board now shows who waits for one.",
      },
    ],
  },
  {
    what: "A survey card without a name: “The hallway is loud at night.”",
    unit: "4W",
    by: "jlee",
    hoursAgo: 17 * day,
    channel: "portal",
    steps: [
      { hoursAgo: 17 * day - 1, by: "jlee", kind: "acknowledged" },
      {
        hoursAgo: 16 * day,
        by: "fkowalska",
        kind: "overruled",
        sort: "complaint",
        text: "A remark on a survey; nobody to answer, and none asked for.",
      },
      {
        hoursAgo: 12 * day,
        by: "fkowalska",
        kind: "closed",
        text: "Doors of the supply room have new closers; quiet hours are on the board.",
      },
    ],
  },
  {
    what: "Consent for the epidural was asked for in the middle of a contraction and not explained.",
    unit: "WH",
    by: "nokafor",
    hoursAgo: 11 * day,
    channel: "letter",
    facts: { harmOrAbuse: true },
    steps: [
      { hoursAgo: 11 * day - 1, by: "pgrant", kind: "acknowledged" },
      { hoursAgo: 10 * day, by: "pgrant", kind: "assigned", about: "nokafor" },
      { hoursAgo: 6 * day, by: "nokafor", kind: "steps", text: "Read the anesthesia record and the consent form." },
      { hoursAgo: 5 * day, by: "nokafor", kind: "extended", days: 9, text: "The anesthetist answers next week." },
    ],
  },
  {
    what: "Nobody answered the telephone of the clinic for three days, so the appointment was lost.",
    unit: "CLINIC",
    by: "fkowalska",
    hoursAgo: 9 * day,
    channel: "phone",
    facts: { askedForResponse: true },
    steps: [
      { hoursAgo: 9 * day - 2, by: "eabrams", kind: "acknowledged" },
      { hoursAgo: 8 * day, by: "eabrams", kind: "assigned", about: "eabrams" },
      { hoursAgo: 7 * day, by: "eabrams", kind: "steps", text: "Looked at the call statistics of that week." },
    ],
  },
  {
    what: "The call bell was out of reach and she lay in a wet bed for an hour.",
    unit: "4W",
    by: "cruiz",
    hoursAgo: 5 * day,
    channel: "letter",
    facts: { askedForResponse: true },
    steps: [
      { hoursAgo: 5 * day - 2, by: "jlee", kind: "acknowledged" },
      { hoursAgo: 4 * day, by: "jlee", kind: "assigned", about: "jlee" },
      { hoursAgo: 2 * day, by: "jlee", kind: "steps", text: "Spoke with the night team and read the call bell log." },
    ],
  },
  {
    what: "His glasses were lost between the ward and the operating room.",
    unit: "PACU",
    by: "ssingh",
    hoursAgo: 26,
    channel: "phone",
    steps: [{ hoursAgo: 24, by: "tyamada", kind: "acknowledged" }],
  },
  {
    what: "A visitor says that an aide spoke roughly to a confused patient and pulled him by the arm.",
    unit: "ED",
    by: "rcastillo",
    hoursAgo: 1.5,
    channel: "in-person",
    facts: { harmOrAbuse: true },
    steps: [],
  },
  {
    what: "The television did not work; the room was changed within the hour.",
    unit: "5E",
    by: "kpatel",
    hoursAgo: 0.6,
    channel: "in-person",
    facts: { fixedOnTheSpot: true },
    steps: [],
  },
];
