import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Bound, Change, DomainStore, Prisma } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { dayAt, dayPlus, fromColumn, startOfDay, toColumn } from "../days.ts";
import { type Named, named } from "../named.ts";
import { redraw, tell } from "../notices.ts";
import type { Actor } from "./actor.ts";
import { checkCover, checkDays, checkNotCovering, during, type NewLeave } from "./leaveRules.ts";

/** Somebody's leave and who sees to what comes meanwhile; both days (`YYYY-MM-DD`, in the facility's zone) are days of leave. */
export interface Leave {
  id: string;
  person: Named;
  cover: Named;
  from: string;
  until: string;
}

export function leaveService(store: DomainStore) {
  const today = async (bound: Bound, now: Date) => dayAt(now, (await bound.organisation()).zone);
  return {
    /** Goes on leave, instead of any leave of one's own in those days, and tells the cover. The same delivery does it once. */
    async leave({ actor, requestId, now }: Act, { from, until, coverId }: NewLeave): Promise<void> {
      const bound = store.of(actor.organisationId);
      checkDays(from, until, await today(bound, now));
      await bound.change(async (change) => {
        const claimed = await change.claimRequest(requestId, randomUUID(), now);
        if (!claimed.first) return;
        const id = claimed.recordId;
        await checkCover(change, actor, { from, until, coverId });
        await checkNotCovering(change, actor, from, until);
        await drop(change, { ...during(from, until), personId: actor.id }, now);
        await release(change, actor, now);
        await change.away.create({
          data: { id, personId: actor.id, coverId, fromOn: toColumn(from), untilOn: toColumn(until) },
        });
        await tell(change, [
          { kind: "cover-asked", recordId: id, to: { personId: coverId }, dueAt: now, key: `cover-asked:${id}` },
        ]);
        await record(change, actor, now, "person.away");
      });
    },

    /** Is back: the leave of now ends with yesterday, and leave that was to come is none. */
    async back({ actor, now }: Act): Promise<void> {
      const bound = store.of(actor.organisationId);
      const day = await today(bound, now);
      await bound.change(async (change) => {
        const yesterday = toColumn(dayPlus(day, -1));
        const running = { personId: actor.id, fromOn: { lt: toColumn(day) }, untilOn: { gte: toColumn(day) } };
        const current = await change.away.findMany({ where: running, select: { id: true } });
        const ended = await change.away.updateMany({ where: running, data: { untilOn: yesterday } });
        for (const { id } of current) await redraw(change, id, now);
        const dropped = await drop(change, { personId: actor.id, untilOn: { gte: toColumn(day) } }, now);
        await release(change, actor, now);
        if (ended.count + dropped > 0) await record(change, actor, now, "person.back");
      });
    },

    /** This person's leave that is not over yet, and the leave of others that they see to. */
    async of(actor: Actor, now: Date): Promise<{ own: Leave[]; covered: Leave[] }> {
      const bound = store.of(actor.organisationId);
      const day = await today(bound, now);
      const found = await leaves(bound, {
        untilOn: { gte: toColumn(day) },
        OR: [{ personId: actor.id }, { coverId: actor.id }],
      });
      return {
        own: found.filter(({ person }) => person.id === actor.id),
        covered: found.filter(({ cover }) => cover.id === actor.id),
      };
    },

    /** The leave that a person is on at a moment, and when their next working day begins. */
    async running(organisationId: string, personId: string, now: Date): Promise<(Leave & { ends: Date }) | undefined> {
      const bound = store.of(organisationId);
      const { zone } = await bound.organisation();
      const day = dayAt(now, zone);
      const [leave] = await leaves(bound, { ...during(day, day), personId });
      return leave && { ...leave, ends: startOfDay(dayPlus(leave.until, 1), zone) };
    },

    /** Those of many who are on leave at a moment. */
    async onLeave(organisationId: string, personIds: readonly string[], now: Date): Promise<Set<string>> {
      const bound = store.of(organisationId);
      const day = await today(bound, now);
      const found = await bound.away.findMany({
        where: { ...during(day, day), personId: { in: [...personIds] } },
        select: { personId: true },
      });
      return new Set(found.map(({ personId }) => personId));
    },

    /** The leave behind a notice; undefined where it is over or was withdrawn. */
    async forNotice(organisationId: string, id: string, now: Date): Promise<Leave | undefined> {
      const bound = store.of(organisationId);
      const [leave] = await leaves(bound, { id, untilOn: { gte: toColumn(await today(bound, now)) } });
      return leave;
    },
  };
}

async function leaves(bound: Bound, where: Prisma.AwayWhereInput): Promise<Leave[]> {
  const rows = await bound.away.findMany({
    where,
    include: { person: named, cover: named },
    orderBy: { fromOn: "asc" },
  });
  return rows.map(({ id, person, cover, fromOn, untilOn }) => ({
    id,
    person,
    cover,
    from: fromColumn(fromOn),
    until: fromColumn(untilOn),
  }));
}

/** Withdraws leave, and has what its covers were told say so. */
async function drop(change: Change, where: Prisma.AwayWhereInput, now: Date): Promise<number> {
  const found = await change.away.findMany({ where, select: { id: true } });
  const ids = found.map(({ id }) => id);
  await change.away.deleteMany({ where: { id: { in: ids } } });
  for (const id of ids) await redraw(change, id, now);
  return ids.length;
}

/** What waits for the end of a leave is looked at again. */
const release = (change: Change, actor: Actor, now: Date) =>
  change.notice.updateMany({
    where: { personId: actor.id, state: "waiting", dueAt: { lte: now }, tryAt: { gt: now } },
    data: { tryAt: now },
  });

const record = (change: Change, actor: Actor, at: Date, action: string) =>
  audit(change, { at, actorId: actor.id, action, subject: "person", subjectId: actor.id });
