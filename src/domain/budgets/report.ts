import type { BookSum, Bound } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import { type Line, readLines } from "./book.ts";
import { type Balance, type Comparison, compare, compareYear } from "./compare.ts";
import { type Excess, excessesIn } from "./excess.ts";
import { type ExplanationDetails, readExplanations } from "./explanations.ts";
import { monthColumn } from "./fiscal.ts";
import { choiceOf, type Situation } from "./read.ts";
import { idsUnder, type UnitNode } from "./scope.ts";

interface Compared {
  month: Comparison;
  year: Balance;
}

/** What leadership reads of a month. */
export interface ReportView extends Situation {
  /** Each unit with all below it, the ones above before the ones below. */
  units: readonly ({ unit: UnitNode; depth: number } & Compared)[];
  total: Compared;
  /** Each line of each unit. */
  lines: readonly ({ unit: UnitNode; line: Line } & Compared)[];
  explained: readonly ({ explanation: ExplanationDetails } & Compared)[];
  /** Over both thresholds, and not explained or returned. */
  unexplained: readonly Excess[];
}

export async function reportView(store: Bound, actor: Actor, situation: Situation): Promise<ReportView> {
  const { scope, month, upTo, taken, thresholds } = situation;
  const choice = choiceOf(situation);
  const [rows, known, explanations, excesses] = await Promise.all([
    store.bookSums({ ...choice, by: [["unitId", "lineId"]] }),
    readLines(store),
    readExplanations(store, actor, {
      unitId: { in: choice.unitIds },
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
    total: both(rows),
    units: inOrder(scope).flatMap(({ unit, depth }) => {
      const theirs = [...idsUnder(scope.units, unit.id)].flatMap((id) => ofUnit.get(id) ?? []);
      return theirs.length === 0 ? [] : [{ unit, depth, ...both(theirs) }];
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
