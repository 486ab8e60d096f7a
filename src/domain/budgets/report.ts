import type { BookSum, BookVolume, Bound } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import { type Line, readLines } from "./book.ts";
import { type Balance, byKind, type Comparison, compare, compareYear } from "./compare.ts";
import { type AdjustedCosts, adjustedCosts, type VolumeCosts, volumeCosts } from "./costs.ts";
import { type Excess, excessesIn } from "./excess.ts";
import { type ExplanationDetails, readExplanations } from "./explanations.ts";
import { dayColumns, monthColumn } from "./fiscal.ts";
import { choiceOf, type Situation } from "./read.ts";
import { idsUnder, type UnitNode } from "./scope.ts";

interface Compared {
  month: Comparison;
  year: Balance;
}

/** What leadership reads of a month. */
export interface ReportView extends Situation {
  /** Each unit with all below it, the ones above before the ones below. */
  units: readonly ({ unit: UnitNode; depth: number; costs: VolumeCosts | null } & Compared)[];
  /** Of all units together: revenue, expense and the result, or one of them alone. */
  monthly: readonly { name: string; of: Comparison }[];
  yearly: readonly { name: string; of: Balance }[];
  adjusted: AdjustedCosts | null;
  /** Each line of each unit. */
  lines: readonly ({ unit: UnitNode; line: Line } & Compared)[];
  explained: readonly ({ explanation: ExplanationDetails } & Compared)[];
  /** Over both thresholds, and not explained or returned. */
  unexplained: readonly Excess[];
}

export async function reportView(store: Bound, actor: Actor, situation: Situation): Promise<ReportView> {
  const { scope, month, upTo, taken, thresholds } = situation;
  const choice = choiceOf(situation);
  const { unitIds } = choice;
  const [rows, inMonth, inYear, known, explanations, excesses] = await Promise.all([
    store.bookSums({ ...choice, by: [["unitId", "lineId"]] }),
    store.bookVolumes(choice),
    store.bookVolumes({ unitIds, months: dayColumns(upTo) }),
    readLines(store),
    readExplanations(store, actor, {
      unitId: { in: unitIds },
      month: monthColumn(month),
      state: { in: ["open", "accepted"] },
    }),
    excessesIn(store, { units: taken, month, year: upTo, thresholds }),
  ]);
  const both = (those: readonly BookSum[]): Compared => ({ month: compare(those), year: compareYear(those) });
  const byUnit = new Map(scope.units.map((unit) => [unit.id, unit]));
  const ofUnit = Map.groupBy(rows, ({ unitId }) => unitId ?? "");
  const lines = rows.flatMap((row) => {
    const [unit, line] = [byUnit.get(row.unitId ?? ""), known.get(row.lineId ?? "")];
    return unit && line ? [{ unit, line, ...both([row]) }] : [];
  });
  return {
    ...situation,
    monthly: byKind(rows, compare),
    yearly: byKind(rows, compareYear),
    adjusted: adjustedCosts(rows, { month: inMonth, year: inYear }),
    units: inOrder(scope).flatMap(({ unit, depth }) => {
      const ids = idsUnder(scope.units, unit.id);
      const theirs = [...ids].flatMap((id) => ofUnit.get(id) ?? []);
      const under = ({ unitId }: BookVolume) => ids.has(unitId);
      const costs = volumeCosts(theirs, { month: inMonth.filter(under), year: inYear.filter(under) });
      return theirs.length === 0 ? [] : [{ unit, depth, costs, ...both(theirs) }];
    }),
    lines: lines.sort(
      (one, other) => one.unit.name.localeCompare(other.unit.name) || one.line.name.localeCompare(other.line.name),
    ),
    explained: explanations.flatMap((explanation) => {
      const of = lines.find((one) => one.unit.id === explanation.unitId && one.line.id === explanation.lineId);
      return of ? [{ explanation, month: of.month, year: of.year }] : [];
    }),
    unexplained: excesses.filter(({ owed }) => owed),
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
