import type { Place } from "../../chat/request.ts";
import type { Bound, DomainStore } from "../../store/store.ts";
import { dayAt } from "../days.ts";
import { Refusal } from "../refusal.ts";
import { hasAccess } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { changing } from "./change.ts";
import { type Delivery, deliveriesOf, delivering } from "./deliveries.ts";
import { composeDigest, type Digest } from "./digest.ts";
import { type FollowDetails, type FollowPage, findFollow, followOf, followPage, followsShown } from "./follows.ts";
import { gatherDigest } from "./gather.ts";
import { checkMayFollow, mayFollow, targetOf } from "./rights.ts";
import type { Schedule, Timing } from "./schedule.ts";

export interface DigestView extends Digest {
  unit: { id: string; code: string; name: string };
  /** What it was made for: others see no references, names and words that people typed. */
  inPublic: boolean;
  metrics: readonly string[];
  /** `YYYY-MM-DD`, where its reader is. */
  today: string;
  /** What it is one of, and how often that comes; undefined for one that was asked for. */
  follow: ({ id: string } & Timing) | undefined;
}

export interface FollowHistory extends FollowDetails {
  /** The newest first. */
  deliveries: Delivery[];
}

interface Asked {
  unitId: string;
  /** Codes; empty is all that are switched on. */
  metrics: readonly string[];
  inPublic: boolean;
}

export function digestService(store: DomainStore) {
  const of = (actor: Actor) => store.of(actor.organisationId);
  return {
    ...changing(store),
    ...delivering(store),

    /** The digest of a unit as it is now, for this person or, in public, for everybody in a place. */
    async show(actor: Actor, asked: Asked, now: Date): Promise<DigestView> {
      checkMayFollow(actor, asked.unitId, asked.inPublic);
      return view(of(actor), actor, { ...asked, follow: undefined }, now);
    },

    /** One that is followed as it would go out now; throws where this person may not see what it holds. */
    async preview(actor: Actor, id: string, now: Date): Promise<DigestView> {
      const { unitId, metrics, place, schedule, at, zone } = await findFollow(of(actor), actor, id);
      const inPublic = place !== null;
      checkMayFollow(actor, unitId, inPublic);
      const follow = { id, schedule: schedule as Schedule, at, zone };
      return view(of(actor), actor, { unitId, metrics, inPublic, follow }, now);
    },

    /** The digests that come to this person, are theirs, or come to a place. @param page from 1 on */
    list: (actor: Actor, place: Place | undefined, page: number, now: Date): Promise<FollowPage> =>
      followPage(
        of(actor),
        actor,
        { OR: [{ ownerId: actor.id }, ...(place ? [{ target: targetOf(actor, place) }] : [])] },
        page,
        now,
      ),

    /** For admins all that come to places, whoever asked for them. @param page from 1 on */
    async listPlaces(actor: Actor, page: number, now: Date): Promise<FollowPage> {
      if (!hasAccess(actor, "admin"))
        throw new Refusal("Admins see the digests of all channels. “settings digests” lists yours.");
      return followPage(of(actor), actor, { place: { not: {} } }, page, now);
    },

    /** One digest, and how its last ones went. */
    async history(actor: Actor, id: string, now: Date): Promise<FollowHistory> {
      await findFollow(of(actor), actor, id);
      const [follow, deliveries] = await Promise.all([
        followOf(of(actor), actor, { id }, now),
        deliveriesOf(of(actor), id, followsShown),
      ]);
      return { ...follow, deliveries };
    },

    /** Whose rights the digest behind a notice is made under; undefined where it is gone. */
    async ownerOf(organisationId: string, id: string): Promise<string | undefined> {
      const row = await store.of(organisationId).follow.findFirst({ where: { id }, select: { ownerId: true } });
      return row?.ownerId;
    },

    /**
     * The digest behind a notice; undefined where it was stopped, its owner may not see it any more, or silence was chosen
     * and there is nothing to say.
     * @param askedFor somebody asked for it just now
     */
    async forNotice(actor: Actor, id: string, askedFor: boolean, now: Date): Promise<DigestView | undefined> {
      const bound = of(actor);
      const found = await bound.follow.findFirst({ where: { id, nextAt: { not: null } } });
      if (!found) return undefined;
      const { unitId, metrics, place, schedule, at, zone, silentWhenNothing } = found;
      const inPublic = place !== null;
      if (!mayFollow(actor, unitId, inPublic)) return undefined;
      const follow = { id, schedule: schedule as Schedule, at, zone };
      const made = await view(bound, actor, { unitId, metrics, inPublic, follow }, now);
      return made.nothing && silentWhenNothing && !askedFor ? undefined : made;
    },

    /** The digest that somebody is told of because it became theirs; undefined where it is another's by now. */
    async given(actor: Actor, id: string, now: Date): Promise<FollowDetails | undefined> {
      const found = await of(actor).follow.findFirst({ where: { id, ownerId: actor.id, nextAt: { not: null } } });
      return found ? followOf(of(actor), actor, { id }, now) : undefined;
    },

    /** A digest that reached nobody, and when it was due; undefined where it is another's by now. */
    async unreached(actor: Actor, noticeId: string, now: Date) {
      const notice = await of(actor).notice.findFirst({ where: { id: noticeId, kind: "digest", state: "failed" } });
      const follow = notice && (await this.given(actor, notice.recordId, now));
      return follow ? { follow, dueAt: notice.dueAt } : undefined;
    },
  };
}

async function view(
  bound: Bound,
  actor: Actor,
  asked: Asked & Pick<DigestView, "follow">,
  now: Date,
): Promise<DigestView> {
  const { inPublic, metrics, follow, unitId } = asked;
  const [unit, parts, { zone }] = await Promise.all([
    bound.unit.findFirstOrThrow({ where: { id: unitId }, select: { id: true, code: true, name: true } }),
    gatherDigest(bound, actor, asked, now),
    bound.organisation(),
  ]);
  const digest = composeDigest(parts, { unitId, today: dayAt(now, zone) });
  return { ...digest, unit, inPublic, metrics, follow, today: dayAt(now, follow?.zone ?? actor.zone) };
}
