import type { Identity, Place, Platform } from "../../chat/request.ts";
import type { Asker, DomainStore } from "../../store/store.ts";
import type { QuietHours } from "../quietHours.ts";
import type { Actor } from "./actor.ts";
import { standingOf } from "./standing.ts";

export interface Recipient {
  actor: Actor;
  quiet: QuietHours | undefined;
  /** Where to tell this person, the best first: chosen in settings, else where last seen, then the others. */
  identities: { identity: Identity; chat: Place | undefined }[];
}

/** "gone" where they left or are on no platform, "elsewhere" where their platforms are not connected just now. */
export type Found = Recipient | "gone" | "elsewhere";

export function recipientService(store: DomainStore) {
  return {
    /** Somebody to be told, with the rights that they have now. */
    async find(organisationId: string, personId: string, platforms: ReadonlySet<Platform>, now: Date): Promise<Found> {
      const person = await store.of(organisationId).person.findFirst({
        where: { id: personId, active: true },
        select: reached,
      });
      const connected = connectedOf(person, platforms);
      if (!person || connected === "gone") return "gone";
      const asker = connected[0] && (await store.asker(connected[0].identity, now));
      return recipientOf(person, connected, asker, now);
    },

    /** The same of many: two statements. */
    async findAll(
      organisationId: string,
      personIds: readonly string[],
      platforms: ReadonlySet<Platform>,
      now: Date,
    ): Promise<Map<string, Found>> {
      const people = await store.of(organisationId).person.findMany({
        where: { id: { in: [...personIds] }, active: true },
        select: { id: true, ...reached },
      });
      const reachable = people.flatMap((person) => {
        const connected = connectedOf(person, platforms);
        return connected === "gone" ? [] : [{ person, connected }];
      });
      const known = reachable.flatMap(({ connected: [first] }) => (first ? [first.identity] : []));
      const askers = known.length === 0 ? [] : await store.askers(known, now);
      const askerAt = new Map(known.map((identity, at) => [identity, askers[at]]));
      const found = new Map<string, Found>(personIds.map((id) => [id, "gone"]));
      for (const { person, connected } of reachable)
        found.set(person.id, recipientOf(person, connected, connected[0] && askerAt.get(connected[0].identity), now));
      return found;
    },

    /** This person has an identity on a platform, so that they can be told something. */
    async isKnown(organisationId: string, personId: string): Promise<boolean> {
      return (await store.of(organisationId).identity.count({ where: { personId, platform: { not: "shell" } } })) > 0;
    },

    /** The person's own chat, where it was kept. */
    async chat(identity: Identity, now: Date): Promise<Place | undefined> {
      const asker = await store.asker(identity, now);
      const found =
        asker &&
        (await store.of(asker.organisationId).identity.findFirst({ where: { ...identity }, select: { chat: true } }));
      return (found?.chat ?? undefined) as Place | undefined;
    },

    /** Keeps the person's own chat, for what is told later; false where nobody knows them yet. */
    async keepChat(identity: Identity, chat: Place, now: Date): Promise<boolean> {
      const asker = await store.asker(identity, now);
      if (!asker?.person) return false;
      const { count } = await store
        .of(asker.organisationId)
        .identity.updateMany({ where: { ...identity }, data: { chat: { ...chat } } });
      return count > 0;
    },
  };
}

const reached = { quietFrom: true, quietUntil: true, reachOn: true, seenOn: true, identities: true } as const;

interface Reached {
  quietFrom: string | null;
  quietUntil: string | null;
  reachOn: string | null;
  seenOn: string | null;
}

type Known = { platform: string; tenant: string; user: string; chat: unknown };

function connectedOf(
  person: { identities: readonly Known[] } | null,
  platforms: ReadonlySet<Platform>,
): Recipient["identities"] | "gone" {
  const identities = (person?.identities ?? [])
    .map(({ platform, tenant, user, chat }) => ({
      identity: { platform: platform as Platform, tenant, user },
      chat: (chat ?? undefined) as Place | undefined,
    }))
    .filter(({ identity }) => identity.platform !== "shell");
  return identities.length === 0 ? "gone" : identities.filter(({ identity }) => platforms.has(identity.platform));
}

function recipientOf(
  person: Reached,
  connected: Recipient["identities"],
  asker: Asker | undefined,
  now: Date,
): Recipient | "elsewhere" {
  if (!asker?.person) return "elsewhere";
  const rank = (platform: string) =>
    platform === person.reachOn ? 0 : platform === person.seenOn ? 1 : platform === "web" ? 3 : 2;
  const { quietFrom: from, quietUntil: until } = person;
  const { seenOn: _, active: __, covers, ...self } = asker.person;
  return {
    actor: standingOf({ ...asker, person: self, covers }, now),
    quiet: from !== null && until !== null ? { from, until } : undefined,
    identities: connected.sort((one, other) => rank(one.identity.platform) - rank(other.identity.platform)),
  };
}
