/** Chance that is the same every time: whatever is drawn follows from the seed alone. */
export interface Chance {
  /** At least 0 and less than 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  is(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): Item[];
  /** Fills in a text: "{left|right} hip" becomes one of the two; choices may hold choices. */
  fill(pattern: string): string;
  /** A UUID of version 7: rows sort by the moment that they are given. */
  id(at: Date): string;
}

/** Mulberry32, a generator of 32 bits that is good enough for stories. */
export function chanceFrom(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[between(0, items.length - 1)];
    if (item === undefined) throw new Error("There is nothing to pick from.");
    return item;
  };
  const digits = (count: number): string => Array.from({ length: count }, () => between(0, 15).toString(16)).join("");
  return {
    next,
    between,
    pick,
    is: (probability) => next() < probability,
    shuffled: (items) =>
      items
        .map((item) => ({ item, rank: next() }))
        .sort((one, other) => one.rank - other.rank)
        .map(({ item }) => item),
    fill(pattern) {
      let text = pattern;
      while (text.includes("{"))
        text = text.replaceAll(/\{([^{}]*)\}/g, (_whole, choices: string) => pick(choices.split("|")));
      return text;
    },
    id(at) {
      const time = at.getTime().toString(16).padStart(12, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${pick(["8", "9", "a", "b"])}${digits(3)}-${digits(12)}`;
    },
  };
}
