import { DateTime } from "luxon";
import type { Bound, Prisma } from "../../store/store.ts";
import { dayAt, dayPlus, fromColumn, startOfDay, toColumn } from "../days.ts";
import { named } from "../named.ts";
import { hasAccess, visibleActions } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Waits } from "../waits.ts";
import { type ActionRow, rowOf } from "./read.ts";
import { reference } from "./rules.ts";

/** Something about an action waits: to be done, its effect to be looked at, or somebody else's to be asked after. */
export interface ActionWaiting extends Waits {
  type: "action";
  part: "do" | "check" | "ask";
  action: ActionRow;
}

/** What is due on a day is due when its offices close. */
const endOfWork = 17;

/**
 * What waits for this person: their own open actions that are not put off, the effect of finished ones that they own or
 * gave, and what others have let pass by more days than the organisation allows: of the units they manage, or given by them.
 */
export async function actionsWaiting(store: Bound, actor: Actor, now: Date, atMost: number): Promise<ActionWaiting[]> {
  const today = dayAt(now, actor.zone);
  const { managerAfterDays } = await store.organisation();
  const ownerId = { in: [...actor.standsFor] };
  const managed = hasAccess(actor, "manager") ? [{ unitId: { in: [...actor.managedUnitIds] } }] : [];
  const find = (where: Prisma.ActionWhereInput, day: "dueOn" | "checkOn") =>
    store.action.findMany({
      where,
      include: { owner: named },
      orderBy: [{ [day]: "asc" }, { number: "asc" }],
      take: atMost,
    });
  const [open, toCheck, overdue] = await Promise.all([
    find({ ownerId, state: "open", OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: toColumn(today) } }] }, "dueOn"),
    find(
      {
        state: "done",
        checkedAt: null,
        checkOn: { lte: toColumn(today) },
        OR: [{ ownerId }, { givenById: actor.id }],
      },
      "checkOn",
    ),
    find(
      {
        AND: [visibleActions(actor), { OR: [...managed, { givenById: actor.id }] }],
        state: "open",
        dueOn: { lt: toColumn(dayPlus(today, -managerAfterDays)) },
        NOT: { ownerId },
      },
      "dueOn",
    ),
  ]);
  type Row = (typeof open)[number];
  const waiting = (part: ActionWaiting["part"], row: Row, day: Date, since: Date): ActionWaiting => ({
    type: "action",
    part,
    about: reference(row.number),
    due: closing(day, actor.zone),
    since,
    whose: row.ownerId === actor.id ? null : row.owner,
    action: rowOf(row, today),
  });
  const beginning = (day: Date, days = 0) => startOfDay(dayPlus(fromColumn(day), days), actor.zone);
  return [
    ...open.map((row) => waiting("do", row, row.dueOn, row.givenAt)),
    ...toCheck.map((row) => {
      const day = row.checkOn ?? row.dueOn;
      return waiting("check", row, day, beginning(day));
    }),
    ...overdue.map((row) => waiting("ask", row, row.dueOn, beginning(row.dueOn, managerAfterDays + 1))),
  ];
}

const closing = (day: Date, zone: string): Date =>
  DateTime.fromISO(fromColumn(day), { zone }).set({ hour: endOfWork }).toJSDate();
