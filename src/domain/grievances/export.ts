import type { Bound, Prisma } from "../../store/store.ts";
import { toColumn } from "../days.ts";
import { exportableGrievances, type Operator } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";

const readAtOnce = 500;
const named = { select: { name: true } } as const;
const withNames = { unit: { select: { code: true, name: true } }, loggedBy: named, assignee: named } as const;

export type ExportedGrievance = Prisma.GrievanceGetPayload<{ include: typeof withNames }>;

/** What this person may see, newest first, some hundred at a time; received on this day (`YYYY-MM-DD`) or later. */
export async function* exportGrievances(
  store: Bound,
  asker: Actor | Operator,
  since: string | undefined,
): AsyncGenerator<ExportedGrievance[]> {
  const chosen = [
    exportableGrievances(asker),
    ...(since === undefined ? [] : [{ receivedOn: { gte: toColumn(since) } }]),
  ];
  for (let before: number | undefined; ; ) {
    const earlier = before === undefined ? [] : [{ number: { lt: before } }];
    const rows: ExportedGrievance[] = await store.grievance.findMany({
      where: { AND: [...chosen, ...earlier] },
      include: withNames,
      orderBy: { number: "desc" },
      take: readAtOnce,
    });
    if (rows.length === 0) return;
    before = rows.at(-1)?.number;
    yield rows;
  }
}
