import { audit } from "../../audit.ts";
import type { Bound } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import type { IncidentDetails } from "./read.ts";

/** What somebody is shown of who filed it. */
type Look = Pick<IncidentDetails, "id" | "identity" | "reporter">;

/**
 * Notes that somebody was shown who filed a confidential report, one row a look; nothing where they were not, or filed it
 * themselves. Called wherever details leave the domain with a name in them: cards, exports.
 */
export async function noteLooks(store: Bound, actor: Actor, looks: readonly Look[], now: Date): Promise<void> {
  const seen = looks.filter(({ identity, reporter }) => identity === "confidential" && typeof reporter === "object");
  if (seen.length === 0) return;
  await store.change(async (change) => {
    for (const { id } of seen)
      await audit(change, {
        at: now,
        actorId: actor.id,
        action: "incident.reporter-seen",
        subject: "incident",
        subjectId: id,
      });
  });
}

/** Notes that somebody was shown these restricted incidents, one row a look. */
export async function noteRestrictedLooks(
  store: Bound,
  actor: Actor,
  incidents: readonly { id: string }[],
  now: Date,
): Promise<void> {
  if (incidents.length === 0) return;
  await store.change(async (change) => {
    for (const { id } of incidents)
      await audit(change, {
        at: now,
        actorId: actor.id,
        action: "incident.viewed",
        subject: "incident",
        subjectId: id,
      });
  });
}
