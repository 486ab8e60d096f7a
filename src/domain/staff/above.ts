import type { Bound, Change } from "../../store/store.ts";
import type { NoticeKind } from "../notices.ts";

/** Everything that is needed to know whom an event in a unit goes to, read once for many events. */
export interface Ladder {
  units: readonly { id: string; parentId: string | null; managerId: string | null }[];
  people: readonly { id: string; access: readonly string[] }[];
}

export async function readLadder(store: Pick<Bound | Change, "unit" | "person">): Promise<Ladder> {
  const units = await store.unit.findMany({ select: { id: true, parentId: true, managerId: true } });
  const people = await store.person.findMany({
    where: {
      active: true,
      OR: [{ access: { hasSome: ["quality", "admin"] } }, { manages: { some: {} } }],
    },
    select: { id: true, access: true },
  });
  return { units, people };
}

/**
 * Whom an event in a unit goes to, one step after another: the unit's manager, the managers of the units above, and then
 * quality, all of them; without anybody in quality, the admins. A manager's supervisor is no step: they may see no unit
 * that they do not manage. Never those who are left out, and never nobody while the organisation has an admin.
 */
export function stepsUp({ units, people }: Ladder, unitId: string, leftOut: readonly string[]): string[][] {
  const active = new Set(people.map((person) => person.id));
  const above: string[] = [];
  const add = (id: string | null): void => {
    if (id !== null && !leftOut.includes(id) && active.has(id) && !above.includes(id)) above.push(id);
  };

  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const seenUnits = new Set<string>();
  for (
    let unit = byId.get(unitId);
    unit && !seenUnits.has(unit.id);
    unit = unit.parentId ? byId.get(unit.parentId) : undefined
  ) {
    seenUnits.add(unit.id);
    add(unit.managerId);
  }

  const withAccess = (access: string) =>
    people
      .filter((person) => person.access.includes(access) && !leftOut.includes(person.id))
      .map((person) => person.id);
  const quality = withAccess("quality");
  const last = quality.length > 0 ? quality : withAccess("admin");
  const steps = above.filter((id) => !last.includes(id)).map((id) => [id]);
  return last.length > 0 ? [...steps, last] : steps;
}

/** Of those, one after another, whoever may see what is in the unit and close it: managers and quality. */
export function ableAbove(ladder: Ladder, unitId: string, leftOut: readonly string[] = []): string[] {
  const able = new Set(
    ladder.people.filter(({ access }) => access.includes("manager") || access.includes("quality")).map(({ id }) => id),
  );
  return stepsUp(ladder, unitId, leftOut)
    .flat()
    .filter((id) => able.has(id));
}

/** Somebody who was told of a record before, by which notice. */
export interface Told {
  personId: string | null;
  kind: string;
}

/**
 * The first step of whom nobody was told yet, or less than none: people leave and managers change while a record waits, so
 * the steps are not counted. The last step hears of what is severe at the beginning, and again when it comes to them by the
 * notice of `passedUp`.
 */
export function nextStep(steps: readonly (readonly string[])[], told: readonly Told[], passedUp: NoticeKind): number {
  const heard = (id: string, isLast: boolean) =>
    told.some((notice) => notice.personId === id && (notice.kind === passedUp || !isLast));
  return steps.findIndex((step, index) => !step.some((id) => heard(id, index === steps.length - 1)));
}
