/** A command line that cannot be meant as it is written; the message says how it is written. */
export class Misuse extends Error {
  override name = "Misuse";
}

/** Options that a program does not have are told by Node in words that need no other. */
export const isMisuse = (error: unknown): error is Error =>
  error instanceof Misuse ||
  (error instanceof TypeError && "code" in error && `${error.code}`.startsWith("ERR_PARSE_ARGS"));
