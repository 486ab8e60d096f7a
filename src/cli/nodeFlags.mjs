import path from "node:path";

/**
 * How Node runs Rounds. Its young memory would grow to a hundred megabytes under load, and its old memory to the double of
 * what is in use before it is cleared, neither of which buys speed here; measured by `npm run bench`.
 */
export const nodeFlags = [
  "--disable-warning=ExperimentalWarning",
  "--max-semi-space-size=4",
  "--heap-growing-percent=30",
];

/** Where Node keeps what it has made of our files, their types taken out; a folder that cannot be written is done without. */
export const nodeEnvironment = (root) => ({ NODE_COMPILE_CACHE: path.join(root, "node_modules/.cache/compiled") });
