import type { Bound, Change } from "../../store/store.ts";
import type { ClockNotice, NewNotice } from "../notices.ts";
import { readLadder, stepsUp } from "../staff/above.ts";

/** Who is told of a clock. */
export interface Whom {
  /** The assignee of what it runs on, else whoever handles the unit. */
  owner: readonly string[];
  /** The next manager up. */
  next: readonly string[];
  /** Quality; without anybody there, the admins. */
  quality: readonly string[];
}

interface Running {
  id: string;
  incidentId: string | null;
  grievanceId: string | null;
}

interface Responsible {
  unitId: string | null;
  assigneeId: string | null;
  leftOutId: string | null;
  /** Whom it was routed to. */
  routed: readonly string[];
  /** Who needs to know of a restricted incident: they alone are told. */
  onlyFor: readonly string[] | undefined;
}

const nobodys: Responsible = { unitId: null, assigneeId: null, leftOutId: null, routed: [], onlyFor: undefined };

/** Finds it for any number of clocks at once, in four queries. */
export async function whomOf(store: Bound | Change, clocks: readonly Running[]): Promise<(id: string) => Whom> {
  const ids = (name: "incidentId" | "grievanceId") => [...new Set(clocks.flatMap((clock) => clock[name] ?? []))];
  const incidents = await store.incident.findMany({
    where: { id: { in: ids("incidentId") } },
    select: {
      id: true,
      unitId: true,
      assigneeId: true,
      leftOutId: true,
      restricted: true,
      access: { select: { personId: true, part: true } },
    },
  });
  const grievances = await store.grievance.findMany({
    where: { id: { in: ids("grievanceId") } },
    select: { id: true, unitId: true, assigneeId: true },
  });
  const records = new Map<string, Responsible>([
    ...incidents.map(({ id, restricted, access, ...rest }): [string, Responsible] => [
      id,
      { ...rest, routed: inPart(access, "routed"), onlyFor: restricted ? inPart(access, "needs-to-know") : undefined },
    ]),
    ...grievances.map(({ id, ...rest }): [string, Responsible] => [id, { ...nobodys, ...rest }]),
  ]);
  const ladder = await readLadder(store);
  const steps = new Map<string, string[][]>();
  const stepsOf = ({ unitId, leftOutId }: Responsible): string[][] => {
    const key = `${unitId} ${leftOutId}`;
    const known = steps.get(key) ?? stepsUp(ladder, unitId ?? "", leftOutId === null ? [] : [leftOutId]);
    steps.set(key, known);
    return known;
  };
  const byId = new Map(clocks.map((clock) => [clock.id, clock]));
  return (id) => {
    const clock = byId.get(id);
    const record = records.get(clock?.incidentId ?? clock?.grievanceId ?? "") ?? nobodys;
    if (record.onlyFor) return { owner: record.onlyFor, next: [], quality: [] };
    return amongSteps(stepsOf(record), record.assigneeId === null ? record.routed : [record.assigneeId]);
  };
}

const inPart = (access: readonly { personId: string; part: string }[], wanted: string): string[] =>
  access.flatMap(({ personId, part }) => (part === wanted ? [personId] : []));

/** @param has who has it: nobody yet where it is empty */
function amongSteps(steps: readonly string[][], has: readonly string[]): Whom {
  const managers = steps.slice(0, -1).flat();
  const quality = steps.at(-1) ?? [];
  const owner = has.length > 0 ? has : managers.slice(0, 1);
  const next = managers.find((id, index) => !owner.includes(id) && index > managers.indexOf(owner[0] ?? ""));
  return { owner: owner.length > 0 ? owner : quality, next: next === undefined ? [] : [next], quality };
}

/** A notice of a clock to one person, of one moment. */
export const ofClock =
  (kind: ClockNotice, recordId: string, moment: Date) =>
  (personId: string): NewNotice => ({
    kind,
    recordId,
    to: { personId },
    dueAt: moment,
    key: `${kind}:${recordId}:${moment.toISOString()}:${personId}`,
  });
