import { NotFetched, type SentFile } from "../chat/sentFile.ts";
import type { Act } from "../domain/act.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Bound } from "../store/store.ts";
import type { ImportFile } from "./file.ts";

/** In bytes. */
const largest = 20 * 1024 * 1024;
const tooLarge = "The file has more than 20 MB. Split it by months, and send the parts one after the other.";
/** Bytes of a row of the database: of a file no more is held at once. */
const piece = 128 * 1024;

/** How long a file waits for somebody's word, and how long it is known what became of it. In milliseconds. */
const waits = 3_600_000;
const knownFor = 24 * 3_600_000;

export interface KeptFile {
  id: string;
  number: number;
  name: string;
}

/** Takes a file in, for its import alone. The same delivery again gives the same file. Throws a Refusal where it cannot be. */
export async function keep(bound: Bound, act: Act, sent: SentFile): Promise<KeptFile> {
  refuseOtherSorts(sent);
  const file = await bound.change(async (change) => {
    const id = crypto.randomUUID();
    const claim = await change.claimRequest(act.requestId, id, act.now);
    if (!claim.first) return undefined;
    const number = await change.nextNumber("import");
    const name = sent.name.slice(-200);
    const expiresAt = new Date(act.now.getTime() + waits);
    await change.sentFile.create({
      data: { id, number, name, personId: act.actor.id, state: "reading", at: act.now, expiresAt },
    });
    return { id, number, name };
  });
  if (!file) throw new Refusal("This file was sent already. Its answer is above; send it again where it is not.");
  try {
    await store(bound, file.id, sent);
    return file;
  } catch (error) {
    await forget(bound, file.id);
    if (error instanceof NotFetched)
      throw new Refusal("The file could not be fetched from where it was sent. Send it again in a moment.");
    throw error;
  }
}

function refuseOtherSorts({ name, size }: SentFile): void {
  if (/\.xls$/i.test(name))
    throw new Refusal("This is an old Excel workbook. Save it as .xlsx or as CSV, and send that.");
  if (!/\.(csv|tsv|txt|xlsx)$/i.test(name))
    throw new Refusal(
      "Rounds takes tables here, as CSV or XLSX, to import them. “import” tells which, and gives templates.",
    );
  if (size !== undefined && size > largest) throw new Refusal(tooLarge);
}

async function store(bound: Bound, fileId: string, sent: SentFile): Promise<void> {
  let waiting = Buffer.alloc(0);
  let total = 0;
  let number = 0;
  const write = async (bytes: Buffer<ArrayBuffer>) => {
    await bound.sentFilePiece.create({ data: { fileId, number, bytes } });
    number += 1;
  };
  for await (const bytes of sent.read()) {
    total += bytes.length;
    if (total > largest) throw new Refusal(tooLarge);
    waiting = Buffer.concat([waiting, bytes]);
    for (; waiting.length >= piece; waiting = waiting.subarray(piece)) await write(waiting.subarray(0, piece));
  }
  await write(waiting);
}

/** A file that was taken in, to be read from the database. */
export const stored = (
  store: Pick<Bound, "sentFilePiece">,
  { id, name }: Pick<KeptFile, "id" | "name">,
): ImportFile => ({
  name,
  async *open() {
    for (let number = 0; ; number += 1) {
      const found = await store.sentFilePiece.findFirst({ where: { fileId: id, number }, select: { bytes: true } });
      if (!found) return;
      yield found.bytes;
    }
  },
});

export async function forget(bound: Bound, id: string): Promise<void> {
  await bound.sentFile.deleteMany({ where: { id } });
}

/** What is left of a file that is done with: what became of it, and for a day. */
export const settled = (state: "imported" | "left", now: Date) => ({
  state,
  name: "",
  at: now,
  expiresAt: new Date(now.getTime() + knownFor),
});
