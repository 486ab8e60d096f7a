import { bedside, type Scenario } from "./scenario.ts";

/** Falls and medication. */
export const bedsideScenarios: Scenario[] = [
  {
    kind: "incident",
    category: "fall",
    weight: 5,
    units: ["4W", "5E", "ED"],
    harms: ["none", "mild", "none", "unknown", "moderate", "none", "severe"],
    tellings: [
      {
        what: "Unwitnessed fall in {the bathroom|the room beside the bed|the hallway}. Patient was {getting up without calling|reaching for the {phone|walker|water}|returning to bed}. {Call light was within reach.|Bed alarm was off.|Non-slip socks were not on.} {No visible injury.|Small bruise on the {left|right} hip.|Abrasion on the {left|right} elbow.}",
        immediate:
          "{Assisted back to bed, vital signs and neuro checks done, provider at the bedside.|Fall huddle held within 15 minutes, bed alarm on, provider informed.}",
        note: "{Fall risk was scored moderate on admission and not repeated after the sedative.|Toileting round was 40 minutes late because of two admissions.|Therapy recommends a walker within reach at all times.}",
        changed:
          "{Fall risk is scored again after each sedative; the charge nurse checks at handoff.|Toileting rounds go to a named person each shift.|Bed alarms are tested at the start of every shift and the check is on the huddle board.}",
      },
    ],
  },
  {
    kind: "incident",
    category: "fall",
    weight: 2,
    units: ["4W", "5E", "CLINIC", "WH"],
    harms: ["none", "none", "mild", "none"],
    tellings: [
      {
        what: "Assisted fall: patient’s knees gave way while {walking|transferring to the {commode|wheelchair|scale}}; lowered to the floor by {one person|two people}. {No injury seen.|Complains of a sore knee.}",
        immediate: "{Lifted with the mechanical lift, examined.|Gait belt was on; walked back with two people.}",
        changed:
          "{First transfer of the day is always with two people until therapy clears it.|Gait belts now hang in every room.}",
      },
    ],
  },
  {
    kind: "unsafe-condition",
    category: "fall",
    weight: 2,
    units: ["4W", "5E", "ED", "CLINIC", "PACU"],
    harms: ["none"],
    tellings: [
      {
        what: "Wet floor without a sign outside {room {12|14|18|21}|the supply room}. {Nobody was hurt.|A visitor stumbled and was not hurt.}",
        immediate: "Sign put up, floor dried.",
        changed: "Wet floor signs are kept on each cleaning cart.",
      },
      {
        what: "Loose handrail in the {visitor|patient} bathroom. {Found on the morning walk.|A patient pointed it out.}",
        immediate: "Bathroom closed and facilities called.",
        changed: "Repaired the same day; facilities added handrails to the weekly walk.",
      },
      {
        what: "Bed brake does not hold on bed {3|7|11}; the bed rolled during a transfer. Nobody was hurt.",
        immediate: "Bed taken out of use and tagged.",
        changed: "Brake replaced; the same model was checked on all units.",
      },
    ],
  },
  {
    kind: "incident",
    category: "medication",
    weight: 5,
    units: bedside,
    harms: ["none", "none", "mild", "none", "unknown", "moderate"],
    tellings: [
      {
        what: "{Metoprolol|Apixaban|Lisinopril|Levetiracetam} {given {two|three} hours late|omitted at the {08:00|20:00} pass}. Noticed {at handoff|by the pharmacist during rounds}. Patient without symptoms.",
        immediate: "{Provider informed, dose given, no other orders.|Next dose adjusted with pharmacy.}",
        note: "Two nurses had covered the same room during lunch.",
        changed: "Lunch cover is written on the board with names and rooms.",
      },
      {
        what: "{Gabapentin|Metoprolol|Oxycodone} given twice within the hour. Noticed when scanning the next dose. Patient {a little drowsy|monitored, blood pressure stable}.",
        immediate: "Provider informed, vital signs every hour for four hours.",
        note: "Barcode scanner was out of battery and the first dose was charted late.",
        changed: "Scanner batteries are exchanged at every shift change.",
      },
      {
        what: "{Lisinopril|Apixaban|Metformin} given although it was on hold {for the procedure|for low blood pressure|because of the kidney values}.",
        immediate: "Provider informed, {procedure moved to the afternoon|laboratory value repeated}.",
        note: "The hold order was visible only on the second page of the record.",
        changed: "Hold orders now show in the shift report.",
      },
    ],
  },
  {
    kind: "incident",
    category: "medication",
    weight: 2,
    units: ["ICU", "ED", "5E", "PACU"],
    harms: [
      "moderate",
      "mild",
      "severe",
      "none",
      "mild",
      "moderate",
      "none",
      "death",
      "mild",
      "moderate",
      "unknown",
      "mild",
    ],
    tellings: [
      {
        what: "Insulin infusion ran at {ten times|double} the ordered rate, found at the hourly check. Glucose {41|48|52}.",
        immediate: "Infusion stopped, dextrose given, glucose every 15 minutes, provider at the bedside.",
        note: "Pump library had two entries for this drug.",
        changed: "Pump library cleaned to one entry; high-alert infusions need two badges.",
      },
      {
        what: "Opioid and sedative given close together, breathing slowed to {8|6} a minute. {Family noticed and called.|Found at the monitor alarm.}",
        immediate: "Rapid response called, antidote given, moved to a monitored bed.",
        note: "Orders came from two services that did not see each other’s.",
        changed: "A second sedating drug asks for the monitoring plan before it can be ordered.",
      },
      {
        what: "Heparin infusion was not paused before the procedure; bleeding at the site for {30|50} minutes.",
        immediate: "Pressure held, infusion stopped, antidote given, provider at the bedside.",
        changed: "The procedure checklist asks for the time at which the infusion was paused.",
      },
    ],
  },
  {
    kind: "near-miss",
    category: "medication",
    weight: 4,
    units: ["PHARM", "4W", "5E", "ICU", "WH"],
    harms: ["none"],
    tellings: [
      {
        what: "Look-alike vials of {hydralazine and hydroxyzine|ephedrine and epinephrine|morphine and hydromorphone} in neighbouring pockets of the cabinet. Noticed when filling.",
        immediate: "Vials separated and labelled.",
        changed: "Pockets rearranged, tall-man labels on both drugs.",
      },
      {
        what: "Tenfold dose of {enoxaparin|vancomycin|methotrexate} ordered, stopped at verification.",
        immediate: "Order corrected with the prescriber before dispensing.",
        note: "The decimal point was lost when the weight was typed in.",
        changed: "Dose range alert turned on for this drug.",
      },
      {
        what: "Allergy to {penicillin|sulfa|latex} was missing from the list; the family told us before the first dose.",
        immediate: "Allergy entered, band changed, another drug ordered.",
        changed: "Allergies are read back with the family at admission.",
      },
    ],
  },
];
