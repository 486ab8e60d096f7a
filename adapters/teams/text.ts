import type { IMention, ITextRun } from "@microsoft/teams.cards";
import type { Reader } from "../../src/chat/card.ts";
import { moment, type Span, type Text } from "../../src/chat/text.ts";

/** Who reads a card and where: mentions exist outside personal chats only. */
export interface Drawing {
  reader: Reader;
  personal: boolean;
  /** The mentions that the card has named so far, by their text. */
  mentions: Map<string, string>;
}

/**
 * Text for a TextBlock or a fact, where Teams reads Markdown, mentions and dates. Data is escaped, so that nothing a
 * person typed is read as any of them.
 */
export function markdown(text: Text, drawing: Drawing): string {
  return text.map((span) => markdownSpan(span, drawing)).join("");
}

function markdownSpan(span: Span, drawing: Drawing): string {
  switch (span.type) {
    case "words":
    case "data":
      return escaped(span.text);
    case "strong":
      // Marks beside a space are read as themselves.
      return span.text.replace(
        /^(\s*)(\S|\S.*\S)(\s*)$/s,
        (_, before, core, after) => `${before}**${escaped(core)}**${after}`,
      );
    case "staff":
      return mention(span, drawing) ?? escaped(span.name);
    case "time": {
      // One reader's zone is known; where many read, Teams shows each of them their own.
      if (drawing.personal) return moment(new Date(span.at), drawing.reader.zone, span.show);
      const at = span.at.replace(/\.\d+Z$/, "Z");
      return span.show === "date" ? `{{DATE(${at},SHORT)}}` : `{{DATE(${at},SHORT)}}, {{TIME(${at})}}`;
    }
    case "link":
      return isWebAddress(span.url) ? `[${escaped(span.text)}](${address(span.url)})` : escaped(span.text);
  }
}

/** The mention's text, when this person has an identity here; two people of one name are mentioned once, then named. */
function mention(person: { id: string; name: string }, drawing: Drawing): string | undefined {
  const user = drawing.personal ? undefined : drawing.reader.mentions[person.id];
  if (user === undefined) return undefined;
  const at = `<at>${visible(person.name).replace(/[<>]/g, "")}</at>`;
  if ((drawing.mentions.get(at) ?? user) !== user) return undefined;
  drawing.mentions.set(at, user);
  return at;
}

/** The entities that belong to the mentions in a card's text. */
export const mentionEntities = (
  mentions: ReadonlyMap<string, string>,
  isWritten: (text: string) => boolean,
): IMention[] =>
  [...mentions]
    .filter(([text]) => isWritten(text))
    .map(([text, id]) => ({
      type: "mention",
      text,
      mentioned: { id, name: text.slice("<at>".length, -"</at>".length) },
    }));

/** Whether only a TextBlock can show this text: where many read, dates in each reader's own clock, and mentions. */
export const needsTextBlock = (text: Text, { reader, personal }: Drawing): boolean =>
  !personal && text.some((span) => span.type === "time" || (span.type === "staff" && reader.mentions[span.id]));

/** Runs for a RichTextBlock, where nothing is read as Markdown. */
export function runs(text: Text, zone: string, look: Partial<ITextRun> = {}): ITextRun[] {
  return text.map((span) => ({ type: "TextRun", ...look, ...run(span, zone) }));
}

function run(span: Span, zone: string): Pick<ITextRun, "text" | "weight" | "selectAction"> {
  switch (span.type) {
    case "words":
    case "data":
      return { text: literal(span.text) };
    case "strong":
      return { text: literal(span.text), weight: "Bolder" };
    case "staff":
      return { text: literal(span.name) };
    case "time":
      return { text: moment(new Date(span.at), zone, span.show) };
    case "link":
      return isWebAddress(span.url)
        ? { text: literal(span.text), selectAction: { type: "Action.OpenUrl", url: span.url } }
        : { text: literal(span.text) };
  }
}

/** One text a line, so that the line breaks people typed are seen. */
export function lines(text: Text, most: number): Text[] {
  const all: Span[][] = [[]];
  for (const span of text) {
    if (!("text" in span)) all.at(-1)?.push(span);
    else
      for (const [index, part] of span.text.split(/\r\n|\r|\n/).entries()) {
        if (index > 0) all.push([]);
        if (part !== "") all.at(-1)?.push({ ...span, text: part });
      }
  }
  const filled = all.filter((line) => line.length > 0);
  const rest = filled.slice(most - 1).flatMap((line) => [{ type: "words", text: " " } as const, ...line]);
  return filled.length <= most ? filled : [...filled.slice(0, most - 1), rest];
}

/** The text cut to a number of characters, and whether anything was cut. */
export function cut(text: Text, most: number): { text: Text; whole: boolean } {
  let left = most;
  const kept: Span[] = [];
  for (const span of text) {
    if (!("text" in span)) {
      kept.push(span);
      continue;
    }
    // A surrogate pair is never cut in two.
    const part = span.text.length <= left ? span.text : span.text.slice(0, left).replace(/[\uD800-\uDBFF]$/, "");
    if (part !== "") kept.push({ ...span, text: part });
    left -= span.text.length;
    if (left < 0) return { text: kept, whole: false };
  }
  return { text: kept, whole: true };
}

/** What Markdown reads as a format anywhere, and what it reads so at the start of a line. */
const marks = /[\\`*_[\]<&~|]/g;
const marksAtStart = /(^|\n)(\s*)([#>+-]|\d+[.)])/g;

function escaped(text: string): string {
  const lined = literal(text).replace(/\r\n|\r|\n/g, "\n\n");
  return lined.replace(marks, "\\$&").replace(marksAtStart, (_, start: string, space: string, mark: string) => {
    const digits = /^\d+/.exec(mark)?.[0] ?? "";
    return `${start}${space}${digits}\\${mark.slice(digits.length)}`;
  });
}

/** Zero width: breaks what a client would read as a mention or a date function, and is not seen. */
const breaker = "\u200B";

/** As it was typed, and read by Teams as nothing but text. */
export const literal = (text: string): string =>
  visible(text)
    .replace(/\{(?=\{)/g, `{${breaker}`)
    .replace(/<(?=\/?at\b)/gi, `<${breaker}`);

// Control characters, and the marks that turn the direction of the words around them.
const unseen = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Without what cannot be seen; right-to-left words are kept from reordering what stands around them. */
function visible(text: string): string {
  const clean = text.replace(unseen, (character) => (/[\t\n\r]/.test(character) ? character : ""));
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(clean) ? `\u2068${clean}\u2069` : clean;
}

const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const address = (url: string): string => new URL(url).href.replace(/[()]/g, (mark) => (mark === "(" ? "%28" : "%29"));
