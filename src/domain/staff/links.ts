import { createHash, randomInt } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { Refusal } from "../refusal.ts";
import { type Access, accesses } from "./actor.ts";
import { moveEverything } from "./moveEverything.ts";

/** How long a code joins two identities. */
const validFor = 15 * 60_000;
/** Codes that a person may try in that time, so that none is found by guessing. */
const triesAllowed = 5;

/** Joins one person's Slack and Teams identities: a code asked for in one is given in the other. */
export function linkService(store: DomainStore) {
  const tries = new Map<string, number[]>();
  return {
    /** A new code for this person; earlier ones end. Only its hash is kept. */
    async code({ actor, now }: Act): Promise<string> {
      const code = `${randomInt(10_000, 100_000)}-${randomInt(10_000, 100_000)}`;
      await store.of(actor.organisationId).change(async (change) => {
        await change.linkCode.deleteMany({ where: { personId: actor.id } });
        await change.linkCode.create({
          data: { hash: hashOf(code), personId: actor.id, expiresAt: new Date(now.getTime() + validFor) },
        });
      });
      return code;
    },

    /** Joins the person who gives the code with the one who asked for it; returns where the one person is known now. */
    async join({ actor, now }: Act, code: string): Promise<string[]> {
      const recent = (tries.get(actor.id) ?? []).filter((at) => at > now.getTime() - validFor);
      if (recent.length >= triesAllowed)
        throw new Refusal("Too many codes were tried. Wait a quarter of an hour and ask for a new one with “link”.");
      tries.set(actor.id, [...recent, now.getTime()]);
      return store.of(actor.organisationId).change(async (change) => {
        const found = await change.linkCode.findFirst({ where: { hash: hashOf(code.trim()), expiresAt: { gt: now } } });
        if (!found)
          throw new Refusal(
            "This code is not valid, or it has run out. Type “link” in the other app for a new one.",
            "code",
          );
        if (found.personId === actor.id)
          throw new Refusal("You asked for this code here. Give it to Rounds in the other app.", "code");
        const { kept, left } = await keptAndLeft(change, found.personId, actor.id);
        await moveEverything(change, left, kept);
        await change.linkCode.deleteMany({ where: { personId: found.personId } });
        await audit(change, {
          at: now,
          actorId: kept,
          action: "person.linked",
          subject: "person",
          subjectId: kept,
          details: { joined: left },
        });
        return (await change.identity.findMany({ where: { personId: kept }, select: { platform: true } })).map(
          (identity) => identity.platform,
        );
      });
    },
  };
}

const hashOf = (code: string): string => createHash("sha256").update(code).digest("hex");

/** Of two records of one person the one with more access is kept, with the access and units of both, and what it lacks. */
async function keptAndLeft(change: Change, one: string, other: string): Promise<{ kept: string; left: string }> {
  const people = await change.person.findMany({
    where: { id: { in: [one, other] }, active: true },
    select: {
      id: true,
      access: true,
      unitIds: true,
      jobs: true,
      email: true,
      supervisorId: true,
      zone: true,
      hiredOn: true,
      quietFrom: true,
      quietUntil: true,
      reachOn: true,
    },
  });
  const [first, second] = [people.find((person) => person.id === one), people.find((person) => person.id === other)];
  if (!first || !second) throw new Refusal("One of the two has left. Ask an admin to look at the directory.");
  const kept = second.access.length > first.access.length ? second : first;
  const left = kept === first ? second : first;
  const both = (a: string[], b: string[]) => [...new Set([...a, ...b])];
  await change.person.updateMany({
    where: { id: kept.id },
    data: {
      access: both(kept.access, left.access).filter((access): access is Access =>
        accesses.some((known) => known === access),
      ),
      unitIds: both(kept.unitIds, left.unitIds),
      jobs: both(kept.jobs, left.jobs),
      email: kept.email ?? left.email,
      supervisorId: supervisor(kept, left),
      zone: kept.zone ?? left.zone,
      hiredOn: kept.hiredOn ?? left.hiredOn,
      reachOn: kept.reachOn ?? left.reachOn,
      ...(kept.quietFrom === null && { quietFrom: left.quietFrom, quietUntil: left.quietUntil }),
    },
  });
  return { kept: kept.id, left: left.id };
}

/** Nobody is their own supervisor, also not under the name that they had before. */
function supervisor(
  kept: { id: string; supervisorId: string | null },
  left: { id: string; supervisorId: string | null },
): string | null {
  return [kept.supervisorId, left.supervisorId].find((id) => id !== null && id !== kept.id && id !== left.id) ?? null;
}
