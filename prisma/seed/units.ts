export interface SeedUnit {
  code: string;
  name: string;
  aliases: string[];
  parent?: string;
  manager?: string;
}

/** The departments of the demonstration, the ones above before the ones below. */
export const units = [
  { code: "RGH", name: "Riverside General", aliases: ["hospital", "house"], manager: "mosei" },
  { code: "MED", name: "Medicine", aliases: ["med"], parent: "RGH", manager: "aferreira" },
  { code: "4W", name: "4 West", aliases: ["four west", "4west"], parent: "MED", manager: "jlee" },
  { code: "5E", name: "5 East", aliases: ["five east", "5east"], parent: "MED", manager: "hnovak" },
  { code: "SURG", name: "Surgery", aliases: ["perioperative"], parent: "RGH", manager: "dmbeki" },
  { code: "OR", name: "Operating room", aliases: ["theatre", "operating rooms"], parent: "SURG", manager: "tyamada" },
  { code: "PACU", name: "Recovery", aliases: ["recovery room"], parent: "SURG", manager: "tyamada" },
  { code: "ED", name: "Emergency", aliases: ["er", "emergency department"], parent: "RGH", manager: "rcastillo" },
  { code: "ICU", name: "Intensive care", aliases: ["critical care"], parent: "RGH", manager: "slindqvist" },
  {
    code: "WH",
    name: "Women’s health",
    aliases: ["labor and delivery", "maternity"],
    parent: "RGH",
    manager: "nokafor",
  },
  { code: "PHARM", name: "Pharmacy", aliases: ["dispensary"], parent: "RGH", manager: "lzhang" },
  { code: "CLINIC", name: "Outpatient clinic", aliases: ["clinic", "outpatients"], parent: "RGH", manager: "eabrams" },
] as const satisfies SeedUnit[];

export type UnitCode = (typeof units)[number]["code"];
