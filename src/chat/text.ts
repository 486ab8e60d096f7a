/** A piece of what people read. Literals are words; whatever a person or the database supplied is data, and can never become markup. */
export type Span =
  | { type: "words"; text: string }
  | { type: "strong"; text: string }
  | { type: "data"; text: string }
  | { type: "staff"; id: string; name: string }
  | { type: "time"; at: string; show: "date-time" | "date" }
  | { type: "link"; text: string; url: string };

export type Text = readonly Span[];

type Value = string | number | Span | Text;

/** Template tag: the literal parts are words, interpolated strings are data. ``text`${number} is filed.` `` */
export function text(literals: TemplateStringsArray, ...values: Value[]): Text {
  return literals.flatMap((literal, index) => {
    const words: Span[] = literal ? [{ type: "words", text: literal }] : [];
    const value = values[index];
    return value === undefined ? words : [...words, ...spans(value)];
  });
}

function spans(value: Value): Text {
  if (typeof value === "string") return [data(value)];
  if (typeof value === "number") return [{ type: "words", text: value.toLocaleString("en-US").replace("-", "−") }];
  return "type" in value ? [value] : value;
}

/** "1 day", "1,200 days". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** Text that a person typed or a record holds. */
export const data = (value: string): Span => ({ type: "data", text: value });
/** The author's own words, for words that come from a table of labels. */
export const words = (value: string): Span => ({ type: "words", text: value });
export const strong = (value: string): Span => ({ type: "strong", text: value });
export const staff = (person: { id: string; name: string }): Span => ({
  type: "staff",
  id: person.id,
  name: person.name,
});
/** A moment, shown in the reader's own zone. */
export const time = (at: Date): Span => ({ type: "time", at: at.toISOString(), show: "date-time" });
export const date = (at: Date): Span => ({ type: "time", at: at.toISOString(), show: "date" });
export const link = (label: string, url: string): Span => ({ type: "link", text: label, url });

/** Joins texts with a separator: `join(rows, ", ")`. */
export function join(texts: readonly Text[], separator: string): Text {
  return texts.flatMap((part, index) => (index === 0 ? part : [words(separator), ...part]));
}

/** The text without any markup, times in the reader's zone; for plain places: notifications, alt text, the shell. */
export function plain(parts: Text, zone: string): string {
  return parts.map((span) => plainSpan(span, zone)).join("");
}

function plainSpan(span: Span, zone: string): string {
  switch (span.type) {
    case "words":
    case "strong":
    case "data":
    case "link":
      return span.text;
    case "staff":
      return span.name;
    case "time":
      return moment(new Date(span.at), zone, span.show);
  }
}

/** Making a formatter costs a hundred times what using it does; there are as many as zones of readers. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  clocks.set(zone, clock);
  return clock;
}

/** The year that it is in a zone, looked up once an hour: texts are full of times, and most are of this year. */
const years = new Map<string, string>();

function yearIn(zone: string, now: Date): string {
  const key = `${zone} ${Math.floor(now.getTime() / 3_600_000)}`;
  const known = years.get(key);
  if (known) return known;
  const year = partsOf(zone, now).year ?? "";
  if (years.size > 1_000) years.clear();
  years.set(key, year);
  return year;
}

const partsOf = (zone: string, at: Date): Partial<Record<Intl.DateTimeFormatPartTypes, string>> =>
  Object.fromEntries(
    clockIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );

/** "Mon 23 Nov, 06:10", weekday first; the year is added when it is not the one of `now`. */
export function moment(at: Date, zone: string, show: "date-time" | "date" = "date-time", now = new Date()): string {
  const { weekday, day, month, year, hour, minute } = partsOf(zone, at);
  const dated = year === yearIn(zone, now) ? `${weekday} ${day} ${month}` : `${weekday} ${day} ${month} ${year}`;
  return show === "date" ? dated : `${dated}, ${hour}:${minute}`;
}
