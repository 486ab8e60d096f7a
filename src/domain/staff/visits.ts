import { createHmac, randomBytes } from "node:crypto";
import type { Identity, Profile } from "../../chat/request.ts";

/** A profile is asked for again after this: who became a guest or left is refused then. */
const profileStands = 5 * 60_000;
const keptAtMost = 2_000;

/**
 * Members of a workspace whom the directory does not have yet, in the memory of this process alone. Their ids come from a key
 * that ends with the process: they stay the same while it runs, and lead to nobody afterwards.
 */
export function openVisits() {
  const key = randomBytes(32);
  const profiles = new Map<string, { said: Profile; until: number }>();

  /** A UUID, version 8. https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
  function idOf({ platform, tenant, user }: Identity): string {
    const hex = createHmac("sha256", key)
      .update(JSON.stringify([platform, tenant, user]))
      .digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  return {
    idOf,
    profile(identity: Identity, now: Date): Profile | undefined {
      const kept = profiles.get(idOf(identity));
      return kept && kept.until > now.getTime() ? kept.said : undefined;
    },
    keep(identity: Identity, said: Profile, now: Date): void {
      const id = idOf(identity);
      if (profiles.get(id)?.said === said) return;
      const [oldest] = profiles.keys();
      if (profiles.size >= keptAtMost && oldest !== undefined) profiles.delete(oldest);
      profiles.set(id, { said, until: now.getTime() + profileStands });
    },
  };
}
