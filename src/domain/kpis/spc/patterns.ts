/** Points at which a pattern is complete, by index. */
export type Broken = number[];

/** What a pattern is about: one side of the centre, then the other. */
export const bothSides = [1, -1] as const;

/** Those of a condition with at least so many among the last `length` points, themselves one of them. */
export function among(holds: readonly boolean[], least: number, length: number): Broken {
  const broken: Broken = [];
  let count = 0;
  holds.forEach((held, at) => {
    if (held) count += 1;
    if (at >= length && holds[at - length]) count -= 1;
    if (held && count >= least) broken.push(at);
  });
  return broken;
}

/** Those that end a run of at least so many. */
export const inRow = (holds: readonly boolean[], length: number): Broken => among(holds, length, length);

export const merged = (...each: readonly Broken[]): Broken =>
  [...new Set(each.flat())].sort((one, other) => one - other);
