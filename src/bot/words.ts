/** A word or a quoted group of a typed text, and where it stands. */
export interface Word {
  text: string;
  quoted: boolean;
  /** `where:4W` gives the name of an input; only where the command declares one. */
  key: string | undefined;
  start: number;
  end: number;
}

// No quotation opens inside another, so that a text full of opening quotes is read in one pass.
const pattern = /(?:([a-z][a-z-]*):)?["“]([^"“”]*)["”]|\S+/giu;

/** Splits a text into words; quotes group. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, key, quoted] = match;
    const start = match.index;
    if (quoted !== undefined)
      return { text: quoted, quoted: true, key: key?.toLowerCase(), start, end: start + whole.length };
    const colon = /^([a-z][a-z-]*):(.+)$/iu.exec(whole);
    const keyed =
      colon && !whole.includes("://")
        ? { key: colon[1]?.toLowerCase(), text: colon[2] ?? "" }
        : { key: undefined, text: whole };
    return { ...keyed, quoted: false, start, end: start + whole.length };
  });
}
