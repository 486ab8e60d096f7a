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
import { type Asked, gatherDigests } from "./gather.ts";
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

export function digestService(store: DomainStore) {
  const of = (actor: Actor) => store.of(actor.organisationId);
  return {
    ...changing(store),
    ...delivering(store),

    /** The digest of a unit as it is now, for this person or, in public, for everybody in a place. */
    async show(actor: Actor, asked: Omit<Asked, "actor">, now: Date): Promise<DigestView> {
      checkMayFollow(actor, asked.unitId, asked.inPublic);
      return view(of(actor), { actor, ...asked, follow: undefined }, now);
    },

    /** One that is followed as it would go out now; throws where this person may not see what it holds. */
    async preview(actor: Actor, id: string, now: Date): Promise<DigestView> {
      const { unitId, metrics, place, schedule, at, zone } = await findFollow(of(actor), actor, id);
      const inPublic = place !== null;
      checkMayFollow(actor, unitId, inPublic);
      const follow = { id, schedule: schedule as Schedule, at, zone };
      return view(of(actor), { actor, unitId, metrics, inPublic, follow }, now);
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
      const [made] = await this.forNotices(actor.organisationId, [{ actor, id, askedFor }], now);
      return made;
    },

    /** The same of many in one organisation, by a number of queries that does not grow with theirs. */
    async forNotices(
      organisationId: string,
      those: readonly { actor: Actor; id: string; askedFor: boolean }[],
      now: Date,
    ): Promise<(DigestView | undefined)[]> {
      const bound = store.of(organisationId);
      const where = { id: { in: those.map(({ id }) => id) }, nextAt: { not: null } };
      const follows = new Map((await bound.follow.findMany({ where })).map((follow) => [follow.id, follow]));
      const asked = those.flatMap(({ actor, id, askedFor }, at) => {
        const found = follows.get(id);
        if (!found || !mayFollow(actor, found.unitId, found.place !== null)) return [];
        const { unitId, metrics, place, schedule, at: time, zone, silentWhenNothing } = found;
        const follow = { id, schedule: schedule as Schedule, at: time, zone };
        return { at, silent: silentWhenNothing && !askedFor, actor, unitId, metrics, inPublic: place !== null, follow };
      });
      const made = new Array<DigestView | undefined>(those.length).fill(undefined);
      for (const [nth, view] of (await views(bound, asked, now)).entries()) {
        const { at = 0, silent = false } = asked[nth] ?? {};
        if (!(view.nothing && silent)) made[at] = view;
      }
      return made;
    },

    /** The digest that somebody is told of because it became theirs; undefined where it is another's by now. */
    async given(actor: Actor, id: string, now: Date): Promise<FollowDetails | undefined> {
      const found = await of(actor).follow.findFirst({ where: { id, ownerId: actor.id, nextAt: { not: null } } });
      return found ? followOf(of(actor), actor, { id }, now) : undefined;
    },

    /** The unit whose digest a person had; undefined where they have it again. */
    async ended(actor: Actor, unitId: string): Promise<{ name: string } | undefined> {
      const bound = of(actor);
      const again = await bound.follow.count({ where: { unitId, target: actor.id, nextAt: { not: null } } });
      if (again > 0) return undefined;
      return (await bound.unit.findFirst({ where: { id: unitId }, select: { name: true } })) ?? undefined;
    },

    /** A digest that reached nobody, and when it was due; undefined where it is another's by now. */
    async unreached(actor: Actor, noticeId: string, now: Date) {
      const notice = await of(actor).notice.findFirst({ where: { id: noticeId, kind: "digest", state: "failed" } });
      const follow = notice && (await this.given(actor, notice.recordId, now));
      return follow ? { follow, dueAt: notice.dueAt } : undefined;
    },
  };
}

type Viewed = Asked & Pick<DigestView, "follow">;

async function view(bound: Bound, asked: Viewed, now: Date): Promise<DigestView> {
  const [made] = await views(bound, [asked], now);
  if (!made) throw new Error("No digest was made.");
  return made;
}

/** One for each, in their order. */
async function views(bound: Bound, asked: readonly Viewed[], now: Date): Promise<DigestView[]> {
  if (asked.length === 0) return [];
  const [rows, parts, { zone }] = await Promise.all([
    bound.unit.findMany({
      where: { id: { in: asked.map(({ unitId }) => unitId) } },
      select: { id: true, code: true, name: true },
    }),
    gatherDigests(bound, asked, now),
    bound.organisation(),
  ]);
  const units = new Map(rows.map((unit) => [unit.id, unit]));
  return asked.map(({ actor, unitId, inPublic, metrics, follow }, at) => {
    const [unit, of] = [units.get(unitId), parts[at]];
    if (!unit || !of) throw new Error("The unit is gone.");
    const digest = composeDigest(of, { unitId, today: dayAt(now, zone) });
    return { ...digest, unit, inPublic, metrics, follow, today: dayAt(now, follow?.zone ?? actor.zone) };
  });
}
