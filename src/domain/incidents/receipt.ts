import { randomInt, scrypt } from "node:crypto";

/** Letters and digits that are not mistaken for one another when they are read out or written by hand. */
const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 8;

/** "K7QF-2M9D": opens an anonymous report to whoever holds it, about 39 bits. */
export function newReceipt(): string {
  const code = Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The receipt at the beginning of what was written, whatever its case and spaces, and what follows it. */
export function readReceipt(written: string): { code: string; rest: string } | undefined {
  const [whole, first = "", last = ""] =
    /^\s*([a-z0-9]{4})\s*[-\u2013\u2014]?\s*([a-z0-9]{4})(?=\s|$)/i.exec(written) ?? [];
  const code = `${first}${last}`.toUpperCase();
  if (whole === undefined || ![...code].every((letter) => letters.includes(letter))) return undefined;
  return { code, rest: written.slice(whole.length).trim() };
}

/** Slow to try out, so that who has the database cannot find the receipts. https://www.rfc-editor.org/rfc/rfc7914 */
const cost = { N: 2 ** 12, r: 8, p: 1 };

/** What is kept of a receipt: another hash in each organisation. */
export function receiptHash(code: string, organisationId: string): Promise<string> {
  return new Promise((hashed, failed) =>
    scrypt(code, organisationId, 32, cost, (error, key) => (error ? failed(error) : hashed(key.toString("hex")))),
  );
}
