import type { Bound, Change } from "../../store/store.ts";
import { type Ladder, readLadder, stepsUp } from "../staff/above.ts";
import { harms } from "./rules.ts";

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

type UnitInTree = Pick<Ladder["units"][number], "id" | "parentId">;

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
  const known = harm === "unknown" ? "none" : harm;
  return severity.indexOf(known) <= severity.indexOf(wanted);
}

/** Whoever is sent an incident has to be able to acknowledge it. */
export const mayBeRoutedTo = ["manager", "quality"] as const;

/** Everything that is needed to know whom incidents go to, read once for many of them. */
export interface Routing extends Ladder {
  routes: readonly Route[];
  /** People of routes who are still there and may still handle what comes. */
  addressees: ReadonlySet<string>;
}

export async function readRouting(store: Pick<Bound | Change, "route" | "unit" | "person">): Promise<Routing> {
  const ladder = await readLadder(store);
  const routes = await store.route.findMany();
  const named = routes.flatMap((route) => route.personIds);
  const active =
    named.length === 0
      ? []
      : await store.person.findMany({
          where: { id: { in: named }, active: true, access: { hasSome: [...mayBeRoutedTo] } },
          select: { id: true },
        });
  return { ...ladder, routes, addressees: new Set(active.map(({ id }) => id)) };
}

/**
 * Whom an incident goes to, one step after another: its route where one fits, then up the units. Never those who are left
 * out, and never nobody while the organisation has an admin.
 */
export function stepsFor(routing: Routing, incident: Routed, leftOut: readonly string[]): Steps {
  const routed = routeOf(routing.routes, incident, routing.units).filter(
    (id) => routing.addressees.has(id) && !leftOut.includes(id),
  );
  const up = stepsUp(routing, incident.unitId, leftOut);
  const rest = up
    .map((step, index) => (index === up.length - 1 ? step : step.filter((id) => !routed.includes(id))))
    .filter((step) => step.length > 0);
  return { routed, steps: routed.length > 0 ? [routed, ...rest] : up };
}

export interface Steps {
  /** Those of the first step whom a route names, who may see it for that reason. */
  routed: string[];
  steps: string[][];
}
