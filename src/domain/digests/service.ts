import { audit } from "../../audit.ts";
import type { Place } from "../../chat/request.ts";
import type { Bound, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { dayAt } from "../days.ts";
import { checkSeesMeasures } from "../kpis/sight.ts";
import { Refusal } from "../refusal.ts";
import { mayMeasure, maySeeMeasures } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { composeDigest, type Digest } from "./digest.ts";
import { gatherDigest } from "./gather.ts";
import { nextDigest, type Schedule, type Timing } from "./schedule.ts";

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

export interface FollowDetails extends Timing {
  unit: { id: string; code: string; name: string };
  metrics: readonly string[];
  silentWhenNothing: boolean;
  inPublic: boolean;
  /** Null when it is stopped. */
  nextAt: Date | null;
}

export interface DigestView extends Digest {
  unit: { id: string; code: string; name: string };
  /** What it was made for: others see no references, names and words that people typed. */
  inPublic: boolean;
  metrics: readonly string[];
  /** `YYYY-MM-DD`, where its reader is. */
  today: string;
  /** How often it comes; undefined for one that was asked for. */
  timing: Timing | undefined;
}

/** Digests of one person or place; more would not be read. */
const followsAtMost = 50;

export function digestService(store: DomainStore) {
  const of = (actor: Actor) => store.of(actor.organisationId);
  return {
    /** The digest of a unit from now on, to this person or a place; asked for again, it is changed. */
    async follow({ actor, now }: Act, given: NewFollow): Promise<FollowDetails> {
      const { unitId, schedule, at, place, metrics, silentWhenNothing } = given;
      checkMayFollow(actor, unitId, place !== undefined);
      const bound = of(actor);
      const target = targetOf(actor, place);
      await bound.change(async (change) => {
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
      return details(bound, unitId, target);
    },

    /** No digest of the unit there any more; stopped already is stopped. */
    async unfollow({ actor, now }: Act, unitId: string, place: Place | undefined): Promise<FollowDetails> {
      if (place !== undefined) checkMayFollow(actor, unitId, true);
      const bound = of(actor);
      const target = targetOf(actor, place);
      await bound.change(async (change) => {
        const stopped = await change.follow.updateMany({
          where: { unitId, target, nextAt: { not: null } },
          data: { nextAt: null },
        });
        if (stopped.count > 0) await noted(change, actor, now, "digest.stopped", unitId);
      });
      return details(bound, unitId, target);
    },

    /** The digest of a unit as it is now, for this person or, in public, for everybody in a place. */
    async show(
      actor: Actor,
      { unitId, metrics, inPublic }: { unitId: string; metrics: readonly string[]; inPublic: boolean },
      now: Date,
    ): Promise<DigestView> {
      checkMayFollow(actor, unitId, inPublic);
      return view(of(actor), actor, { unitId, metrics, inPublic, timing: undefined }, now);
    },

    /** The digests that come to this person, and to a place. */
    async list(actor: Actor, place: Place | undefined): Promise<{ mine: FollowDetails[]; there: FollowDetails[] }> {
      const rows = await of(actor).follow.findMany({
        where: {
          target: { in: [targetOf(actor, undefined), ...(place ? [targetOf(actor, place)] : [])] },
          nextAt: { not: null },
        },
        include: { unit: { select: unitShown } },
        orderBy: [{ unit: { name: "asc" } }, { id: "asc" }],
      });
      const all = rows.map(detailsOf);
      return { mine: all.filter((one) => !one.inPublic), there: all.filter((one) => one.inPublic) };
    },

    /** Whose rights the digest behind a notice is made under; undefined where it is gone. */
    async ownerOf(organisationId: string, id: string): Promise<string | undefined> {
      const row = await store.of(organisationId).follow.findFirst({ where: { id }, select: { ownerId: true } });
      return row?.ownerId;
    },

    /** The digest behind a notice; undefined where it was stopped, its owner may not see it any more, or silence was asked for. */
    async forNotice(actor: Actor, id: string, now: Date): Promise<DigestView | undefined> {
      const bound = of(actor);
      const follow = await bound.follow.findFirst({ where: { id, nextAt: { not: null } } });
      if (!follow) return undefined;
      const { unitId, metrics, place, schedule, at, zone, silentWhenNothing } = follow;
      const inPublic = place !== null;
      if (!mayFollow(actor, unitId, inPublic)) return undefined;
      const timing = { schedule: schedule as Schedule, at, zone };
      const made = await view(bound, actor, { unitId, metrics, inPublic, timing }, now);
      return made.nothing && silentWhenNothing ? undefined : made;
    },
  };
}

const targetOf = (actor: Actor, place: Place | undefined): string =>
  place ? `${place.platform}/${place.tenant}/${place.conversation}` : actor.id;

/** What one sees oneself; in a place, what one manages. */
const mayFollow = (actor: Actor, unitId: string, inPublic: boolean): boolean =>
  inPublic ? mayMeasure(actor, unitId) : maySeeMeasures(actor, unitId);

function checkMayFollow(actor: Actor, unitId: string, inPublic: boolean): void {
  checkSeesMeasures(actor, unitId);
  if (!mayFollow(actor, unitId, inPublic))
    throw new Refusal(
      "A unit’s digest comes to a channel where its manager or quality asks for it. Ask them, or have it sent to you.",
      "unit",
    );
}

async function view(
  bound: Bound,
  actor: Actor,
  asked: Pick<DigestView, "inPublic" | "metrics" | "timing"> & { unitId: string },
  now: Date,
): Promise<DigestView> {
  const [unit, parts, { zone }] = await Promise.all([
    bound.unit.findFirstOrThrow({ where: { id: asked.unitId }, select: unitShown }),
    gatherDigest(bound, actor, asked, now),
    bound.organisation(),
  ]);
  const { inPublic, metrics, timing, unitId } = asked;
  const digest = composeDigest(parts, { unitId, today: dayAt(now, zone) });
  return { ...digest, unit, inPublic, metrics, timing, today: dayAt(now, timing?.zone ?? actor.zone) };
}

const unitShown = { id: true, code: true, name: true } as const;

async function details(bound: Bound, unitId: string, target: string): Promise<FollowDetails> {
  const row = await bound.follow.findFirst({ where: { unitId, target }, include: { unit: { select: unitShown } } });
  if (!row) throw new Refusal("There is no digest of that unit here. “kpi follow” asks for one.", "unit");
  return detailsOf(row);
}

const detailsOf = <Row extends { schedule: string; place: unknown }>(row: Row) => ({
  ...row,
  schedule: row.schedule as Schedule,
  inPublic: row.place !== null,
});

const noted = (change: Parameters<typeof audit>[0], actor: Actor, at: Date, action: string, unitId: string) =>
  audit(change, { at, actorId: actor.id, action, subject: "unit", subjectId: unitId });
