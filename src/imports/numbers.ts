/** What parts the whole of a number from its fraction. */
export type DecimalMark = "." | ",";

export interface Written {
  /** As computers write it: “-1234.50”. */
  text: string;
  percent: boolean;
}

const marks: readonly DecimalMark[] = [".", ","];
const patterns: Record<DecimalMark, RegExp> = { ".": pattern(",", "."), ",": pattern(".", ",") };

/** Thousands are set apart by the other mark, a space or an apostrophe; they never begin with 0, so that “0,125” is a fraction. */
function pattern(other: DecimalMark, mark: DecimalMark): RegExp {
  return new RegExp(
    `^(?<whole>[1-9]\\d{0,2}(?<between>[${other} '’])\\d{3}(?:\\k<between>\\d{3})*|\\d+)?(?:[${mark}](?<part>\\d*))?(?<power>e[+-]?\\d{1,2})?$`,
    "i",
  );
}

/** A number as people and spreadsheets write it, with its currency, in parentheses where it is negative, with a percent sign; undefined for no number. */
export function numberIn(cell: string, mark: DecimalMark): Written | undefined {
  const percent = cell.endsWith("%");
  const bare = cell.replace(/\s*%$/, "").replace(/\u2212/g, "-");
  const inside = /^\((.*)\)$/.exec(bare)?.[1];
  const [, sign = "", digits = ""] =
    /^([+-]?)\s*[$£€]?\s*(.*)$/.exec((inside ?? bare).replace(/^([$£€])\s*-/, "-$1")) ?? [];
  const found = patterns[mark].exec(digits)?.groups;
  const whole = (found?.whole ?? "").replace(/\D/g, "");
  const part = found?.part ?? "";
  if (!found || (whole === "" && part === "") || (inside !== undefined && sign !== "")) return undefined;
  const negative = sign === "-" || inside !== undefined;
  return { text: `${negative ? "-" : ""}${whole || "0"}${part && `.${part}`}${found.power ?? ""}`, percent };
}

/** The only mark that makes a number of the cell; undefined where both do, or neither: “1.234”. */
export function markIn(cell: string): DecimalMark | undefined {
  const [one, ...more] = marks.filter((mark) => numberIn(cell, mark) !== undefined);
  return more.length === 0 ? one : undefined;
}
