import type { Bound, Change } from "../../store/store.ts";
import { type Harm, harms } from "./rules.ts";

/** Whom incidents of a class go to first; a condition that is not given holds for all. */
export interface Route {
  kind: string | null;
  category: string | null;
  /** This harm or a worse one. */
  harm: string | null;
  /** This unit or one below it. */
  unitId: string | null;
  personIds: readonly string[];
}

export interface Routed {
  kind: string;
  category: string | null;
  harm: string;
  unitId: string;
}

/** A unit with its parent. */
interface UnitInTree {
  id: string;
  parentId: string | null;
}

/**
 * The people of the narrowest routes that fit, nobody where none does: the nearest unit counts first, then the category, the
 * kind, and the harm. Routes that are equally narrow are taken together.
 */
export function routeOf(routes: readonly Route[], incident: Routed, units: readonly UnitInTree[]): string[] {
  const line = lineOf(incident.unitId, units);
  const fitting = routes.filter((route) => fits(route, incident, line));
  const narrowest = fitting
    .map((route) => narrowness(route, line))
    .sort(compare)
    .at(-1);
  if (!narrowest) return [];
  const chosen = fitting.filter((route) => compare(narrowness(route, line), narrowest) === 0);
  return [...new Set(chosen.flatMap((route) => route.personIds))];
}

function fits(route: Route, incident: Routed, line: readonly string[]): boolean {
  return (
    (route.kind === null || route.kind === incident.kind) &&
    (route.category === null || route.category === incident.category) &&
    (route.harm === null || isAtLeast(incident.harm, route.harm)) &&
    (route.unitId === null || line.includes(route.unitId))
  );
}

/** The unit and those above it, the nearest first. */
function lineOf(unitId: string, units: readonly UnitInTree[]): string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const line: string[] = [];
  for (let unit = byId.get(unitId); unit && !line.includes(unit.id); unit = byId.get(unit.parentId ?? ""))
    line.push(unit.id);
  return line;
}

function narrowness(route: Route, line: readonly string[]): number[] {
  return [
    route.unitId === null ? 0 : line.length - line.indexOf(route.unitId),
    route.category === null ? 0 : 1,
    route.kind === null ? 0 : 1,
    route.harm === null ? 0 : severity.length - severity.indexOf(route.harm),
  ];
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

/** The worst first; harm that is not known is no harm yet. */
const severity: readonly string[] = harms.map(({ code }) => code).filter((code) => code !== "unknown");

function isAtLeast(harm: string, wanted: string): boolean {
  const known: Harm | string = harm === "unknown" ? "none" : harm;
  return severity.indexOf(known) <= severity.indexOf(wanted);
}

/** Whom an incident is routed to, of those who are still there and not left out of it. */
export async function routedTo(
  store: Pick<Bound | Change, "route" | "unit" | "person">,
  incident: Routed,
  leftOut: readonly string[],
): Promise<string[]> {
  const routes = await store.route.findMany();
  if (routes.length === 0) return [];
  const units = await store.unit.findMany({ select: { id: true, parentId: true } });
  const wanted = routeOf(routes, incident, units).filter((id) => !leftOut.includes(id));
  if (wanted.length === 0) return [];
  const active = await store.person.findMany({ where: { id: { in: wanted }, active: true }, select: { id: true } });
  return wanted.filter((id) => active.some((person) => person.id === id));
}
