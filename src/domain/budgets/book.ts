import type { Bound, Change, Prisma } from "../../store/store.ts";
import { fromColumn } from "../days.ts";
import { fromMonthColumn, lastDayOf } from "./fiscal.ts";

export interface Line {
  id: string;
  code: string;
  name: string;
  kind: "revenue" | "expense";
}

/** A unit's month that the ledger has. */
export interface Taken {
  number: number;
  unitId: string;
  month: string;
  /** `YYYY-MM-DD`. */
  asOf: string;
  /** The ledger was taken after the month had ended. */
  closed: boolean;
}

export async function takenMonths(
  store: Pick<Bound | Change, "bookMonth">,
  where: Prisma.BookMonthWhereInput,
): Promise<Taken[]> {
  const rows = await store.bookMonth.findMany({ where, orderBy: { month: "asc" } });
  return rows.map(({ number, unitId, month, asOf }) => {
    const of = fromMonthColumn(month);
    const day = fromColumn(asOf);
    return { number, unitId, month: of, asOf: day, closed: day > lastDayOf(of) };
  });
}

/** All of the organisation's, by id. */
export async function readLines(store: Pick<Bound | Change, "line">): Promise<Map<string, Line>> {
  const rows = await store.line.findMany({ select: { id: true, code: true, name: true, kind: true } });
  return new Map(rows.map((row) => [row.id, { ...row, kind: row.kind === "revenue" ? "revenue" : "expense" }]));
}
