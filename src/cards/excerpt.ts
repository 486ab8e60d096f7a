/** The parts of a long text, each at most this long; no character is cut in two. */
export function partsOf(value: string, length: number): string[] {
  const parts: string[] = [];
  for (let from = 0; from < value.length; ) {
    const part = whole(value.slice(from, from + length));
    parts.push(part);
    from += part.length;
  }
  return parts.length > 0 ? parts : [""];
}

/** The beginning of a text that is longer. */
export const excerpt = (value: string, length: number): string =>
  value.length > length ? `${whole(value.slice(0, length - 1))}…` : value;

/** Without the first half of a pair that was cut in two, as an emoji is. */
const whole = (cut: string): string => (cut.isWellFormed() ? cut : cut.slice(0, -1));
