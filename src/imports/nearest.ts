import { distance } from "fastest-levenshtein";

/** The word that was probably meant; undefined where none is near. */
function nearest(words: Iterable<string>, written: string): string | undefined {
  const wanted = written.toLowerCase();
  let best: { word: string; off: number } | undefined;
  for (const word of words) {
    const off = distance(word.toLowerCase(), wanted);
    if (!best || off < best.off) best = { word, off };
  }
  return best && best.off <= Math.max(2, Math.floor(wanted.length / 3)) ? best.word : undefined;
}

/** " Did you mean “jlee”?", or nothing. */
export function offer(words: Iterable<string>, written: string): string {
  const meant = nearest(words, written);
  return meant === undefined ? "" : ` Did you mean “${meant}”?`;
}
