import { type Scenario, wards } from "./scenario.ts";

/** What comes with a stay: pressure injuries, infections, clots, surgery, birth, blood. */
export const careScenarios: Scenario[] = [
  {
    kind: "incident",
    category: "pressure-injury",
    weight: 3,
    units: ["ICU", "5E", "4W"],
    harms: ["mild", "moderate", "mild", "unknown", "severe", "none"],
    tellings: [
      {
        what: "{Stage 2|Deep tissue|Stage 3|Unstageable} injury found on the {sacrum|left heel|right heel} at the {weekly skin check|bath|transfer from another unit}. {Not noted on admission.|Turning was charted every two hours.}",
        immediate: "{Wound care consulted, heel boots on.|Foam dressing applied, mattress changed.}",
        note: "Wound care agrees with the staging and suggests a {low-air-loss mattress|turning schedule at the bedside}.",
        changed: "Two people look at the skin together on every admission.",
      },
      {
        what: "Pressure mark on the bridge of the nose under the breathing mask after {two|three} days.",
        immediate: "Padding applied, mask changed to another shape.",
        changed: "Device-related pressure points are checked at each mask change.",
      },
    ],
  },
  {
    kind: "incident",
    category: "infection",
    weight: 2,
    units: ["ICU", "4W", "5E"],
    harms: ["moderate", "mild", "unknown", "severe", "mild"],
    tellings: [
      {
        what: "Positive blood culture on day {5|7|9} of a central line. {Daily review of need was not charted on two days.|Dressing was due yesterday.}",
        immediate: "Line removed, cultures sent, provider informed.",
        changed: "Need for lines is asked at every morning round; dressing changes are on the board.",
      },
      {
        what: "Urinary catheter infection, catheter in for {6|8|11} days. No reason for it is charted since day 3.",
        immediate: "Catheter removed, culture sent, provider informed.",
        changed: "Nurses remove a catheter without a charted reason on day 2 by protocol.",
      },
      {
        what: "Clostridioides difficile test positive on day {4|6}; shared bathroom until then.",
        immediate: "Contact precautions started, neighbour moved and informed.",
        changed: "A test that is sent starts the precautions, not its result.",
      },
    ],
  },
  {
    kind: "unsafe-condition",
    category: "infection",
    weight: 2,
    units: [...wards, "CLINIC"],
    harms: ["none"],
    tellings: [
      {
        what: "Hand gel dispensers empty at {three|four|five} doors on the morning walk.",
        immediate: "Refilled from the storeroom.",
        changed: "Refill is on the daily list of environmental services.",
      },
      {
        what: "Isolation sign missing on the door; {two|several} people went in without gowns.",
        immediate: "Sign put up, people informed.",
        changed: "Signs come with the order for isolation now.",
      },
      {
        what: "Sharps box overfull {in the medication room|beside the bed}, a needle stood out.",
        immediate: "Box closed and exchanged with tongs.",
        changed: "Boxes are exchanged at three quarters; the line is marked in red.",
      },
    ],
  },
  {
    kind: "incident",
    category: "clot",
    weight: 2,
    units: ["4W", "5E", "ICU", "PACU"],
    harms: [
      "moderate",
      "mild",
      "mild",
      "unknown",
      "severe",
      "moderate",
      "mild",
      "death",
      "mild",
      "moderate",
      "unknown",
      "mild",
    ],
    tellings: [
      {
        what: "{Deep vein thrombosis of the {left|right} calf|Pulmonary embolism} found on day {4|6|8}. Prophylaxis was held for a procedure and not started again.",
        immediate: "Anticoagulation started, provider and family informed.",
        changed: "Held prophylaxis asks for a restart time.",
      },
      {
        what: "{Deep vein thrombosis of the {left|right} calf|Pulmonary embolism} found on day {3|5|7}. {Compression devices were off at night.|Risk assessment was not repeated after surgery.}",
        immediate: "Anticoagulation started, provider informed.",
        changed: "Compression devices and the risk score are part of the evening round.",
      },
    ],
  },
  {
    kind: "incident",
    category: "surgery",
    weight: 2,
    units: ["OR"],
    harms: ["none", "mild", "moderate", "unknown", "severe", "none"],
    tellings: [
      {
        what: "Count was off by one {sponge|needle} at closing; {found in the drape|film taken, nothing retained}. Surgeon informed.",
        immediate: "Count repeated twice, film taken before leaving the room.",
        changed: "Counts are read aloud and nobody is relieved during one.",
      },
      {
        what: "Skin burn of {one|two} cm under the {grounding pad|light cable}.",
        immediate: "Area cooled and dressed, surgeon informed the family.",
        changed: "Pad and cable placement is checked by two people.",
      },
      {
        what: "Unplanned return to the operating room for bleeding {two|five} hours after the procedure.",
        immediate: "Team called in, blood products ready, family informed by the surgeon.",
        changed: "Review with the surgeons; drain output above the limit is now called at once.",
      },
    ],
  },
  {
    kind: "near-miss",
    category: "surgery",
    weight: 2,
    units: ["OR"],
    harms: ["none"],
    tellings: [
      {
        what: "Consent named the {left|right} side and the schedule the other one; noticed at the time-out, before the incision.",
        immediate: "Stopped, clarified with patient record and surgeon, then continued.",
        changed: "The schedule takes the side from the consent.",
      },
      {
        what: "Site was not marked when the patient reached the room; noticed by the circulating nurse.",
        immediate: "Surgeon came and marked it with the patient.",
        changed: "Patients do not leave the holding area without a marked site.",
      },
      {
        what: "Implant of the wrong size was opened; noticed when reading the box at the table.",
        immediate: "Right size brought, the other one set aside.",
        changed: "Implant size is read back from the box before it is opened.",
      },
    ],
  },
  {
    kind: "incident",
    category: "perinatal",
    weight: 2,
    units: ["WH"],
    harms: ["mild", "none", "moderate", "unknown", "severe", "none"],
    tellings: [
      {
        what: "Blood loss of {1,200|1,500|1,800} ml after birth.",
        immediate: "Hemorrhage cart at the bedside, medication given by protocol, second line placed.",
        note: "Debrief held with the team; the drill of last {month|quarter} helped.",
        changed: "Blood loss is weighed at every birth.",
      },
      {
        what: "Newborn temperature of {36.0|35.8} after the first bath.",
        immediate: "Skin to skin, temperature normal after an hour.",
        changed: "First bath is after 24 hours and with a warmer.",
      },
      {
        what: "Fetal tracing was unreadable for {12|20} minutes {during the epidural|while the nurse was in another room}.",
        immediate: "Transducer placed again, provider informed.",
        changed: "The central monitor pages after five minutes without a signal.",
      },
    ],
  },
  {
    kind: "incident",
    category: "blood",
    weight: 1,
    units: ["ICU", "OR", "ED", "WH"],
    harms: ["mild", "none", "unknown", "moderate"],
    tellings: [
      {
        what: "{Fever and chills|Hives|Shortness of breath} {15|20|40} minutes into a transfusion.",
        immediate: "Transfusion stopped, line kept open, blood bank and provider informed.",
        changed: "Transfusion checklist asks for the 15-minute signs.",
      },
      {
        what: "Red cells hung {five|six} hours after leaving the blood bank; noticed at the second check.",
        immediate: "Transfusion stopped, blood bank informed.",
        changed: "Return time is written on every cooler.",
      },
    ],
  },
  {
    kind: "near-miss",
    category: "blood",
    weight: 1,
    units: ["ICU", "OR", "ED", "WH"],
    harms: ["none"],
    tellings: [
      {
        what: "Type and screen sample had another label than the request. {Blood bank refused it.|Nothing was transfused.}",
        immediate: "New sample drawn and labelled at the bedside.",
        changed: "Samples are labelled at the bedside with the printer on the cart.",
      },
    ],
  },
];
