import { randomUUID } from "node:crypto";
import type { Input } from "../chat/card.ts";
import type { Draft } from "../domain/drafts.ts";

/** How long somebody may take over a form. */
const keptFor = 60 * 60_000;
const keptAtMost = 1_000;

/**
 * What is too long for a form of somebody who is to leave no trace: in the memory of this process alone, for an hour, under a
 * name that cannot be guessed, and with nobody's name beside it. It is never written down, so a restart forgets it.
 */
export function openUnnamed() {
  const kept = new Map<string, Input>();
  return {
    /** Of the same line as the draft that it follows from. */
    nameAfter: (from: string | undefined): string =>
      `${from !== undefined && kept.has(from) ? lineOf(from) : `unnamed-${randomUUID()}`}/${randomUUID()}`,

    keep(drafts: readonly Draft[]): void {
      for (const { request, input } of drafts) {
        const [oldest] = kept.keys();
        if (kept.size >= keptAtMost && oldest !== undefined) kept.delete(oldest);
        kept.set(request, input);
        setTimeout(() => kept.delete(request), keptFor).unref();
      }
    },

    read: (name: string): Input | undefined => kept.get(name),

    /** Drops a draft with all of its line, since what was filed is done; false where it is none of these. */
    drop(name: string): boolean {
      if (!kept.has(name)) return false;
      for (const other of kept.keys()) if (lineOf(other) === lineOf(name)) kept.delete(other);
      return true;
    },
  };
}

const lineOf = (name: string): string => name.split("/")[0] ?? name;
