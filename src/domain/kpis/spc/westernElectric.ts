import { among, type Broken, bothSides, inRow, merged } from "./patterns.ts";

/**
 * Western Electric, Statistical Quality Control Handbook (1956), as D. C. Montgomery prints the rules. Scores are (value − centre) ÷ σ;
 * each rule names the points, by index, where its pattern is complete. A point on a line is not beyond it.
 */
export const westernElectric = {
  /** Beyond 3 σ. */
  1: (scores: readonly number[]): Broken => beyond(scores, 3, 1, 1),
  /** Two of three beyond 2 σ, on one side. */
  2: (scores: readonly number[]): Broken => beyond(scores, 2, 2, 3),
  /** Four of five beyond 1 σ, on one side. */
  3: (scores: readonly number[]): Broken => beyond(scores, 1, 4, 5),
  /** Eight in a row on one side of the centre. */
  4: (scores: readonly number[]): Broken => oneSide(scores, 8),
} as const;

export const beyond = (scores: readonly number[], sigmas: number, least: number, length: number): Broken =>
  merged(
    ...bothSides.map((side) =>
      among(
        scores.map((score) => score * side > sigmas),
        least,
        length,
      ),
    ),
  );

export const oneSide = (scores: readonly number[], length: number): Broken =>
  merged(
    ...bothSides.map((side) =>
      inRow(
        scores.map((score) => score * side > 0),
        length,
      ),
    ),
  );
