import type { Decimal } from "decimal.js";
import type { Impacts } from "./rollUp.ts";

/** What the sentence may name, as far as it is known. */
export interface DriverWords {
  /** “both” for a roll-up of revenue and expense lines. */
  kind: "revenue" | "expense" | "both";
  /** What the volume counts: “patient days”. */
  volumeName?: string;
  /** What the quantity counts: “hours”. */
  quantityName?: string;
  actualVolume?: Decimal;
  /** The budget at the actual volume. */
  flexedBudget?: Decimal;
}

const parts = ["volume", "efficiency", "rate", "fixed"] as const;
type Part = (typeof parts)[number];

/** One sentence on what drives a variance: the part that goes furthest in its direction. */
export function driverOf(impacts: Impacts, words: DriverWords): string {
  if (impacts.total.isZero())
    return parts.every((part) => impacts[part].isZero())
      ? "It is on budget."
      : "It is on budget: what was saved and what was overspent cancel each other out.";
  const towards = (part: Part) => impacts[part].times(impacts.total.s);
  const [first = "rate"] = parts.toSorted((one, other) => towards(other).comparedTo(towards(one)));
  const share = shareOf(impacts[first].dividedBy(impacts.total).toNumber());
  const { cause, many } = causeOf(first, impacts[first].greaterThan(0), words);
  return `${cause} ${many ? "explain" : "explains"} ${share}${first === "volume" ? flexedWords(words) : ""}.`;
}

function shareOf(part: number): string {
  if (part > 1) return "all of it and more";
  if (part === 1) return "all of it";
  return part > 0.5 ? "most of it" : "the largest part of it";
}

function causeOf(part: Part, favourable: boolean, words: DriverWords): { cause: string; many: boolean } {
  const { kind, volumeName = "patients", quantityName = "hours" } = words;
  const one = (cause: string) => ({ cause, many: false });
  if (kind === "both")
    return one(
      { volume: "Volume", efficiency: "Efficiency", rate: "Price", fixed: "What does not follow the volume" }[part],
    );
  const more = (kind === "revenue") === favourable;
  if (part === "volume") return { cause: `${more ? "More" : "Fewer"} ${volumeName}`, many: true };
  if (part === "efficiency")
    return { cause: `${more ? "More" : "Fewer"} ${quantityName} for the same ${volumeName}`, many: true };
  if (part === "rate") return one(`A ${more ? "higher" : "lower"} rate`);
  const verb = kind === "revenue" ? "earned" : "spent";
  return one(`${more ? "More" : "Less"} ${verb} whatever the volume`);
}

const flexedWords = ({ volumeName = "patients", actualVolume, flexedBudget }: DriverWords): string =>
  actualVolume && flexedBudget
    ? `: at ${grouped(actualVolume)} ${volumeName} the budget would have been ${grouped(flexedBudget.round())}`
    : "";

const grouped = (value: Decimal): string => value.toFixed().replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
