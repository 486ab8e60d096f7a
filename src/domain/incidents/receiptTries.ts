import { createHmac, randomBytes } from "node:crypto";
import { Refusal } from "../refusal.ts";

/** How many receipts that open nothing somebody may try in so long, and all of an organisation together. */
const within = 10 * 60_000;
const wrongByOne = 5;
const wrongByAll = 50;

/** Tries of receipts, in the memory of this process alone, by keyed hashes that end with it. */
export function openTries() {
  const key = randomBytes(32);
  const hashOf = (of: string): string => createHmac("sha256", key).update(of).digest("base64url");
  /** When receipts that opened nothing, or that are still looked for, were given. */
  let tries: { by: string; organisation: string; at: number }[] = [];

  return {
    /**
     * Counts a try as wrong before it is known to be one, so that many at once are not more; what is returned takes it
     * back. Throws the same refusal whatever the receipt is where there were too many.
     */
    begin(by: string, organisation: string, now: Date): () => void {
      tries = tries.filter(({ at }) => at > now.getTime() - within);
      const made = { by: hashOf(by), organisation, at: now.getTime() };
      const ofOne = tries.filter((one) => one.by === made.by).length;
      const ofAll = tries.filter((one) => one.organisation === organisation).length;
      if (ofOne >= wrongByOne || ofAll >= wrongByAll)
        throw new Refusal("Too many receipts that open nothing were tried. Wait ten minutes, then give yours again.");
      tries.push(made);
      return () => {
        tries = tries.filter((one) => one !== made);
      };
    },
  };
}
