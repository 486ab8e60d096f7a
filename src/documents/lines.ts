/** Everything but the characters that no file of XML may hold: https://www.w3.org/TR/xml/#charsets */
const withoutControls = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll("\t", " ")
    .replace(/[^\n\u0020-\u007E\u00A0-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");

/** The lines of a text, whichever way they were broken, without characters that cannot be printed. */
export function lines(text: string): string[] {
  return withoutControls(text.replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n")).split("\n");
}

export const oneLine = (text: string): string => lines(text).join(" ");
