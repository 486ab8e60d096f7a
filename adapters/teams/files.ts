import { randomUUID } from "node:crypto";
import type { Card, File } from "../../src/chat/card.ts";
import { SendFailed } from "../../src/chat/messenger.ts";
import type { Place } from "../../src/chat/request.ts";
import { plain } from "../../src/chat/text.ts";
import type { Log } from "../../src/log.ts";
import type { Connector } from "./connector.ts";
import { fileMilliseconds, sendMilliseconds } from "./limits.ts";
import { isRecord } from "./payload.ts";
import { Remembered } from "./people.ts";
import { word } from "./read.ts";
import { type Patience, patient } from "./retry.ts";

interface Waiting {
  file: File;
  /** The chat that it was offered in: it is given to nobody else. */
  conversation: string;
  until: number;
}

/**
 * Files go into the person's own OneDrive, once Teams has asked them. They wait in memory: after a restart the person
 * is told to ask for the file again.
 */
export class Files {
  readonly #waiting = new Remembered<Waiting>();
  readonly #connector: Connector;
  readonly #log: Log;

  constructor(connector: Connector, log: Log) {
    this.#connector = connector;
    this.#log = log;
  }

  /** Offers every file of the card in a person's own chat. The card was sent: what fails here does not send it again. */
  async offer(place: Place, card: Card, patience: Patience): Promise<void> {
    for (const block of card.blocks) {
      if (block.type !== "file") continue;
      const key = randomUUID();
      const content = {
        description: plain(block.description, "UTC"),
        sizeInBytes: Buffer.from(block.file.base64, "base64").byteLength,
        acceptContext: { file: key },
        declineContext: { file: key },
      };
      this.#waiting.set(key, {
        file: block.file,
        conversation: place.conversation,
        until: Date.now() + fileMilliseconds,
      });
      const attachment = {
        contentType: "application/vnd.microsoft.teams.card.file.consent",
        name: block.file.name,
        content,
      };
      try {
        await this.#connector.send(place, { attachment }, patience);
      } catch (cause) {
        this.#log.warn({ platform: "teams", reason: "file", cause }, "A file could not be offered.");
      }
    }
  }

  /** The person agreed: uploads the file to where Teams says. Returns whether the file was still there. */
  async accept(place: Place, value: unknown): Promise<boolean> {
    const { key, upload } = readConsent(value);
    const waiting = this.#waiting.get(key);
    if (waiting === undefined || waiting.conversation !== place.conversation || waiting.until < Date.now())
      return false;
    this.#waiting.delete(key);
    const bytes = Buffer.from(waiting.file.base64, "base64");
    await put(word(upload.uploadUrl), bytes);
    const attachment = {
      contentType: "application/vnd.microsoft.teams.card.file.info",
      contentUrl: word(upload.contentUrl),
      name: waiting.file.name,
      content: { uniqueId: word(upload.uniqueId), fileType: word(upload.fileType) },
    };
    await this.#connector.send(place, { attachment }, patient);
    return true;
  }

  decline(value: unknown): void {
    this.#waiting.delete(readConsent(value).key);
  }
}

function readConsent(value: unknown): { key: string; upload: Record<string, unknown> } {
  const context = isRecord(value) && isRecord(value.context) ? value.context : {};
  const upload = isRecord(value) && isRecord(value.uploadInfo) ? value.uploadInfo : {};
  return { key: word(context.file), upload };
}

async function put(url: string, bytes: Buffer<ArrayBuffer>): Promise<void> {
  const answer = await fetch(url, {
    method: "PUT",
    body: bytes,
    headers: { "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}` },
    signal: AbortSignal.timeout(sendMilliseconds),
  });
  if (!answer.ok) throw new SendFailed(`The upload was answered ${answer.status}.`, { final: false });
}
