import { audit } from "../../audit.ts";
import type { Place } from "../../chat/request.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/actor.ts";
import { type FollowDetails, findToChange, followOf } from "./follows.ts";
import { givenNotice, mayOwn } from "./owners.ts";
import { checkMayFollow, targetOf } from "./rights.ts";
import { nextDigest, type Schedule } from "./schedule.ts";

export interface NewFollow {
  unitId: string;
  /** Codes; empty is all that are switched on. */
  metrics: readonly string[];
  schedule: Schedule;
  /** `HH:mm` in the asker's zone. */
  at: string;
  silentWhenNothing: boolean;
  /** Undefined for the asker's own chat. */
  place: Place | undefined;
}

/** Digests of one person or place; more would not be read. */
const followsAtMost = 50;
/** Clicks within this time send one, in milliseconds. */
const sentOnceIn = 60_000;
/** In the key of a notice that somebody asked for: it is sent even where there is nothing to say. */
const askedFor = ":asked:";

export const isAskedFor = (noticeKey: string): boolean => noticeKey.includes(askedFor);

export function changing(store: DomainStore) {
  const of = (actor: Actor) => store.of(actor.organisationId);
  return {
    /** The digest of a unit from now on, to this person or a place; asked for again, it is changed. */
    async follow({ actor, now }: Act, given: NewFollow): Promise<FollowDetails> {
      const { unitId, schedule, at, place, metrics, silentWhenNothing } = given;
      checkMayFollow(actor, unitId, place !== undefined);
      const target = targetOf(actor, place);
      await of(actor).change(async (change) => {
        const { holidays } = await change.lockOrganisation();
        const others = await change.follow.count({
          where: { target, unitId: { not: unitId }, nextAt: { not: null } },
        });
        if (others >= followsAtMost)
          throw new Refusal(`${followsAtMost} digests go there already. Stop one with “kpi unfollow” first.`, "unit");
        const timing = { schedule, at, zone: actor.zone };
        const data = {
          ...timing,
          ownerId: actor.id,
          metrics: [...metrics],
          silentWhenNothing,
          nextAt: nextDigest(timing, new Set(holidays), now),
          ...(place && { place: { ...place } }),
        };
        const changed = await change.follow.updateMany({ where: { unitId, target }, data });
        if (changed.count === 0) await change.follow.create({ data: { ...data, unitId, target } });
        await noted(change, actor, now, "digest.followed", unitId);
      });
      return followOf(of(actor), actor, { unitId, target }, now);
    },

    /** Changes what a digest holds and when it comes, from wherever it is asked; it stays whose it is and where it goes. */
    async alter({ actor, now }: Act, id: string, given: Omit<NewFollow, "place">): Promise<FollowDetails> {
      const { unitId, zone } = await findToChange(of(actor), actor, id);
      if (given.unitId !== unitId)
        throw new Refusal("A digest stays with its unit. Stop this one, and ask for that of the other unit.", "unit");
      const { schedule, at, metrics, silentWhenNothing } = given;
      await of(actor).change(async (change) => {
        const { holidays } = await change.lockOrganisation();
        const nextAt = nextDigest({ schedule, at, zone }, new Set(holidays), now);
        const data = { schedule, at, metrics: [...metrics], silentWhenNothing, nextAt };
        await change.follow.updateMany({ where: { id }, data });
        await noted(change, actor, now, "digest.followed", unitId, { digest: id });
      });
      return followOf(of(actor), actor, { id }, now);
    },

    /** No digest of the unit there any more; stopped already is stopped. */
    async unfollow({ actor, now }: Act, unitId: string, place: Place | undefined): Promise<FollowDetails> {
      if (place !== undefined) checkMayFollow(actor, unitId, true);
      const which = { unitId, target: targetOf(actor, place) };
      await of(actor).change((change) => stop(change, actor, which, unitId, now));
      return followOf(of(actor), actor, which, now);
    },

    /** The same of any digest that this person may change. */
    async stop({ actor, now }: Act, id: string): Promise<FollowDetails> {
      const { unitId } = await findToChange(of(actor), actor, id);
      await of(actor).change((change) => stop(change, actor, { id }, unitId, now));
      return followOf(of(actor), actor, { id }, now);
    },

    /** A place's digest is somebody else's from now on and made under their rights; they are told. */
    async give({ actor, now }: Act, id: string, personId: string): Promise<FollowDetails> {
      const { unitId, place, ownerId } = await findToChange(of(actor), actor, id);
      if (place === null)
        throw new Refusal("What comes to a person is theirs alone. Others ask for their own with “kpi follow”.", "to");
      await of(actor).change(async (change) => {
        if (!(await mayOwn(change, unitId, personId)))
          throw new Refusal(
            "A channel’s digest is made under the rights of a manager of the unit, of a unit above, or of quality. Choose one of them.",
            "to",
          );
        const where = { id, ownerId: { not: personId } };
        const given = await change.follow.updateMany({ where, data: { ownerId: personId } });
        if (given.count === 0) return;
        await noted(change, actor, now, "digest.given", unitId, { digest: id, from: ownerId, to: personId });
        if (personId !== actor.id) await tell(change, [givenNotice(id, personId, now)]);
      });
      return followOf(of(actor), actor, { id }, now);
    },

    /** Sends it where it goes, beside those of its schedule; clicks that come together send one. */
    async sendNow({ actor, now, requestId }: Act, id: string): Promise<FollowDetails> {
      const { ownerId, place, unitId } = await findToChange(of(actor), actor, id);
      await of(actor).change(async (change) => {
        // Of several clicks the others wait here, and then find that it is on its way.
        const held = await change.follow.updateMany({ where: { id, nextAt: { not: null } }, data: { ownerId } });
        if (held.count === 0) throw new Refusal("It was stopped, so nothing was sent. “kpi follow” begins it again.");
        const since = new Date(now.getTime() - sentOnceIn);
        const before = await change.notice.count({
          where: { recordId: id, kind: "digest", dueAt: { gt: since }, state: { notIn: ["failed", "withdrawn"] } },
        });
        if (before > 0) return;
        // Rounds wrote the row; the column holds a Place as JSON.
        const to = place ? { place: place as unknown as Place } : { personId: ownerId };
        const key = `digest:${id}${askedFor}${requestId}`;
        await tell(change, [{ kind: "digest", recordId: id, to, dueAt: now, key }]);
        await noted(change, actor, now, "digest.sent", unitId, { digest: id });
      });
      return followOf(of(actor), actor, { id }, now);
    },
  };
}

async function stop(
  change: Change,
  actor: Actor,
  which: { id: string } | { unitId: string; target: string },
  unitId: string,
  now: Date,
): Promise<void> {
  const stopped = await change.follow.updateMany({
    where: { ...which, nextAt: { not: null } },
    data: { nextAt: null },
  });
  if (stopped.count > 0) await noted(change, actor, now, "digest.stopped", unitId);
}

const noted = (
  change: Change,
  actor: Actor,
  at: Date,
  action: string,
  unitId: string,
  details: Record<string, string> = {},
) => audit(change, { at, actorId: actor.id, action, subject: "unit", subjectId: unitId, details });
