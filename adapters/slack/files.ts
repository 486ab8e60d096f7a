import { setTimeout as pause } from "node:timers/promises";
import { NotFetched, type SentFile } from "../../src/chat/sentFile.ts";
import type { Log } from "../../src/log.ts";
import { downloadMilliseconds } from "./limits.ts";
import { word } from "./metadata.ts";

/** How often Slack may send a download elsewhere. */
const redirects = 3;

/** Milliseconds before each further try: Slack may still be looking at a file that it has told of. */
const tries: readonly number[] = [0, 1_000, 3_000];

/** What is needed to fetch files that people send. */
export interface Downloads {
  token: string;
  /** Nothing of ours goes to an address that is not Slack's, whatever a payload says. */
  isSlacks(url: string): boolean;
  log: Log;
}

/** The files of a message, which are fetched when they are wanted. */
export const sentFiles = (files: readonly Record<string, unknown>[], downloads: Downloads): SentFile[] =>
  files.map((file) => ({
    name: word(file.name) || word(file.title),
    ...(typeof file.size === "number" && { size: file.size }),
    read: () => download(word(file.url_private_download) || word(file.url_private), downloads),
  }));

async function* download(url: string, { token, isSlacks, log }: Downloads): AsyncIterable<Uint8Array> {
  const signal = AbortSignal.timeout(downloadMilliseconds);
  try {
    const answer = await fetched(url, token, isSlacks, signal);
    if (answer.body === null) throw new Error("The download holds nothing.");
    for await (const bytes of answer.body) yield bytes;
  } catch (cause) {
    log.warn({ platform: "slack", reason: "download", cause }, "A file could not be fetched.");
    throw new NotFetched("Slack did not give the file.", { cause });
  }
}

async function fetched(
  url: string,
  token: string,
  isSlacks: (url: string) => boolean,
  signal: AbortSignal,
): Promise<Response> {
  let last: unknown;
  for (const wait of tries) {
    await pause(wait, undefined, { signal });
    try {
      return await followed(url, token, isSlacks, signal);
    } catch (cause) {
      last = cause;
      if (!(cause instanceof Passing)) break;
    }
  }
  throw last;
}

/** It may be there in a moment. */
class Passing extends Error {}

async function followed(
  url: string,
  token: string,
  isSlacks: (url: string) => boolean,
  signal: AbortSignal,
): Promise<Response> {
  let at = url;
  for (let count = 0; count <= redirects; count += 1) {
    if (!isSlacks(at)) throw new Error("The address is not Slack's.");
    const answer = await fetch(at, { headers: { authorization: `Bearer ${token}` }, redirect: "manual", signal });
    const elsewhere = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && elsewhere !== null) {
      await answer.body?.cancel();
      at = new URL(elsewhere, at).href;
      continue;
    }
    // Without the scope Slack answers 200 with a page to log in.
    const isPage = answer.headers.get("content-type")?.startsWith("text/html") === true;
    if (answer.ok && !isPage) return answer;
    await answer.body?.cancel();
    const said = `The download was answered ${isPage ? "with a page" : answer.status}.`;
    throw answer.status === 404 || answer.status === 429 || answer.status >= 500 ? new Passing(said) : new Error(said);
  }
  throw new Error("The download was sent elsewhere too often.");
}
