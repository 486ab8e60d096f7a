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
    return { ...keyed(whole), quoted: false, start, end: start + whole.length };
  });
}

/** Words that were taken apart already, and where they stand when a space is put between them. */
export function wordsGiven(given: readonly string[]): Word[] {
  let start = 0;
  return given.map((whole) => {
    const word = { ...keyed(whole), quoted: false, start, end: start + whole.length };
    start = word.end + 1;
    return word;
  });
}

function keyed(whole: string): Pick<Word, "key" | "text"> {
  const colon = /^([a-z][a-z-]*):(.+)$/isu.exec(whole);
  return colon && !whole.includes("://")
    ? { key: colon[1]?.toLowerCase(), text: colon[2] ?? "" }
    : { key: undefined, text: whole };
}
