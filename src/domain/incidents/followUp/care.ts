import { merpCategories } from "../merp.ts";
import { oneOf, type Questions, shortly, unknown, yesOrNo } from "./question.ts";

// Questions of the event-specific forms of the AHRQ Common Formats for hospitals, version 1.2, cut to what a reporter knows at
// once (https://pso.ahrq.gov/common).

export const fall = {
  assisted: yesOrNo("Assisted by staff", "Somebody eased the descent"),
  observed: oneOf("Who saw it", [
    { code: "staff", label: "Staff" },
    { code: "other", label: "Visitor, family or another patient" },
    { code: "nobody", label: "Nobody" },
    unknown,
  ]),
  doing: oneOf("What the patient was doing", [
    { code: "walking", label: "Walking or moving about" },
    { code: "transfer", label: "Changing position or transferring" },
    { code: "toilet", label: "Going to or from the toilet" },
    { code: "reaching", label: "Reaching for something" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  injury: oneOf("Worst injury from it", [
    { code: "none", label: "None" },
    { code: "skin", label: "Bruise, scrape or cut" },
    { code: "fracture", label: "Fracture or dislocation" },
    { code: "head", label: "Bleeding inside the head" },
    { code: "other", label: "Another injury" },
    unknown,
  ]),
  "fall-risk": yesOrNo("Known as at risk before"),
} as const satisfies Questions;

const merpOptions = merpCategories.map(({ code, label, detail }) => ({ code, label: `${label} · ${detail}` }));

export const medication = {
  merp: oneOf("NCC MERP category", merpOptions, "The category of the index that fits; if torn between two, the higher"),
  error: oneOf("What went wrong", [
    { code: "patient", label: "Wrong patient" },
    { code: "drug", label: "Wrong medication" },
    { code: "dose", label: "Wrong dose, strength or rate" },
    { code: "route", label: "Wrong route" },
    { code: "time", label: "Wrong time" },
    { code: "omitted", label: "Omitted" },
    { code: "allergy", label: "Known allergy or interaction" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  step: oneOf("Where it began", [
    { code: "storing", label: "Purchasing or storing" },
    { code: "prescribing", label: "Prescribing or ordering" },
    { code: "transcribing", label: "Transcribing" },
    { code: "dispensing", label: "Preparing or dispensing" },
    { code: "administering", label: "Administering" },
    { code: "monitoring", label: "Monitoring" },
    unknown,
  ]),
  drug: shortly("Medication", "Name and strength; never a patient's name"),
} as const satisfies Questions;

export const device = {
  "device-sort": oneOf("What it was", [
    { code: "implant", label: "Implant" },
    { code: "equipment", label: "Medical equipment" },
    { code: "supply", label: "Supply, disposable ones included" },
    { code: "health-it", label: "Health IT" },
    unknown,
  ]),
  "device-name": shortly("Maker and model", "As the label says it, with the lot where it is known"),
  "device-cause": oneOf("What happened with it", [
    { code: "failed", label: "It failed or was defective" },
    { code: "use", label: "It was used wrongly" },
    { code: "both", label: "Both" },
    unknown,
  ]),
  contributed: yesOrNo("May have led to the harm", "Caused it or contributed to it; if in doubt, yes"),
  kept: yesOrNo("Device kept for examination"),
} as const satisfies Questions;

export const pressureInjury = {
  stage: oneOf("Stage", [
    { code: "1", label: "Stage 1" },
    { code: "2", label: "Stage 2" },
    { code: "3", label: "Stage 3" },
    { code: "4", label: "Stage 4" },
    { code: "unstageable", label: "Unstageable" },
    { code: "deep-tissue", label: "Deep tissue injury" },
    unknown,
  ]),
  "on-admission": yesOrNo("Present on admission"),
  "skin-checked": yesOrNo("Skin inspected at admission"),
  "from-device": yesOrNo("Under a device or tube"),
} as const satisfies Questions;

export const infection = {
  "infection-sort": oneOf("Infection", [
    { code: "clabsi", label: "Bloodstream, central line" },
    { code: "cauti", label: "Urinary tract, catheter" },
    { code: "pneumonia", label: "Pneumonia, ventilator or not" },
    { code: "surgical-site", label: "Surgical site" },
    { code: "c-difficile", label: "Clostridioides difficile" },
    { code: "other", label: "Another one" },
    unknown,
  ]),
  acquired: oneOf("Where it was acquired", [
    { code: "here", label: "In this hospital" },
    { code: "elsewhere", label: "Somewhere else" },
    unknown,
  ]),
  organism: shortly("Organism"),
  isolated: yesOrNo("Isolation begun"),
} as const satisfies Questions;
