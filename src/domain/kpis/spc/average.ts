/** The limit of moving ranges: D4 for ranges of two, 1 + 3 × d3 ÷ d2, as it is printed. From there on they are outlying. */
export const rangeLimit = (meanOfRanges: number): number => 3.267 * meanOfRanges;

/** A. Neumaier's compensated sum (1974): the mean of a hundred thousand figures is as exact as that of three. */
export function sum(values: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Mean difference of neighbours; screened, it is computed a second time without those that are outlying. Null for a single value. */
export function meanRange(values: readonly number[], screen: boolean): number | null {
  const ranges: number[] = [];
  for (let at = 1; at < values.length; at += 1) ranges.push(Math.abs((values[at] ?? 0) - (values[at - 1] ?? 0)));
  if (ranges.length === 0) return null;
  const all = mean(ranges);
  if (!screen || all === 0) return all;
  return mean(ranges.filter((range) => range < rangeLimit(all)));
}
