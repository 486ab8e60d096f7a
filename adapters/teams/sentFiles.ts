import { NotFetched, type SentFile } from "../../src/chat/sentFile.ts";
import type { Log } from "../../src/log.ts";
import { downloadMilliseconds } from "./limits.ts";
import { isRecord } from "./payload.ts";
import { word } from "./read.ts";

/** How often a download may be sent elsewhere. */
const redirects = 3;

/**
 * Where Teams keeps what people send in their own chat: OneDrive, in Microsoft's clouds.
 * https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges
 */
const stores = /(^|\.)(sharepoint\.(com|us|cn)|sharepoint-mil\.us|sharepoint-df\.com|onedrive\.com|1drv\.com)$/;

/** What is needed to fetch files that people send. */
export interface Downloads {
  /** A server that stands in for Microsoft's, for tests. */
  standIn: string | undefined;
  log: Log;
}

/**
 * Files of a message in a person's own chat; each has an address that needs no token and lives for some minutes.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4#receive-files-in-personal-chat
 */
export function sentFiles(activity: unknown, downloads: Downloads): SentFile[] {
  const attachments = isRecord(activity) && Array.isArray(activity.attachments) ? activity.attachments : [];
  return attachments
    .filter(isRecord)
    .flatMap(({ contentType, content, name }) =>
      contentType === "application/vnd.microsoft.teams.file.download.info" && isRecord(content)
        ? [{ name: word(name), read: () => download(word(content.downloadUrl), downloads) }]
        : [],
    );
}

async function* download(url: string, { standIn, log }: Downloads): AsyncIterable<Uint8Array> {
  try {
    const answer = await followed(url, standIn, AbortSignal.timeout(downloadMilliseconds));
    if (answer.body === null) throw new Error("The download holds nothing.");
    for await (const bytes of answer.body) yield bytes;
  } catch (cause) {
    log.warn({ platform: "teams", reason: "download", cause }, "A file could not be fetched.");
    throw new NotFetched("Teams did not give the file.", { cause });
  }
}

async function followed(url: string, standIn: string | undefined, signal: AbortSignal): Promise<Response> {
  let at = url;
  for (let count = 0; count <= redirects; count += 1) {
    if (!isStore(at, standIn)) throw new Error("The address is none of Microsoft's.");
    const answer = await fetch(at, { redirect: "manual", signal });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    const elsewhere = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || elsewhere === null)
      throw new Error(`The download was answered ${answer.status}.`);
    at = new URL(elsewhere, at).href;
  }
  throw new Error("The download was sent elsewhere too often.");
}

function isStore(url: string, standIn: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (standIn !== undefined && origin === new URL(standIn).origin) return true;
  return protocol === "https:" && stores.test(hostname);
}
