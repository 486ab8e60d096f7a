import type { Category, Harm, Kind } from "../../src/domain/incidents/rules.ts";
import type { UnitCode } from "./units.ts";

/** A thing that happens in hospitals again and again. */
export interface Scenario {
  kind: Kind;
  category?: Category;
  /** How often, beside the others. */
  weight: number;
  units: UnitCode[];
  /** Taken in turn, so that the rare ones come as well. */
  harms: Harm[];
  tellings: Telling[];
}

/** One way in which it goes; "{a|b}" is one of the two. */
export interface Telling {
  what: string;
  immediate?: string;
  note?: string;
  changed: string;
}

export const wards: UnitCode[] = ["4W", "5E", "ICU", "ED"];
export const bedside: UnitCode[] = ["4W", "5E", "ICU", "ED", "PACU", "WH"];
