import type { ClockRule } from "../rules.ts";

/** What a facility promises itself, or a patient. */
export const facility = [
  {
    id: "facility.review",
    title: "Start the review",
    to: "the review team",
    when: "It was decided that the event needs a root cause analysis",
    anchor: "trigger",
    amount: 72,
    unit: "hours",
    ends: "moment",
    authority: "facility",
    source: "RCA²: Improving Root Cause Analyses and Actions to Prevent Harm, National Patient Safety Foundation, 2015",
  },
  {
    id: "grievance.extended",
    title: "Answer the grievance by the day that was promised",
    to: "the patient or their representative",
    when: "The patient was told how many days more it takes; 7 unless another number was stated",
    anchor: "trigger",
    amount: 7,
    unit: "calendar-days",
    ends: "end-of-day",
    authority: "promise",
    source: "42 CFR 482.13(a)(2)(ii); CMS State Operations Manual, Appendix A, tag A-0122",
  },
] as const satisfies readonly ClockRule[];
