import { type Broken, bothSides, inRow, merged } from "./patterns.ts";
import { beyond, oneSide } from "./westernElectric.ts";

/**
 * L. S. Nelson, The Shewhart Control Chart: Tests for Special Causes, Journal of Quality Technology 16(4), 1984. Scores are
 * (value − centre) ÷ σ; each test names the points, by index, where its pattern is complete. A point on a line is not beyond it.
 */
export const nelson = {
  /** Beyond 3 σ. */
  1: (scores: readonly number[]): Broken => beyond(scores, 3, 1, 1),
  /** Nine in a row on one side of the centre. */
  2: (scores: readonly number[]): Broken => oneSide(scores, 9),
  /** Six in a row that each rise, or each fall. */
  3: (scores: readonly number[]): Broken =>
    merged(
      ...bothSides.map((way) =>
        next(
          inRow(
            stepsOf(scores).map((step) => step * way > 0),
            5,
          ),
        ),
      ),
    ),
  /** Fourteen in a row that go up and down in turn. */
  4: (scores: readonly number[]): Broken => {
    const steps = stepsOf(scores);
    const turns = steps.slice(1).map((step, at) => step * (steps[at] ?? 0) < 0);
    return next(next(inRow(turns, 12)));
  },
  /** Two of three beyond 2 σ, on one side. */
  5: (scores: readonly number[]): Broken => beyond(scores, 2, 2, 3),
  /** Four of five beyond 1 σ, on one side. */
  6: (scores: readonly number[]): Broken => beyond(scores, 1, 4, 5),
  /** Fifteen in a row within 1 σ, on either side. */
  7: (scores: readonly number[]): Broken =>
    inRow(
      scores.map((score) => Math.abs(score) <= 1),
      15,
    ),
  /** Eight in a row beyond 1 σ, some on each side. */
  8: (scores: readonly number[]): Broken =>
    inRow(
      scores.map((score) => Math.abs(score) > 1),
      8,
    ).filter((end) => {
      const run = scores.slice(end - 7, end + 1);
      return run.some((score) => score > 1) && run.some((score) => score < -1);
    }),
} as const;

const stepsOf = (scores: readonly number[]): number[] => scores.slice(1).map((score, at) => score - (scores[at] ?? 0));

const next = (broken: Broken): Broken => broken.map((at) => at + 1);
