/** What is known of it when it is logged: five questions, each answered by yes or no. */
export interface Facts {
  /** It is about abuse, neglect, harm, the patient's rights, or billing rights under Medicare. */
  harmOrAbuse: boolean;
  /** The patient, or whoever speaks for them, asked for an answer. */
  askedForResponse: boolean;
  /** It is about the bill and nothing else. */
  billingOnly: boolean;
  /** It came by letter, fax, e-mail or portal. */
  inWriting: boolean;
  /** Staff who were there, or came quickly, resolved it at once. */
  fixedOnTheSpot: boolean;
}

export type Sort = "complaint" | "grievance";

/** Every reason that can decide, in the order in which they are asked; the first that holds decides. */
const reasons = [
  { code: "harm-or-rights", sort: "grievance", holds: (facts: Facts) => facts.harmOrAbuse },
  { code: "response-asked", sort: "grievance", holds: (facts: Facts) => facts.askedForResponse },
  { code: "billing-only", sort: "complaint", holds: (facts: Facts) => facts.billingOnly },
  { code: "in-writing", sort: "grievance", holds: (facts: Facts) => facts.inWriting },
  { code: "resolved-at-once", sort: "complaint", holds: (facts: Facts) => facts.fixedOnTheSpot },
  { code: "not-resolved", sort: "grievance", holds: (facts: Facts) => !facts.fixedOnTheSpot },
] as const satisfies readonly { code: string; sort: Sort; holds(facts: Facts): boolean }[];

export type Reason = (typeof reasons)[number]["code"];

export interface Decision {
  sort: Sort;
  /** What decided it. */
  because: Reason;
  /** Other facts that speak for the same, in their order. */
  also: Reason[];
}

/**
 * Complaint or grievance, by fact. A grievance is a written or spoken complaint that staff who were present did not resolve
 * at the time, about care, abuse or neglect, the hospital's compliance, or a Medicare billing right; a written one always
 * is, as is one about abuse, neglect, harm or the hospital's compliance, and one that asks for a response; billing alone
 * usually is not: 42 CFR 482.13(a)(2), and CMS State Operations Manual, Appendix A, tag A-0118.
 */
export function decide(facts: Facts): Decision {
  const [first, ...others] = reasons.filter(({ holds }) => holds(facts));
  if (!first) throw new Error("One of the last two always holds.");
  const also = others.filter(({ code, sort }) => sort === first.sort && code !== "not-resolved");
  return { sort: first.sort, because: first.code, also: also.map(({ code }) => code) };
}

/** What it was by fact, whoever decided otherwise since. */
export const sortBy = (because: Reason): Sort => reasons.find(({ code }) => code === because)?.sort ?? "grievance";
