/**
 * How Node runs Rounds. Its young memory would grow to a hundred megabytes under load, which buys no speed here; measured
 * by `npm run bench`.
 */
export const nodeFlags = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=4"];
