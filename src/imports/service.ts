import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { SentFile } from "../chat/sentFile.ts";
import type { Act } from "../domain/act.ts";
import { Refusal } from "../domain/refusal.ts";
import { budgetUnits, mayMeasure, mayRenameLines } from "../domain/staff/access.ts";
import type { Bound, Change, DomainStore, HeldFile } from "../store/store.ts";
import { bring } from "./bring.ts";
import { budget } from "./budget.ts";
import { type Brought, brought } from "./columns.ts";
import { type Finding, Unreadable } from "./file.ts";
import { forget, type KeptFile, keep, settled, stored } from "./kept.ts";
import { kpi } from "./kpi.ts";
import { ledger } from "./ledger.ts";
import type { Recognised } from "./recognise.ts";
import { changesAnything, type ImportOptions, type ImportResult, importPatience } from "./result.ts";
import { type Share, shares } from "./shares.ts";
import { sortsOf, which } from "./which.ts";

/** What is to be said about a file that somebody sent. */
export type Seen =
  | { state: "ready"; number: number; name: string; what: Brought; result: ImportResult; shares: Shares; anew: boolean }
  | { state: "same"; name: string; what: Brought; rows: number }
  | { state: "wrong"; name: string; what: Brought | undefined; errors: Finding[]; more: number }
  | { state: "unclear"; number: number; name: string; fits: Brought[] }
  | { state: "unknown"; name: string; recognised: Recognised | undefined; may: Brought[] }
  | { state: "imported"; what: Brought; added: number; changed: number; unchanged: number; at: Date; now: boolean }
  | { state: "left" };

export interface Shares {
  byUnit: Share[];
  byMonth: Share[];
}

/** Shows how far the work is. */
export type Tell = (words: string) => void;

/** What the import was seen to do: when it would do anything else, it is looked at again. */
const preview = z.object({ digest: z.string(), added: z.number(), changed: z.number(), unchanged: z.number() });

/** Another click of the same button may have the file; it is looked at again after this, in milliseconds. */
const busyFor = 250;

/** Files that people send, to be imported once they have seen what would change. */
export function importService(store: DomainStore) {
  return {
    sorts: sortsOf,

    /** Takes a file in and says what its import would do; `asked` is what they call it. */
    async take(act: Act, sent: SentFile, asked: Brought | undefined, tell: Tell): Promise<Seen> {
      const bound = store.of(act.actor.organisationId);
      tell(`Fetching ${sent.name} …`);
      const file = await keep(bound, act, sent);
      return forgottenUnlessNeeded(bound, file, () => look(bound, act, file, asked, tell, false));
    },

    /** Says what a file is that may be several things, and what its import would do then. */
    async takeAs(act: Act, number: number, what: Brought, tell: Tell): Promise<Seen> {
      const bound = store.of(act.actor.organisationId);
      const file = await bound.sentFile.findFirst({ where: { number, personId: act.actor.id } });
      if (!file || file.expiresAt <= act.now) throw gone();
      if (file.state !== "waiting") return becameOf(file);
      return forgottenUnlessNeeded(bound, file, () => look(bound, act, file, what, tell, false));
    },

    /** Imports it, where that does what was seen; once, however often it is asked. */
    async confirm(act: Act, number: number, tell: Tell): Promise<Seen> {
      const bound = store.of(act.actor.organisationId);
      for (;;) {
        try {
          const seen = await bound.change((change) => importHeld(bound, change, act, number, tell), importPatience);
          if (seen) return seen;
        } catch (error) {
          if (!(error instanceof Otherwise)) throw error;
          const { file, what } = error;
          return forgottenUnlessNeeded(bound, file, () => look(bound, act, file, what, tell, true));
        }
        if ((await bound.sentFile.count({ where: { number, personId: act.actor.id } })) === 0) throw gone();
        await pause(busyFor);
      }
    },

    /** Leaves what is there as it is, and forgets the file. */
    async leave(act: Act, number: number): Promise<Seen> {
      const bound = store.of(act.actor.organisationId);
      return bound.change(async (change) => {
        const held = await change.holdFile(act.actor.id, number);
        if (!held) throw new Refusal(`IMP-${number} is being imported, or it is gone. See what its card says.`);
        if (held.state !== "waiting") return becameOf(held);
        await change.sentFilePiece.deleteMany({ where: { fileId: held.id } });
        await change.sentFile.updateMany({ where: { id: held.id }, data: settled("left", act.now) });
        return { state: "left" };
      });
    },
  };
}

/** Nothing is kept of a file that waits for nobody's word. */
async function forgottenUnlessNeeded(bound: Bound, file: KeptFile, work: () => Promise<Seen>): Promise<Seen> {
  let isNeeded = false;
  try {
    const seen = await work();
    isNeeded = seen.state === "ready" || seen.state === "unclear";
    return seen;
  } finally {
    if (!isNeeded) await forget(bound, file.id);
  }
}

async function look(
  bound: Bound,
  act: Act,
  file: KeptFile,
  asked: Brought | undefined,
  tell: Tell,
  anew: boolean,
): Promise<Seen> {
  const { name, number } = file;
  try {
    tell(`Reading ${name} …`);
    const found = await which(act.actor, stored(bound, file), asked);
    if (typeof found !== "string") {
      const { fits, recognised } = found;
      if (fits.length === 0) return { state: "unknown", name, recognised, may: sortsOf(act.actor) };
      await bound.sentFile.updateMany({ where: { id: file.id }, data: { state: "waiting" } });
      return { state: "unclear", number, name, fits };
    }
    const result = await bound.change(
      (change) => bringing(bound, change, found, file, optionsOf(act, found, true, tell)),
      importPatience,
    );
    if (result.errors.length > 0)
      return { state: "wrong", name, what: found, errors: result.errors, more: result.moreErrors };
    if (!changesAnything(result)) return { state: "same", name, what: found, rows: result.unchanged };
    const data = { state: "waiting", what: found, preview: previewOf(result) };
    const kept = await bound.sentFile.updateMany({
      where: { id: file.id, state: { in: ["reading", "waiting"] } },
      data,
    });
    if (kept.count === 0) throw gone();
    return { state: "ready", number, name, what: found, result, shares: await shares(bound, result.groups), anew };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { state: "wrong", name, what: asked, errors: [error.finding], more: 0 };
  }
}

function bringing(
  bound: Bound,
  change: Change,
  what: Brought,
  file: Pick<KeptFile, "id" | "name">,
  options: ImportOptions,
): Promise<ImportResult> {
  const from = stored(change, file);
  switch (what) {
    case "budget":
      return bring(bound, change, budget, from, options);
    case "ledger":
      return bring(bound, change, ledger, from, options);
    case "kpi":
      return bring(bound, change, kpi, from, options);
  }
}

function optionsOf({ actor, now }: Act, what: Brought, dryRun: boolean, tell: Tell): ImportOptions {
  const books = new Set(budgetUnits(actor));
  return {
    dryRun,
    now,
    by: {
      id: actor.id,
      mayPut: (unitId) => (what === "kpi" ? mayMeasure(actor, unitId) : books.has(unitId)),
      mayRename: mayRenameLines(actor),
    },
    progress: {
      step(label) {
        tell(`${label} …`);
        return () => undefined;
      },
    },
  };
}

/** The import would do something else than was seen. */
class Otherwise extends Error {
  readonly file: KeptFile;
  readonly what: Brought;
  constructor(file: KeptFile, what: Brought) {
    super("The import would do something else than was seen.");
    this.file = file;
    this.what = what;
  }
}

/** Undefined while somebody else has it. */
async function importHeld(
  bound: Bound,
  change: Change,
  act: Act,
  number: number,
  tell: Tell,
): Promise<Seen | undefined> {
  const held = await change.holdFile(act.actor.id, number);
  if (!held) return undefined;
  if (held.state !== "waiting") return becameOf(held);
  const what = brought.find(({ code }) => code === held.what)?.code;
  if (held.expiresAt <= act.now || what === undefined) throw gone();
  const result = await bringing(bound, change, what, held, optionsOf(act, what, false, tell));
  const done = previewOf(result);
  if (result.errors.length > 0 || done.digest !== preview.parse(held.preview).digest)
    throw new Otherwise({ ...held, number }, what);
  await change.sentFilePiece.deleteMany({ where: { fileId: held.id } });
  await change.sentFile.updateMany({
    where: { id: held.id },
    data: { ...settled("imported", act.now), preview: done },
  });
  const { added, changed, unchanged } = done;
  return { state: "imported", what, added, changed, unchanged, at: act.now, now: true };
}

function previewOf({ groups, beside, added, changed, unchanged }: ImportResult): z.infer<typeof preview> {
  const digest = createHash("sha256")
    .update(JSON.stringify([groups, beside, added, changed]))
    .digest("base64url");
  return { digest, added, changed, unchanged };
}

function becameOf({ state, what, preview: kept, at }: Pick<HeldFile, "state" | "what" | "preview" | "at">): Seen {
  const sort = brought.find(({ code }) => code === what)?.code;
  if (state === "left" || sort === undefined) return { state: "left" };
  const { added, changed, unchanged } = preview.parse(kept);
  return { state: "imported", what: sort, added, changed, unchanged, at, now: false };
}

const gone = (): Refusal =>
  new Refusal("This file is no longer kept: it waits for an hour. Send it again, and see what it changes now.");
