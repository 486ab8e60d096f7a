import { shortcuts, type Written } from "../../src/bot/shortcuts.ts";
import type { Input } from "../../src/chat/card.ts";
import type { Identity, Place, Request } from "../../src/chat/request.ts";
import type { SentFile } from "../../src/chat/sentFile.ts";
import { isRecord, type Pressed, readPressed, type Source, word } from "./metadata.ts";

type Payload = Record<string, unknown>;

/** Something a person did, with what is needed to answer it. */
export interface Arrival {
  /** The platform's id of this delivery, which stays the same when it is delivered again. */
  id: string;
  identity: Identity;
  place: Place;
  /** It stands in a thread, so that what only one person sees can stand there too. */
  thread?: string;
  /** Opens a modal, once, and not for long. */
  trigger?: { id: string; arrived: number };
  responseUrl?: string;
  /** Typed as a slash command, whose answer is the person's alone even in their own chat. */
  slash?: true;
  /** The card whose button or form was used. */
  replaces?: Source;
  /** The modal whose button was used. */
  modal?: string;
  /** The button stands in App Home. */
  home?: true;
  /** The card to replace says how far this is. */
  progress?: true;
}

export const textRequest = (arrival: Arrival, text: string, files: readonly SentFile[] = []): Request => ({
  id: arrival.id,
  asker: arrival.identity,
  place: arrival.place,
  body: { type: "text", text, ...(files.length > 0 && { files }) },
});

export const runRequest = (arrival: Arrival, command: string, input: Input, form = false): Request => ({
  id: arrival.id,
  asker: arrival.identity,
  place: arrival.place,
  body: { type: "run", command, input, ...(form && { form }) },
});

/** A slash command: `/incident report x` asks for "incident report x". */
export function readSlash(body: Payload, prefix: string): { arrival: Arrival; text: string } | undefined {
  const user = word(body.user_id);
  const channel = word(body.channel_id);
  const trigger = word(body.trigger_id);
  if (user === "" || channel === "" || trigger === "") return undefined;
  const identity = identityOf(word(body.team_id), user);
  const name = word(body.command).replace(/^\//, "");
  const area = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const responseUrl = word(body.response_url);
  return {
    arrival: {
      id: trigger,
      identity,
      place: placeOf(identity, channel, word(body.channel_name)),
      trigger: { id: trigger, arrived: Date.now() },
      ...(responseUrl !== "" && { responseUrl }),
      slash: true,
    },
    text: [area === "rounds" ? "" : area, decoded(word(body.text))].join(" ").trim(),
  };
}

/** Messages that a person wrote: with a file, or in a thread and shown beside it. */
const writtenSubtypes = ["file_share", "thread_broadcast"];

/** A mention or a direct message; undefined for what no person wrote to the bot. */
export function readMessage(
  body: Payload,
  ownUser: string,
): { arrival: Arrival; text: string; files: Payload[] } | undefined {
  const { event } = body;
  if (!isRecord(event)) return undefined;
  const user = word(event.user);
  const channel = word(event.channel);
  const at = word(event.ts);
  const isWritten = event.subtype === undefined || writtenSubtypes.includes(word(event.subtype));
  const isOfNobody = event.bot_id !== undefined || !isWritten || event.hidden === true;
  if (isOfNobody || user === "" || user === ownUser || channel === "" || at === "") return undefined;
  const isDirect = channel.startsWith("D");
  if (event.type === "message" ? event.channel_type !== "im" : isDirect) return undefined;
  const identity = identityOf(word(event.user_team) || word(event.team) || word(body.team_id), user);
  const thread = word(event.thread_ts);
  // In a channel everything that is for all hangs on the message that asked for it.
  const hangsOn = thread || (isDirect ? "" : at);
  const place = placeOf(identity, channel, word(event.channel_type));
  return {
    arrival: {
      id: word(body.event_id) || `${channel}:${at}`,
      identity,
      place: { ...place, ...(hangsOn !== "" && { thread: hangsOn }) },
      ...(thread !== "" && { thread }),
    },
    text: decoded(
      word(event.text)
        .replaceAll(`<@${ownUser}>`, "")
        .replace(new RegExp(`<@${ownUser}\\|[^>]*>`, "g"), ""),
    ),
    files: isDirect && Array.isArray(event.files) ? event.files.filter(isRecord) : [],
  };
}

/** A button, with where it stands. */
export function readAction(body: Payload): { arrival: Arrival; pressed: Pressed | undefined } | undefined {
  const { actions, user, container, channel } = body;
  const [action] = Array.isArray(actions) ? actions : [];
  if (!isRecord(action) || !isRecord(user) || word(user.id) === "") return undefined;
  const identity = identityOf(teamOf(body, user), word(user.id));
  const stands = isRecord(container) ? container : {};
  const conversation = (isRecord(channel) && word(channel.id)) || word(stands.channel_id);
  const name = isRecord(channel) ? word(channel.name) : "";
  const message = word(stands.message_ts);
  const thread = word(stands.thread_ts) || (isRecord(body.message) ? word(body.message.thread_ts) : "");
  const responseUrl = word(body.response_url);
  const trigger = word(body.trigger_id);
  const view = isRecord(body.view) ? body.view : {};
  return {
    arrival: {
      id: [word(action.action_ts), identity.user, message || word(stands.view_id)].join(":"),
      identity,
      place: { ...placeOf(identity, conversation, name), ...(thread !== "" && { thread }) },
      ...(thread !== "" && { thread }),
      ...(trigger !== "" && { trigger: { id: trigger, arrived: Date.now() } }),
      ...(responseUrl !== "" && { responseUrl }),
      ...(conversation !== "" && {
        replaces: {
          channel: conversation,
          ...(message !== "" && stands.is_ephemeral !== true && { message }),
          ...(thread !== "" && { thread }),
          ...(responseUrl !== "" && { responseUrl }),
          replaces: true,
        },
      }),
      ...(view.type === "modal" && { modal: word(view.id) }),
      ...(view.type === "home" && { home: true }),
    },
    pressed: readPressed(action),
  };
}

/** A shortcut that was used anywhere, or under a message. */
export function readShortcut(body: Payload): { arrival: Arrival; request: Request } | undefined {
  const { user, channel, message } = body;
  const trigger = word(body.trigger_id);
  const shortcut = shortcuts.find(({ id }) => id === body.callback_id);
  if (!isRecord(user) || word(user.id) === "" || trigger === "" || shortcut === undefined) return undefined;
  const identity = identityOf(teamOf(body, user), word(user.id));
  const responseUrl = word(body.response_url);
  const conversation = isRecord(channel) ? word(channel.id) : "";
  const arrival: Arrival = {
    id: trigger,
    identity,
    place: placeOf(identity, conversation, isRecord(channel) ? word(channel.name) : ""),
    trigger: { id: trigger, arrived: Date.now() },
    ...(responseUrl !== "" && { responseUrl }),
  };
  const written = readWritten(isRecord(message) ? message : {}, conversation);
  return { arrival, request: runRequest(arrival, shortcut.command, shortcut.input(written), true) };
}

/** People who are mentioned in it stay unnamed: what is filed from a message must not hold the id of who files it. */
function readWritten(message: Payload, conversation: string): Written {
  const id = word(message.ts);
  const at = new Date(Number(id) * 1000);
  return {
    platform: "slack",
    conversation,
    id,
    text: decoded(word(message.text)).replace(/<@[UW]\w+>/g, "@someone"),
    ...(id !== "" && !Number.isNaN(at.getTime()) && { at }),
  };
}

/**
 * A submitted modal, which came from the place that its source names. A view that shows something else since is another
 * delivery: its hash tells.
 */
export function readSubmission(body: Payload, source: Source): Arrival | undefined {
  const { user, view } = body;
  if (!isRecord(user) || !isRecord(view) || word(user.id) === "") return undefined;
  const identity = identityOf(teamOf(body, user), word(user.id));
  const { channel = "", thread, responseUrl } = source;
  return {
    id: [word(view.id), word(view.hash)].filter((part) => part !== "").join(":"),
    identity,
    place: { ...placeOf(identity, channel, ""), ...(thread !== undefined && { thread }) },
    ...(thread !== undefined && { thread }),
    ...(responseUrl !== undefined && { responseUrl }),
    ...(source.replaces && { replaces: source }),
  };
}

/** Who looks at App Home. */
export function readHomeOpened(body: Payload): Arrival | undefined {
  const { event } = body;
  if (!isRecord(event) || word(event.user) === "" || event.tab !== "home") return undefined;
  const identity = identityOf(word(event.user_team) || word(event.team) || word(body.team_id), word(event.user));
  return { id: word(body.event_id), identity, place: placeOf(identity, word(event.channel), ""), home: true };
}

/** Where a form that opens from here came from. */
export const sourceOf = (arrival: Arrival): Source =>
  arrival.replaces ?? {
    ...(/^[CDG]/.test(arrival.place.conversation) && { channel: arrival.place.conversation }),
    ...(arrival.thread !== undefined && { thread: arrival.thread }),
    ...(arrival.responseUrl !== undefined && { responseUrl: arrival.responseUrl }),
  };

const identityOf = (tenant: string, user: string): Identity => ({ platform: "slack", tenant, user });

/** The person's own team: in a shared channel people of several come together. */
export const teamOf = (body: Payload, user: Payload): string =>
  word(user.team_id) || (isRecord(body.team) ? word(body.team.id) : "");

/** What Slack says in place of the name of a channel: its kind. */
const unnamed = ["", "channel", "group", "mpim", "im", "privategroup", "directmessage"];

/** Without a channel it is the person's own chat, which is opened when something is sent there. */
function placeOf({ tenant, user }: Identity, channel: string, name: string): Place {
  const kind = channel === "" || channel.startsWith("D") ? "personal" : name.startsWith("mpdm-") ? "group" : "channel";
  const known = kind === "channel" && !unnamed.includes(name) ? { name } : {};
  return { platform: "slack", tenant, conversation: channel || user, kind, ...known };
}

/** Text as people see it: people stay as `<@U…>`, everything else that Slack writes in angle brackets becomes words. */
function decoded(text: string): string {
  return text
    .replace(/<([^<>]*)>/g, (whole, inner: string) => entity(inner) ?? whole)
    .replace(/&(lt|gt|amp);/g, (_, name: "lt" | "gt" | "amp") => ({ lt: "<", gt: ">", amp: "&" })[name])
    .trim();
}

function entity(inner: string): string | undefined {
  const [target = "", label] = inner.split("|");
  if (/^@[UW]\w+$/.test(target)) return `<${target}>`;
  if (target.startsWith("#")) return `#${label || target.slice(1)}`;
  if (target.startsWith("!subteam")) return label || "@group";
  if (target.startsWith("!date")) return label ?? "";
  if (target.startsWith("!")) return `@${target.slice(1)}`;
  if (label === undefined || label === "") return target.replace(/^mailto:/, "");
  return target.replace(/^(mailto:|https?:\/\/)/, "").replace(/\/$/, "") === label ? label : `${label} (${target})`;
}
