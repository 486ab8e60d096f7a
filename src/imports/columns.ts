/** The columns of every file that can be imported, in the order of its template. */
export const columns = {
  units: ["code", "name", "aliases", "parent", "manager"],
  staff: ["handle", "name", "email", "access", "jobs", "units", "supervisor", "zone", "hired", "slack", "teams"],
  budget: [
    "unit",
    "line",
    "name",
    "month",
    "kind",
    "behaviour",
    "basis",
    "volume",
    "quantity",
    "rate",
    "amount",
    "hours",
  ],
  ledger: ["unit", "line", "month", "volume", "quantity", "rate", "amount", "as_of"],
  kpi: ["unit", "period", "metric", "numerator", "denominator", "value"],
} as const;

/** Columns without which a file of figures is not of its sort. */
export const needed = {
  budget: ["unit", "line", "month", "kind", "behaviour"],
  ledger: ["unit", "line", "month", "as_of"],
  kpi: ["unit", "period", "metric"],
} as const;

/** Figures that people bring in chat. Units and staff decide who sees what, and come in on the server. */
export const brought = [
  { code: "budget", label: "Budget" },
  { code: "ledger", label: "Ledger" },
  { code: "kpi", label: "Measures" },
] as const;
export type Brought = (typeof brought)[number]["code"];
