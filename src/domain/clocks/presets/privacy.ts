import { type ClockRule, verify } from "../rules.ts";

/** HIPAA breach notification, 45 CFR 164.400 to 164.414: all without unreasonable delay, and at the latest then. */
const upTo60Days = {
  anchor: "trigger",
  amount: 60,
  unit: "calendar-days",
  ends: "end-of-day",
  authority: "law",
} as const satisfies Partial<ClockRule>;

export const privacy = [
  {
    ...upTo60Days,
    id: "hipaa.individual",
    title: "Notify the people affected by the breach",
    to: "each person affected",
    when: "A breach of unsecured health information was discovered",
    source: "45 CFR 164.404(b)",
  },
  {
    ...upTo60Days,
    id: "hipaa.hhs.large",
    title: "Report the breach to HHS, with the people's notice",
    to: "HHS breach portal",
    when: "A breach of 500 people or more was discovered",
    source: "45 CFR 164.408(b)",
  },
  {
    id: "hipaa.hhs.small",
    title: "Report the year's small breaches to HHS",
    to: "HHS breach portal",
    when: "A breach of fewer than 500 people was discovered in the year",
    anchor: "end-of-year",
    amount: 60,
    unit: "calendar-days",
    ends: "end-of-day",
    authority: "law",
    source: "45 CFR 164.408(c)",
  },
  {
    ...upTo60Days,
    id: "hipaa.media",
    title: "Notify the media, beside the people's notice",
    to: "prominent media of the state or jurisdiction",
    when: "A breach of more than 500 residents of one state or jurisdiction was discovered",
    source: "45 CFR 164.406(b)",
  },
  {
    ...upTo60Days,
    id: "hipaa.ba",
    title: "Tell the covered entity about the breach",
    to: "the covered entity",
    when: "A business associate discovered a breach; its contract usually gives less time",
    source: `45 CFR 164.410(b); ${verify}`,
  },
] as const satisfies readonly ClockRule[];
