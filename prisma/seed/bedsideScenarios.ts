import { bedside, type Scenario, wards } from "./scenario.ts";

/** Falls, medication, pressure injuries, infections, clots. */
export const bedsideScenarios: Scenario[] = [
  {
    kind: "incident",
    category: "fall",
    weight: 5,
    units: ["4W", "5E", "ED"],
    harms: ["none", "mild", "none", "unknown", "moderate", "none", "severe"],
    what: "Unwitnessed fall in {the bathroom|the room beside the bed|the hallway near the {elevator|linen closet}}. Patient was {getting up without calling|reaching for the {phone|walker|water}|returning to bed}. {Call light was within reach.|Bed alarm was off.|Non-slip socks were not on.} {No visible injury.|Small bruise on the {left|right} hip.|Abrasion on the {left|right} elbow.}",
    immediate:
      "{Assisted back to bed, vital signs and neuro checks done, provider at the bedside.|Fall huddle held within 15 minutes, bed alarm on, provider informed.}",
    note: "{Fall risk was scored moderate on admission and not repeated after the sedative.|Toileting round was 40 minutes late because of two admissions.|Therapy recommends a walker within reach at all times.}",
    changed:
      "{Fall risk is scored again after each sedative; the charge nurse checks at handoff.|Toileting rounds go to a named person each shift.|Bed alarms are tested at the start of every shift and the check is on the huddle board.}",
  },
  {
    kind: "incident",
    category: "fall",
    weight: 2,
    units: ["4W", "5E", "CLINIC", "WH"],
    harms: ["none", "none", "mild", "none"],
    what: "Assisted fall: patient’s knees gave way while {walking with therapy|transferring to the {commode|wheelchair|scale}}; lowered to the floor by {one person|two people}. {No injury seen.|Complains of sore knee.}",
    immediate:
      "{Lifted with the mechanical lift, examined, no injury found.|Gait belt was on; walked back with two people.}",
    changed:
      "{First transfer of the day is always with two people until therapy clears it.|Gait belts now hang in every room.}",
  },
  {
    kind: "unsafe-condition",
    category: "fall",
    weight: 2,
    units: ["4W", "5E", "ED", "CLINIC", "PACU"],
    harms: ["none"],
    what: "{Wet floor without a sign outside room {12|14|18|21}|Loose handrail in the {visitor|patient} bathroom|Bed brake does not hold on bed {3|7|11}|Cables across the walkway behind the {monitor|nurses’ station}}. {Nobody was hurt.|A visitor stumbled and was not hurt.}",
    immediate: "{Area blocked and facilities called.|Sign put up, floor dried.|Bed taken out of use and tagged.}",
    changed:
      "{Repaired the same day; wet floor signs are kept on each cleaning cart.|Facilities added it to the weekly walk.}",
  },
  {
    kind: "incident",
    category: "medication",
    weight: 5,
    units: bedside,
    harms: ["none", "none", "mild", "none", "unknown", "moderate"],
    what: "{Metoprolol|Apixaban|Lisinopril|Levetiracetam|Gabapentin} {given {two|three} hours late|dose given twice within the hour|omitted at the {08:00|20:00} pass|given although it was on hold}. Noticed {at handoff|when scanning the next dose|by the pharmacist during rounds}. Patient {without symptoms|monitored, blood pressure stable|a little drowsy}.",
    immediate:
      "{Provider informed, no new orders, vital signs every hour for four hours.|Next dose adjusted with pharmacy.}",
    note: "{The hold order was visible only on the second page of the record.|Two nurses had covered the same room during lunch.|Barcode scanner was out of battery and the dose was overridden.}",
    changed:
      "{Hold orders now show in the shift report.|Scanner batteries are exchanged at every shift change.|Lunch cover is written on the board with names and rooms.}",
  },
  {
    kind: "incident",
    category: "medication",
    weight: 2,
    units: ["ICU", "ED", "5E", "PACU"],
    harms: ["moderate", "mild", "severe", "none", "death", "moderate"],
    what: "{Insulin infusion ran at {ten|double} the ordered rate|Heparin infusion was not paused before the procedure|Opioid and sedative given close together, breathing slowed|Potassium replaced from yesterday’s value}. Found {at the hourly check|after an alarm|at handoff}.",
    immediate:
      "{Infusion stopped, rapid response called, antidote given.|Glucose every 15 minutes, dextrose given, provider at the bedside.}",
    note: "{Pump library had two entries for this drug.|The independent double check was signed by the same person twice.}",
    changed:
      "{Pump library cleaned to one entry; high-alert infusions need two badges.|Standing order set now asks for the day’s laboratory value.}",
  },
  {
    kind: "near-miss",
    category: "medication",
    weight: 4,
    units: ["PHARM", "4W", "5E", "ICU", "WH"],
    harms: ["none"],
    what: "{Look-alike vials of {hydralazine and hydroxyzine|ephedrine and epinephrine|morphine and hydromorphone} in neighbouring pockets of the cabinet|Tenfold dose of {enoxaparin|vancomycin|methotrexate} ordered, stopped at verification|Allergy to {penicillin|sulfa|latex} was missing from the list, the family told us|Label on the syringe did not match the order}. Did not reach the patient.",
    immediate:
      "{Order corrected with the prescriber before dispensing.|Vials separated and labelled.|Allergy entered and band changed.}",
    changed:
      "{Pockets rearranged, tall-man labels on both drugs.|Dose range alert turned on for this drug.|Allergies are read back with the family at admission.}",
  },
  {
    kind: "incident",
    category: "pressure-injury",
    weight: 3,
    units: ["ICU", "5E", "4W", "OR"],
    harms: ["mild", "moderate", "mild", "unknown", "severe", "none"],
    what: "{Stage 2|Deep tissue|Stage 3|Unstageable} injury found on the {sacrum|left heel|right heel|bridge of the nose under the mask} at the {weekly skin check|bath|transfer from another unit}. {Not noted on admission.|Turning was charted every two hours.|Turned {three|four} hours ago.}",
    immediate: "{Wound care consulted, heel boots on, photo in the record.|Foam dressing applied, mattress changed.}",
    note: "Wound care agrees with the staging and suggests a {low-air-loss mattress|turning schedule at the bedside}.",
    changed:
      "{Two people look at the skin together on every admission.|Device-related pressure points are checked at each mask change.}",
  },
  {
    kind: "incident",
    category: "infection",
    weight: 2,
    units: ["ICU", "4W", "5E", "WH"],
    harms: ["moderate", "mild", "unknown", "severe", "mild", "death"],
    what: "{Positive blood culture on day {5|7|9} of a central line|Urinary catheter infection, catheter in for {6|8|11} days|Wound infection {8|12} days after surgery|Clostridioides difficile test positive on day {4|6}}. {Daily review of need was not charted on two days.|Dressing was due yesterday.}",
    immediate: "{Line removed, cultures sent, provider informed.|Contact precautions started, neighbour moved.}",
    changed:
      "{Need for lines and catheters is asked at every morning round.|Dressing changes are on the board with their due day.}",
  },
  {
    kind: "unsafe-condition",
    category: "infection",
    weight: 2,
    units: [...wards, "CLINIC"],
    harms: ["none"],
    what: "{Isolation sign missing on the door|Hand gel dispensers empty at {three|four} doors|Clean and used endoscopes stood side by side|Sharps box overfull}. {Several people went in without gowns.|Noticed on the morning walk.}",
    changed: "{Refill is on the daily list of environmental services.|Signs come with the order for isolation now.}",
  },
  {
    kind: "incident",
    category: "clot",
    weight: 2,
    units: ["4W", "5E", "ICU", "PACU"],
    harms: ["moderate", "mild", "severe", "unknown", "death", "moderate"],
    what: "{Deep vein thrombosis of the {left|right} calf|Pulmonary embolism} found on day {4|6|8}. {Prophylaxis was held for a procedure and not started again.|Compression devices were off at night.|Risk assessment was not repeated after surgery.}",
    immediate: "Anticoagulation started, provider and family informed.",
    changed: "{Held prophylaxis asks for a restart time.|Compression devices are checked at the evening round.}",
  },
];
