import { bedside, type Scenario } from "./scenario.ts";

/** Devices and processes, and events that are about staff or information. */
export const otherScenarios: Scenario[] = [
  {
    kind: "incident",
    category: "device",
    weight: 2,
    units: bedside,
    harms: ["none", "mild", "none", "unknown", "none"],
    tellings: [
      {
        what: "Infusion pump stopped without an alarm for about {10|25} minutes.",
        immediate: "Pump exchanged, patient checked, tagged with the time and place.",
        note: "Biomedical engineering could reproduce it: worn power connector.",
        changed: "All pumps of that series were checked; {two|three} more connectors replaced.",
      },
      {
        what: "Monitor lost the signal for {8|15} minutes and nobody was paged.",
        immediate: "Moved to another channel, patient checked.",
        note: "The log shows a lost network connection.",
        changed: "Access point replaced; a lost signal now alarms at the desk as well.",
      },
      {
        what: "Suction did not work when it was needed; a second one was brought within {one|two} minutes.",
        immediate: "Airway cleared, regulator exchanged.",
        changed: "Suction is tested with the crash cart every morning.",
      },
    ],
  },
  {
    kind: "unsafe-condition",
    category: "device",
    weight: 2,
    units: ["ED", "ICU", "OR", "CLINIC", "4W"],
    harms: ["none"],
    tellings: [
      {
        what: "Crash cart seal broken and the {adult pads|laryngoscope bulb|suction catheter} missing.",
        immediate: "Restocked and sealed again.",
        changed: "The cart’s checklist names the part and its expiry date.",
      },
      {
        what: "Order screen shows results of the record opened before for a second or two.",
        immediate: "Service desk called, colleagues told to wait for the name.",
        changed: "Fixed with the update of that week.",
      },
      {
        what: "Portable monitor’s battery lasts {10|15} minutes instead of two hours.",
        immediate: "Monitor taken out of use and tagged.",
        changed: "Batteries of all portable monitors measured and five replaced.",
      },
    ],
  },
  {
    kind: "incident",
    category: "other",
    weight: 2,
    units: bedside,
    harms: ["none", "unknown", "mild", "none"],
    tellings: [
      {
        what: "Critical {potassium|troponin|hemoglobin} value was called after {70|95} minutes.",
        immediate: "Provider informed at once, value repeated.",
        changed: "Critical values are read back and the time is kept; the laboratory calls the charge nurse second.",
      },
      {
        what: "Specimen lost between the unit and the laboratory.",
        immediate: "New specimen taken, patient told why.",
        changed: "Specimens go by tube with a count at both ends.",
      },
      {
        what: "Meal with {nuts|gluten|milk} served in spite of a diet order. {Nothing eaten.|Two bites eaten, no reaction.}",
        immediate: "Meal exchanged, patient watched for two hours.",
        changed: "Trays with a diet order carry a coloured card that is read at the door.",
      },
    ],
  },
  {
    kind: "near-miss",
    category: "other",
    weight: 2,
    units: [...bedside, "CLINIC"],
    harms: ["none"],
    tellings: [
      {
        what: "Two patients with the same last name in neighbouring rooms; the wrong chart was open. Noticed when asking for the date of birth.",
        immediate: "Right chart opened, colleagues told.",
        changed: "Name alert on the board and in the record.",
      },
      {
        what: "Papers of somebody else were in the {discharge|visit} folder. Noticed {at the door|by the patient}.",
        immediate: "Folder corrected, papers shredded.",
        changed: "Folders are checked against the wristband or date of birth before they are handed over.",
      },
    ],
  },
  {
    kind: "workplace",
    weight: 3,
    units: ["ED", "4W", "5E", "ICU", "WH", "CLINIC"],
    harms: ["none", "mild", "none", "moderate", "unknown"],
    tellings: [
      {
        what: "Visitor shouted, came close and threatened to come back.",
        immediate: "Security came within {three|five} minutes.",
        note: "Security has the report too.",
        changed: "Behaviour alert in the record; visits are with a second person.",
      },
      {
        what: "Confused patient hit a colleague on the {arm|shoulder}.",
        immediate: "Second person took over, colleague seen in employee health.",
        note: "Colleague is well and back at work.",
        changed: "Two people go in together while the alert is on.",
      },
      {
        what: "Needle stick with a {hollow needle|suture needle} while {recapping|passing it|throwing it away}.",
        immediate: "Washed out, employee health called, blood drawn.",
        changed: "Safety needles only; the old ones are gone from the drawers.",
      },
      {
        what: "Back pain after a lift {without the second person|because the lift was on another unit}.",
        immediate: "Relieved from the shift and seen in employee health.",
        changed: "Lift equipment stands next to the rooms that need it.",
      },
    ],
  },
  {
    kind: "privacy",
    weight: 2,
    units: ["CLINIC", "ED", "4W", "5E", "PHARM"],
    harms: ["none", "unknown", "none"],
    tellings: [
      {
        what: "Printed list left in the {cafeteria|elevator|staff lounge}. {Brought back by a visitor.|Recovered after about {ten|thirty} minutes.}",
        immediate: "Paper secured and shredded.",
        changed: "Lists print with badge release only.",
      },
      {
        what: "{Visit summary|Prescription} handed to the wrong family; they noticed at the door.",
        immediate: "Apologised and took it back; compliance informed.",
        changed: "Two identifiers are read back before papers are handed over.",
      },
      {
        what: "Screen unlocked at the {front desk|hallway computer} with nobody there.",
        immediate: "Locked, colleague told.",
        changed: "Screens lock after two minutes in the hallway.",
      },
    ],
  },
];
