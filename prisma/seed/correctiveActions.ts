import type { Strength } from "../../src/domain/actions/rules.ts";

/** What is done so that a thing does not happen again, and what shows that it worked. */
interface SeedAction {
  what: string;
  strength: Strength;
  measure: string;
}

/** By the category of what happened; "other" for those without one. */
export const correctiveActions: Record<string, SeedAction[]> & { other: SeedAction[] } = {
  fall: [
    {
      what: "Test the bed alarms at the start of every shift",
      strength: "intermediate",
      measure: "Checks on the board",
    },
    { what: "Have grab bars put up beside the shower", strength: "stronger", measure: "Falls in bathrooms, 90 days" },
    { what: "Go through the fall score again at the huddle", strength: "weaker", measure: "Scores repeated on time" },
  ],
  medication: [
    { what: "Take the second pump library entry out", strength: "stronger", measure: "Overrides a month" },
    {
      what: "Separate the look-alike vials in the cabinet",
      strength: "intermediate",
      measure: "Spot checks, 10 a week",
    },
    { what: "Send a memo about the scan before the dose", strength: "weaker", measure: "Scan rate" },
  ],
  device: [
    { what: "Take one model of pump out of service", strength: "stronger", measure: "Pumps of that model in use" },
    {
      what: "Put a checklist on the crash cart",
      strength: "intermediate",
      measure: "Carts complete at the weekly check",
    },
  ],
  "pressure-injury": [
    { what: "Skin check by two people at admission", strength: "intermediate", measure: "Admissions with both names" },
    { what: "Stock heel boots on the unit", strength: "intermediate", measure: "Boots at hand, weekly count" },
  ],
  infection: [{ what: "Ask for the need of each line at rounds", strength: "intermediate", measure: "Line days" }],
  surgery: [
    { what: "Add the pause to the count sheet", strength: "intermediate", measure: "Sheets with the pause marked" },
  ],
  other: [
    { what: "Make one way to hand over between shifts", strength: "stronger", measure: "Handovers seen, 5 a week" },
    { what: "Label the drawers anew", strength: "weaker", measure: "Time to find things, asked at the huddle" },
    { what: "Let two people cover the desk at noon", strength: "intermediate", measure: "Minutes the desk is empty" },
  ],
};
