import { randomUUID } from "node:crypto";
import { IANAZone } from "luxon";
import { audit } from "../../audit.ts";
import type { Identity, Profile } from "../../chat/request.ts";
import type { Asker, Change, DomainStore } from "../../store/store.ts";
import type { Author } from "../drafts.ts";
import { literally } from "../like.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "./actor.ts";
import { standingOf } from "./standing.ts";
import { openVisits } from "./visits.ts";

export interface Known {
  actor: Actor;
  /** The platform where this person was last seen is another one now. */
  moved: boolean;
  /** Nobody knows them there yet: they read and fill in as a visitor, and join with their first change. */
  visiting: boolean;
  /** What they write and wrote under: as the person they are, and as the visitor they were. */
  author: Author;
}

/** Who asks: a person of the organisation, or a member of its workspace who becomes staff with their first change. */
export function memberService(store: DomainStore) {
  const visits = openVisits();

  async function whom(identity: Identity, now: Date): Promise<Asker> {
    const asker = await store.asker(identity, now);
    if (!asker)
      throw new Refusal(
        "This workspace is not connected to Rounds, so nothing was filed. Ask the people who run Rounds at your hospital to connect it.",
      );
    if (asker.person && !asker.person.active)
      throw new Refusal(
        `Your access to Rounds at ${asker.organisation} has ended. ${await whomToAsk(store, asker.organisationId)}`,
      );
    return asker;
  }

  /** What a member's profile says; throws a refusal for guests and for whom the platform does not know. */
  async function memberProfile(
    { organisation, organisationId }: Asker,
    identity: Identity,
    profile: () => Promise<Profile | undefined>,
    now: Date,
  ): Promise<Profile> {
    const said = visits.profile(identity, now) ?? (await profile());
    if (!said || said.guest)
      throw new Refusal(
        `Rounds is for the staff of ${organisation}; guests cannot use it. ${await whomToAsk(store, organisationId)}`,
      );
    visits.keep(identity, said, now);
    return said;
  }

  /** Nothing of a visit is stored: who asks may want to leave no trace. Who was imported visits with the rights that they have. */
  async function visitor(asker: Asker, identity: Identity, said: Profile, now: Date): Promise<Known> {
    const { organisationId, organisationZone, inviteOnly } = asker;
    const imported = said.email === undefined ? null : await withEmail(store.of(organisationId), said.email, identity);
    if (imported === null && inviteOnly)
      throw new Refusal(`Rounds is by invitation here. ${await whomToAsk(store, organisationId)}`);
    const found = imported === null ? undefined : await store.asker(identity, now, imported);
    if (found?.person)
      return { ...known({ ...found, person: found.person }, identity, now), moved: false, visiting: true };
    const id = visits.idOf(identity);
    const actor: Actor = {
      id,
      organisationId,
      handle: "visitor",
      name: said.name,
      access: ["staff"],
      zone: zoneOf(said) ?? organisationZone,
      standsFor: [id],
      managedUnitIds: [],
      unitIds: [],
    };
    return { actor, moved: false, visiting: true, author: { organisationId, ids: [id] } };
  }

  function known(asker: Asker & { person: NonNullable<Asker["person"]> }, identity: Identity, now: Date): Known {
    const { seenOn, active: _, covers, ...person } = asker.person;
    return {
      actor: standingOf({ ...asker, person, covers }, now),
      moved: isReached(identity) && seenOn !== identity.platform,
      visiting: false,
      author: { organisationId: asker.organisationId, ids: [person.id, visits.idOf(identity)] },
    };
  }

  return {
    /**
     * Throws a refusal for strangers, guests, people who left, and in an invite-only organisation for everybody who was
     * not added before; each is told whom to ask.
     */
    async identify(identity: Identity, profile: () => Promise<Profile | undefined>, now: Date): Promise<Known> {
      const asker = await whom(identity, now);
      if (asker.person) return known({ ...asker, person: asker.person }, identity, now);
      return visitor(asker, identity, await memberProfile(asker, identity, profile, now), now);
    },

    /** Makes a visitor one of the staff; throws as {@link identify} does. */
    async join(identity: Identity, profile: () => Promise<Profile | undefined>, now: Date): Promise<Known> {
      const asker = await whom(identity, now);
      if (!asker.person) {
        const said = await memberProfile(asker, identity, profile, now);
        await join(store, asker.organisationId, asker.inviteOnly, identity, said, now);
      }
      return this.identify(identity, profile, now);
    },

    /** Notes where this person is reached. */
    async seen(actor: Actor, identity: Identity): Promise<void> {
      await store
        .of(actor.organisationId)
        .person.updateMany({ where: { id: actor.id }, data: { seenOn: identity.platform } });
    },
  };
}

/** Where people are told things; whoever looks through the simulator or a shell is not to be told there from then on. */
const isReached = ({ platform }: Identity): boolean => platform === "slack" || platform === "teams";

/** First change: the person who was imported with this e-mail, or else somebody new with the access of staff. */
async function join(
  store: DomainStore,
  organisationId: string,
  inviteOnly: boolean,
  identity: Identity,
  profile: Profile,
  now: Date,
): Promise<void> {
  const bound = store.of(organisationId);
  try {
    await bound.change(async (change) => {
      const imported = profile.email === undefined ? null : await withEmail(change, profile.email, identity);
      if (!imported && inviteOnly)
        throw new Refusal(`Rounds is by invitation here. ${await whomToAsk(store, organisationId)}`);
      const personId = imported ?? (await newStaff(change, profile));
      const { platform, tenant, user } = identity;
      await change.identity.create({ data: { platform, tenant, user, personId } });
      await audit(change, {
        at: now,
        actorId: personId,
        action: "person.joined",
        subject: "person",
        subjectId: personId,
        details: { platform },
      });
    });
  } catch (error) {
    // Two first messages at once: the other one has made the person.
    if (!(error instanceof Error && "code" in error && error.code === "P2002")) throw error;
  }
}

async function withEmail(change: Pick<Change, "person">, email: string, identity: Identity): Promise<string | null> {
  const person = await change.person.findFirst({
    where: {
      email: { equals: literally(email), mode: "insensitive" },
      active: true,
      identities: { none: { platform: identity.platform, tenant: identity.tenant } },
    },
    select: { id: true },
  });
  return person?.id ?? null;
}

async function newStaff(change: Change, profile: Profile): Promise<string> {
  const id = randomUUID();
  await change.person.create({
    data: {
      id,
      handle: await freeHandle(change, profile),
      name: profile.name,
      email: profile.email ?? null,
      access: ["staff"],
      zone: zoneOf(profile) ?? null,
    },
  });
  return id;
}

const zoneOf = ({ zone }: Profile): string | undefined =>
  zone !== undefined && IANAZone.isValidZone(zone) ? zone : undefined;

/** "jane.lee@…" becomes jane.lee, or jane.lee2 where that is taken. */
async function freeHandle(change: Change, profile: Profile): Promise<string> {
  const source = profile.email?.split("@")[0] ?? profile.name;
  const wanted =
    source
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ".")
      .replace(/^\.+|\.+$/g, "")
      .slice(0, 40) || "staff";
  const taken = new Set(
    (await change.person.findMany({ where: { handle: { startsWith: wanted } }, select: { handle: true } })).map(
      (person) => person.handle,
    ),
  );
  for (let count = 1; ; count += 1) {
    const handle = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken.has(handle)) return handle;
  }
}

async function whomToAsk(store: DomainStore, organisationId: string): Promise<string> {
  const admins = await store.of(organisationId).person.findMany({
    where: { active: true, access: { has: "admin" } },
    select: { name: true },
    orderBy: { name: "asc" },
    take: 3,
  });
  return admins.length > 0
    ? `Ask ${admins.map((admin) => admin.name).join(" or ")}.`
    : "Ask your manager to have you added.";
}
