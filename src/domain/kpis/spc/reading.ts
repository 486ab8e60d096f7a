/** Which way is better. */
export const directions = ["increase", "decrease", "neutral"] as const;
export type Direction = (typeof directions)[number];

/** Whether the process as it is meets its target: always, never, or now and then. */
export type Assurance = "pass" | "fail" | "inconsistent";

/**
 * The target against the last limits, as NHS England's “Making data count” reads it: only a target outside of the limits is met, or
 * missed, by more than luck.
 */
export function assuranceOf(
  limits: { lower: number | null; upper: number | null } | undefined,
  target: number | undefined,
  direction: Direction,
): Assurance | null {
  if (limits === undefined || limits.upper === null || target === undefined || direction === "neutral") return null;
  const better = direction === "increase";
  if (target > limits.upper) return better ? "fail" : "pass";
  if (limits.lower !== null && target < limits.lower) return better ? "pass" : "fail";
  return "inconsistent";
}
