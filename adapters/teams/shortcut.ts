import { shortcuts, type Written } from "../../src/bot/shortcuts.ts";
import type { Request } from "../../src/chat/request.ts";
import { isRecord } from "./payload.ts";
import { type Arrival, decoded, readArrival, runRequest, word } from "./read.ts";

/**
 * Somebody in one of Teams' own menus. Those are in every chat: one of two people looks like a chat with the bot, and is
 * nobody's own chat with it.
 */
export function readShortcutArrival(activity: unknown, bot: string): Arrival | undefined {
  const arrival = readArrival(activity, bot);
  if (arrival?.place.kind !== "personal") return arrival;
  return { ...arrival, place: { ...arrival.place, kind: "group" } };
}

/** What was chosen there, and the message that it was chosen under. */
export function readShortcut(arrival: Arrival): Request | undefined {
  const value = isRecord(arrival.value) ? arrival.value : {};
  const shortcut = shortcuts.find(({ id }) => id === value.commandId);
  if (shortcut === undefined) return undefined;
  const message = isRecord(value.messagePayload) ? value.messagePayload : {};
  const payload = { command: shortcut.command, input: {}, form: true, targeted: false };
  return runRequest(arrival, payload, shortcut.input(readWritten(message, arrival.place.conversation)));
}

function readWritten(message: Record<string, unknown>, conversation: string): Written {
  const body = isRecord(message.body) ? message.body : {};
  const content = word(body.content);
  const said = body.contentType === "text" ? content : textOf(content);
  const at = new Date(word(message.createdDateTime));
  return {
    platform: "teams",
    conversation,
    id: word(message.id),
    text: [word(message.subject), said]
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .join("\n"),
    ...(!Number.isNaN(at.getTime()) && { at }),
  };
}

const endsLine = new Set(["br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "/blockquote"]);

/**
 * What people read of a message that Teams gives as HTML. People who are mentioned in it stay unnamed: what is filed
 * from a message must not hold the name of who files it.
 */
function textOf(html: string): string {
  let inMention = false;
  const read = [...html.matchAll(/<[^<>]*>|[^<]+|</g)].map(([piece]) => {
    const tag = /^<(\/?\w+)/.exec(piece)?.[1]?.toLowerCase();
    if (tag === undefined) return inMention ? "" : decoded(piece);
    if (tag === "at" || tag === "/at") inMention = tag === "at";
    if (tag === "at") return "@someone";
    if (tag === "emoji") return decoded(/\balt="([^"]*)"/.exec(piece)?.[1] ?? "");
    return endsLine.has(tag) ? "\n" : "";
  });
  return read.join("").replace(/\n\s*\n\s*\n/g, "\n\n");
}
