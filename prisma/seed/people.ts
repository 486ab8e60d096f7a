import type { Access } from "../../src/domain/staff/actor.ts";
import { colleagues } from "./colleagues.ts";
import { leaders } from "./leaders.ts";
import type { UnitCode } from "./units.ts";

export interface SeedPerson {
  handle: string;
  name: string;
  job: string;
  units: UnitCode[];
  supervisor: string | null;
  /** Years with the hospital. */
  years: number;
  /** Beside staff. */
  access?: Exclude<Access, "staff">[];
  zone?: string;
  quiet?: [from: string, until: string];
  /** Has left. */
  left?: true;
}

/** Everybody of the demonstration: invented, supervisors before those whom they supervise. */
export const people: SeedPerson[] = [...leaders, ...colleagues];

/** Those who show the most of what people may do and see; they come first where one chooses whom to be. */
export const interesting = ["cruiz", "jlee", "pgrant", "ssingh", "aferreira", "fkowalska", "tyamada", "thill"];
