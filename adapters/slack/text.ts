import type { RichTextElement } from "@slack/types";
import type { Reader } from "../../src/chat/card.ts";
import { moment, plain, type Span, type Text } from "../../src/chat/text.ts";

type Style = { bold?: true; italic?: true };

/** Elements of a rich text, which Slack reads no markup in: what a person typed stays what they typed. */
export function elements(text: Text, reader: Reader, style: Style = {}): RichTextElement[] {
  return text.flatMap((span) => element(span, reader, style));
}

function element(span: Span, reader: Reader, style: Style): RichTextElement[] {
  switch (span.type) {
    case "words":
    case "data":
      return literal(span.text, style);
    case "strong":
      return literal(span.text, { ...style, bold: true });
    case "staff": {
      const user = reader.mentions[span.id];
      return user === undefined ? literal(span.name, style) : [{ type: "user", user_id: user, ...styled(style) }];
    }
    case "time": {
      const at = new Date(span.at);
      return [
        {
          type: "date",
          timestamp: Math.floor(at.getTime() / 1000),
          // Weekday first, and the year only where it is another one.
          format: span.show === "date" ? "{day_divider_pretty}" : "{day_divider_pretty}, {time}",
          fallback: moment(at, reader.zone, span.show),
          ...styled(style),
        },
      ];
    }
    case "link":
      return isWebAddress(span.url)
        ? [{ type: "link", url: new URL(span.url).href, text: visible(span.text), ...styled(style) }]
        : literal(span.text, style);
  }
}

/** Slack refuses an element without text. */
function literal(text: string, style: Style): RichTextElement[] {
  const shown = visible(text);
  return shown === "" ? [] : [{ type: "text", text: shown, ...styled(style) }];
}

const styled = (style: Style) => (Object.keys(style).length === 0 ? {} : { style });

/** A `plain_text` object, which Slack reads no markup in; emoji stay as they were typed. */
export function plainText(text: string, most: number): { type: "plain_text"; text: string; emoji: false } {
  return { type: "plain_text", text: clipped(visible(text), most) || " ", emoji: false };
}

/** The text of a place that shows no elements, times in the reader's zone. */
export const flat = (text: Text, reader: Reader): string => plain(text, reader.zone);

/** For a message's own `text`, which Slack reads markup in: the three characters that begin it. */
export const escaped = (text: string): string =>
  visible(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** Cut to a number of characters, never inside a surrogate pair. */
export const clipped = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;

/** The text cut to a number of characters, and whether all of it is there. */
export function cut(text: Text, most: number): { text: Text; whole: boolean } {
  let left = most;
  const kept: Span[] = [];
  for (const span of text) {
    if (!("text" in span)) {
      kept.push(span);
      continue;
    }
    const part = span.text.length <= left ? span.text : span.text.slice(0, left).replace(/[\uD800-\uDBFF]$/, "");
    if (part !== "") kept.push({ ...span, text: part });
    left -= span.text.length;
    if (left < 0) return { text: kept, whole: false };
  }
  return { text: kept, whole: true };
}

// Control characters, and the marks that turn the direction of the words around them.
/** Most of what is shown, which has nothing of all this. */
const plainWords = /^[\x20-\x7e\n]*$/;
const unseen = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Without what cannot be seen; right-to-left words are kept from reordering what stands around them. */
export function visible(text: string): string {
  if (plainWords.test(text)) return text;
  const clean = text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(unseen, (character) => (character === "\n" || character === "\t" ? character : ""));
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(clean) ? `\u2068${clean}\u2069` : clean;
}

const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
