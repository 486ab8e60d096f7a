import { type ClockRule, verify } from "../rules.ts";

const sentinelPolicy = `Joint Commission, Sentinel Event Policy; ${verify}`;
const surveyProcess = `Joint Commission, The Accreditation Process; ${verify}`;

/** What the Joint Commission asks of the organisations that it accredits. */
export const accreditation = [
  {
    id: "jc.rca",
    title: "Finish the root cause analysis and action plan",
    to: "your own records, and the Joint Commission where it is shared",
    when: "You became aware of a sentinel event",
    anchor: "trigger",
    amount: 45,
    unit: "business-days",
    ends: "end-of-day",
    authority: "guidance",
    source: sentinelPolicy,
  },
  {
    // Older editions of the policy say 45 days without more: the earlier date is the safe one to plan with.
    id: "jc.rca.conservative",
    title: "Root cause analysis, the conservative date",
    to: "your own records, and the Joint Commission where it is shared",
    when: "You became aware of a sentinel event; 45 calendar days, as older editions of the policy are read",
    anchor: "trigger",
    amount: 45,
    unit: "calendar-days",
    ends: "end-of-day",
    authority: "guidance",
    source: sentinelPolicy,
  },
  {
    id: "jc.esc",
    title: "Send the evidence of standards compliance",
    to: "the Joint Commission",
    when: "The final survey report was received",
    anchor: "trigger",
    amount: 60,
    unit: "calendar-days",
    ends: "end-of-day",
    authority: "guidance",
    source: surveyProcess,
  },
  {
    id: "jc.iths",
    title: "Remove the immediate threat, or put interim measures in place",
    to: "the Joint Commission",
    when: "An immediate threat to health or safety was found",
    anchor: "trigger",
    amount: 72,
    unit: "hours",
    ends: "moment",
    authority: "guidance",
    source: surveyProcess,
  },
  {
    id: "jc.iths.max",
    title: "Have the immediate threat removed for good",
    to: "the Joint Commission",
    when: "An immediate threat to health or safety was found and interim measures are in place",
    anchor: "trigger",
    amount: 23,
    unit: "calendar-days",
    ends: "end-of-day",
    authority: "guidance",
    source: surveyProcess,
  },
] as const satisfies readonly ClockRule[];
