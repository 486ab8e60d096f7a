import { people, type SeedPerson } from "./people.ts";
import { type SeedUnit, type UnitCode, units } from "./units.ts";

/** The people and units of the demonstration by name, with the ids that their rows got. */
export interface Cast {
  person(handle: string): string;
  unit(code: UnitCode): string;
}

const tree: readonly SeedUnit[] = units;

/** Who works in a unit and may have seen what happened there. */
export const staffOf = (code: UnitCode): SeedPerson[] =>
  people.filter((person) => person.units.includes(code) && !person.access);

export const isManager = (handle: string): boolean =>
  people.some((person) => person.handle === handle && person.access?.includes("manager"));

export const quality: string[] = people
  .filter((person) => person.access?.includes("quality"))
  .map(({ handle }) => handle);

/** Whom an event goes to, step after step: the managers of the unit and of those above, and then quality. */
export function stepsUp(code: UnitCode): string[][] {
  const managers: string[] = [];
  for (let unit = tree.find((one) => one.code === code); unit; unit = tree.find((one) => one.code === unit?.parent))
    if (unit.manager && !managers.includes(unit.manager)) managers.push(unit.manager);
  return [...managers.filter((handle) => !quality.includes(handle)).map((handle) => [handle]), quality];
}
