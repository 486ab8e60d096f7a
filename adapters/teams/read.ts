import type { Identity, Place, Request } from "../../src/chat/request.ts";
import type { SentFile } from "../../src/chat/sentFile.ts";
import { isRecord, type Payload, readPayload } from "./payload.ts";

/** An activity of a person, with what is needed to answer it. */
export interface Arrival {
  /** The platform's id of this delivery, which stays the same when it is delivered again. */
  id: string;
  identity: Identity;
  /** Teams' own id of the person. */
  account: string;
  place: Place;
  /** Only this person sees the message, in a place of many. */
  targeted: boolean;
  zone?: string;
  /** The card whose button was used. */
  replyToId?: string;
  value: unknown;
}

/** Who somebody is in the directory, when a mention names them by Teams' own id alone. */
export type Resolve = (place: Place, account: string) => Promise<string>;

/** Reads who wrote what and where; undefined for what is not from a person or cannot be answered. */
export function readArrival(activity: unknown, bot: string): Arrival | undefined {
  if (!isRecord(activity)) return undefined;
  const { from, conversation, recipient } = activity;
  if (!isRecord(from) || !isRecord(conversation)) return undefined;
  const account = word(from.id);
  const conversationId = word(conversation.id);
  const serviceUrl = word(activity.serviceUrl);
  const id = word(activity.id);
  if (account === "" || conversationId === "" || serviceUrl === "" || id === "") return undefined;
  const own = isRecord(recipient) ? word(recipient.id) : "";
  if (isBot(account, bot) || account === own || from.role === "bot") return undefined;
  const tenant = word(conversation.tenantId) || tenantOf(activity.channelData) || "unknown";
  const place = readPlace(conversation, conversationId, tenant, serviceUrl);
  const zone = zoneOf(activity);
  const replyToId = word(activity.replyToId);
  return {
    // Message ids are times of day: unique in their conversation only.
    id: `teams:${tenant}:${conversationId}:${id}`,
    identity: { platform: "teams", tenant, user: word(from.aadObjectId) || account },
    account,
    place,
    targeted: place.kind !== "personal" && isRecord(recipient) && recipient.isTargeted === true,
    ...(zone !== undefined && { zone }),
    ...(replyToId !== "" && { replyToId }),
    value: activity.value,
  };
}

/** A channel's conversation id names the thread: `19:…@thread.tacv2;messageid=1616…`. */
function readPlace(conversation: Record<string, unknown>, id: string, tenant: string, serviceUrl: string): Place {
  const kind = kinds[word(conversation.conversationType)] ?? (conversation.isGroup === true ? "group" : "personal");
  const [base = id, thread] = id.split(";messageid=");
  const name = kind === "personal" ? "" : word(conversation.name);
  return {
    platform: "teams",
    tenant,
    conversation: base,
    kind,
    ...(name !== "" && { name }),
    ...(thread !== undefined && { thread }),
    serviceUrl,
  };
}

const kinds: Record<string, Place["kind"]> = { personal: "personal", groupChat: "group", channel: "channel" };

/** The conversation as Teams addresses it, thread and all. */
export const conversationId = (place: Place): string =>
  place.thread === undefined ? place.conversation : `${place.conversation};messageid=${place.thread}`;

/** What a message asks for: words, or the button of a card that was sent as a message. */
export async function readMessage(
  activity: unknown,
  arrival: Arrival,
  bot: string,
  resolve: Resolve,
  files: readonly SentFile[],
): Promise<Request | undefined> {
  if (!isRecord(activity)) return undefined;
  const text = await readText(activity, arrival.place, bot, resolve);
  const payload = readPayload(activity.value);
  if (text === "" && payload !== undefined) return runRequest(arrival, payload, payload.input);
  const body = { type: "text", text, ...(files.length > 0 && { files }) } as const;
  return { id: arrival.id, asker: arrival.identity, place: arrival.place, body };
}

export const runRequest = (arrival: Arrival, payload: Payload, input: Payload["input"]): Request => ({
  id: arrival.id,
  asker: arrival.identity,
  place: arrival.place,
  body: { type: "run", command: payload.command, input, ...(payload.form && { form: true }) },
});

/** The text without the bot's mention; people who are mentioned stand in it as `<@id>`, and everything else as typed. */
async function readText(
  activity: Record<string, unknown>,
  place: Place,
  bot: string,
  resolve: Resolve,
): Promise<string> {
  const own = isRecord(activity.recipient) ? word(activity.recipient.id) : "";
  const tokens = new Map<string, string>();
  for (const entity of Array.isArray(activity.entities) ? activity.entities : []) {
    if (!isRecord(entity) || entity.type !== "mention" || !isRecord(entity.mentioned)) continue;
    const shown = word(entity.text);
    const account = word(entity.mentioned.id);
    if (shown === "" || account === "") continue;
    const isOwn = account === own || isBot(account, bot);
    const user = word(entity.mentioned.aadObjectId);
    tokens.set(shown, isOwn ? "" : `<@${user || (await resolve(place, account))}>`);
  }
  return parted(word(activity.text), [...tokens.keys()])
    .map((part) => tokens.get(part) ?? decoded(part))
    .join("")
    .trim()
    .replace(/^\/(?=\p{L})/u, "");
}

/** The text in parts, each either one of these strings or what stands between them. */
function parted(text: string, found: string[]): string[] {
  if (found.length === 0) return [text];
  const longestFirst = found
    .toSorted((one, other) => other.length - one.length)
    .map((shown) => shown.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text.split(new RegExp(`(${longestFirst.join("|")})`));
}

const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

/** Teams writes what people type as HTML would have it. */
export const decoded = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Whether the event says that this bot itself was added to the conversation. */
export function addsBot(activity: unknown, bot: string): boolean {
  if (!isRecord(activity)) return false;
  if (activity.type === "installationUpdate") return activity.action === "add" || activity.action === "add-upgrade";
  const own = isRecord(activity.recipient) ? word(activity.recipient.id) : "";
  return (
    Array.isArray(activity.membersAdded) &&
    activity.membersAdded.some((member) => isRecord(member) && (word(member.id) === own || isBot(word(member.id), bot)))
  );
}

/** Teams writes a bot as its application id after `28:`. */
const isBot = (account: string, bot: string): boolean => account === bot || account === `28:${bot}`;

const tenantOf = (channelData: unknown): string =>
  isRecord(channelData) && isRecord(channelData.tenant) ? word(channelData.tenant.id) : "";

/** The zone of the person's own device. */
function zoneOf(activity: Record<string, unknown>): string | undefined {
  const told = word(activity.localTimezone);
  if (told !== "") return told;
  const info = (Array.isArray(activity.entities) ? activity.entities : []).find(
    (entity) => isRecord(entity) && entity.type === "clientInfo",
  );
  return (isRecord(info) && word(info.timezone)) || undefined;
}

export const word = (value: unknown): string => (typeof value === "string" ? value : "");
