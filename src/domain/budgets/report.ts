import type { Bound } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import type { Line } from "./book.ts";
import { type Comparison, compare } from "./compare.ts";
import { type Excess, excessesIn } from "./excess.ts";
import { type ExplanationDetails, readExplanations } from "./explanations.ts";
import { monthColumn } from "./fiscal.ts";
import { inMonth, type Situation } from "./read.ts";
import { idsUnder, type UnitNode } from "./scope.ts";

/** What leadership reads of a month. */
export interface ReportView extends Situation {
  /** Each unit with all below it, the ones above before the ones below. */
  units: readonly { unit: UnitNode; depth: number; month: Comparison; year: Comparison }[];
  total: { month: Comparison; year: Comparison };
  /** Each line of each unit. */
  lines: readonly { unit: UnitNode; line: Line; month: Comparison; year: Comparison }[];
  explained: readonly { explanation: ExplanationDetails; month: Comparison; year: Comparison }[];
  /** Over both thresholds, and not explained or returned. */
  unexplained: readonly Excess[];
}

export async function reportView(store: Bound, actor: Actor, situation: Situation): Promise<ReportView> {
  const { scope, book, month } = situation;
  const unitIds = scope.units.map(({ id }) => id);
  const explanations = await readExplanations(store, actor, {
    unitId: { in: unitIds },
    month: monthColumn(month),
    state: { in: ["open", "accepted"] },
  });
  const both = (lines: Situation["book"]["lines"]) => ({
    month: compare(inMonth({ lines }, month)),
    year: compare(lines),
  });
  const taken = book.lines.filter((line) => line.taken);
  const byUnit = new Map(scope.units.map((unit) => [unit.id, unit]));
  const lines = [...Map.groupBy(taken, ({ unitId, line }) => `${unitId} ${line.id}`).values()].flatMap((those) => {
    const unit = byUnit.get(those[0]?.unitId ?? "");
    return unit && those[0] ? [{ unit, line: those[0].line, ...both(those) }] : [];
  });
  return {
    ...situation,
    total: both(taken),
    units: inOrder(scope).flatMap(({ unit, depth }) => {
      const ids = idsUnder(scope.units, unit.id);
      const theirs = taken.filter(({ unitId }) => ids.has(unitId));
      return theirs.length === 0 ? [] : [{ unit, depth, ...both(theirs) }];
    }),
    lines: lines.sort(
      (one, other) => one.unit.name.localeCompare(other.unit.name) || one.line.name.localeCompare(other.line.name),
    ),
    explained: explanations.flatMap((explanation) => {
      const of = lines.find((one) => one.unit.id === explanation.unitId && one.line.id === explanation.lineId);
      return of ? [{ explanation, month: of.month, year: of.year }] : [];
    }),
    unexplained: (await excessesIn(store, situation)).filter(({ owed }) => owed),
  };
}

/** The tree of units from its tops down. */
function inOrder({ unit, units, below }: Situation["scope"]): { unit: UnitNode; depth: number }[] {
  const under = (node: UnitNode, depth: number): { unit: UnitNode; depth: number }[] => [
    { unit: node, depth },
    ...units.filter(({ parentId }) => parentId === node.id).flatMap((one) => under(one, depth + 1)),
  ];
  return (unit ? [unit] : below).flatMap((top) => under(top, 0));
}
