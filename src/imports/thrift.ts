import { setFlagsFromString } from "node:v8";

/** Percent by which memory may grow before what is no longer used is collected; V8 itself lets it grow by up to 300. */
const growth = 40;
let working = 0;

/**
 * Keeps memory flat while a large file goes through: each of its rows is used for a moment, and V8 would rather let them pile
 * up to four times what is held before it collects them.
 */
export async function thriftily<Result>(work: () => Promise<Result>): Promise<Result> {
  working += 1;
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) setFlagsFromString("--heap-growing-percent=0");
  }
}
