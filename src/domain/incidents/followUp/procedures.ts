import { count, oneOf, type Questions, shortly, unknown, yesOrNo } from "./question.ts";

// As in care.ts: AHRQ Common Formats for hospitals, version 1.2.

export const blood = {
  product: oneOf("Product", [
    { code: "red-cells", label: "Red cells" },
    { code: "platelets", label: "Platelets" },
    { code: "plasma", label: "Plasma or cryoprecipitate" },
    { code: "other", label: "Another one" },
    unknown,
  ]),
  "blood-error": oneOf("What went wrong", [
    { code: "incompatible", label: "Incompatible with the patient" },
    { code: "patient", label: "Wrong patient" },
    { code: "product", label: "Wrong product or unit" },
    { code: "rate", label: "Wrong rate or volume" },
    { code: "reaction", label: "Reaction, nothing done wrong" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  "blood-step": oneOf("Where it began", [
    { code: "sample", label: "Sample taking or labelling" },
    { code: "testing", label: "Testing or issuing" },
    { code: "administering", label: "Administering" },
    unknown,
  ]),
  stopped: yesOrNo("Transfusion stopped"),
} as const satisfies Questions;

export const surgery = {
  "surgery-event": oneOf("What happened", [
    { code: "site", label: "Wrong site or side" },
    { code: "patient", label: "Wrong patient" },
    { code: "procedure", label: "Wrong procedure" },
    { code: "retained", label: "Object left behind" },
    { code: "burn", label: "Burn or fire" },
    { code: "anesthesia", label: "Anesthesia or airway" },
    { code: "bleeding", label: "Bleeding or injury to an organ" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  procedure: shortly("Procedure", "What was planned; never a patient's name"),
  noticed: oneOf("When it was noticed", [
    { code: "before", label: "Before anesthesia" },
    { code: "during", label: "During the procedure" },
    { code: "after", label: "After it" },
    unknown,
  ]),
  "time-out": yesOrNo("Time-out done"),
} as const satisfies Questions;

export const perinatal = {
  affected: oneOf("Who was affected", [
    { code: "mother", label: "Mother" },
    { code: "child", label: "Fetus or newborn" },
    { code: "both", label: "Both" },
    unknown,
  ]),
  "perinatal-event": oneOf("What happened", [
    { code: "hemorrhage", label: "Hemorrhage" },
    { code: "hypertension", label: "Eclampsia or severe hypertension" },
    { code: "birth-injury", label: "Injury at birth" },
    { code: "asphyxia", label: "Lack of oxygen" },
    { code: "infection", label: "Infection" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  delivery: oneOf("Delivery", [
    { code: "vaginal", label: "Vaginal" },
    { code: "assisted", label: "Vaginal, forceps or vacuum" },
    { code: "cesarean", label: "Cesarean" },
    { code: "none", label: "Not delivered yet" },
    unknown,
  ]),
  weeks: count("Weeks of pregnancy"),
} as const satisfies Questions;

export const clot = {
  "clot-sort": oneOf("Clot", [
    { code: "dvt", label: "Deep vein thrombosis" },
    { code: "pe", label: "Pulmonary embolism" },
    { code: "both", label: "Both" },
    { code: "hit", label: "Thrombosis from heparin (HIT)" },
    unknown,
  ]),
  "clot-risk": yesOrNo("Risk assessed before"),
  prevention: oneOf("Prevention before it", [
    { code: "drug", label: "Medication" },
    { code: "mechanical", label: "Stockings or compression" },
    { code: "both", label: "Both" },
    { code: "none", label: "None" },
    unknown,
  ]),
  confirmed: yesOrNo("Confirmed by imaging"),
} as const satisfies Questions;

export const other = {
  about: oneOf("What it was about", [
    { code: "identification", label: "Identification of the patient" },
    { code: "delay", label: "Delay in care, or a result missed" },
    { code: "handoff", label: "Hand-off or communication" },
    { code: "leaving", label: "Leaving unnoticed or against advice" },
    { code: "self-harm", label: "Self-harm" },
    { code: "violence", label: "Violence or abuse" },
    { code: "restraint", label: "Restraint or seclusion" },
    { code: "diet", label: "Food or nutrition" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  preventable: yesOrNo("Could have been prevented"),
  handoff: yesOrNo("Around a hand-off"),
} as const satisfies Questions;
