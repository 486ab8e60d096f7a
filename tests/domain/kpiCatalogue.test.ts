import { describe, expect, test } from "vitest";
import { publishedAt } from "../../src/domain/kpis/catalogue/published.ts";
import { catalogue, metricNamed } from "../../src/domain/kpis/catalogue.ts";
import { scaleOf } from "../../src/domain/kpis/metric.ts";

// What a hospital asks for, as people say it, and the code that it is found under.
const revenueCycle = [
  ["pre-registration rate", "pre-registration"],
  ["insurance verification rate", "insurance-verification"],
  ["authorization rate", "service-authorization"],
  ["POS collections A", "pos-collections-a"],
  ["POS collections B", "pos-collections-b"],
  ["uninsured conversion", "uninsured-conversion"],
  ["DNFB", "dnfb-days"],
  ["FBNS", "fbns-days"],
  ["DNSP", "dnsp-days"],
  ["clean claim rate", "clean-claims"],
  ["clean claims submitted", "clean-claims-submitted"],
  ["late charges", "late-charges"],
  ["days in AR", "net-days-ar"],
  ["aged AR", "aged-ar-90"],
  ["denials", "denial-rate"],
  ["denial write-offs", "denial-write-offs"],
  ["bad debt", "bad-debt"],
  ["charity", "charity-care"],
  ["cash collections", "cash-collection"],
  ["cost to collect", "cost-to-collect"],
  ["net collection rate", "net-collection"],
  ["CMI", "case-mix-index"],
] as const;

const operational = [
  ["ALOS", "length-of-stay"],
  ["bed occupancy", "occupancy"],
  ["ADC", "average-daily-census"],
  ["bed turnover", "bed-turnover"],
  ["turn time", "bed-turnaround"],
  ["LWBS", "lwbs"],
  ["door to provider", "door-to-provider"],
  ["boarding time", "ed-boarding"],
  ["30-day readmission", "readmission-30d"],
  ["fall rate", "falls"],
  ["falls with injury", "injury-falls"],
  ["injury share of falls", "injury-falls-share"],
  ["fall injury levels", "fall-injury-level"],
  ["pressure injury prevalence", "hapi-prevalence"],
  ["pressure injury rate", "hapi-incidence"],
  ["CLABSI", "clabsi"],
  ["CAUTI", "cauti"],
  ["DUR", "device-utilization"],
  ["SIR", "sir"],
  ["electronic denominator check", "denominator-check"],
  ["C. diff", "c-difficile"],
  ["surgical site infection", "ssi"],
  ["hand hygiene", "hand-hygiene"],
  ["med errors", "medication-errors-doses"],
  ["med errors per patient days", "medication-errors"],
  ["incident reporting rate", "reporting-rate"],
  ["near miss share", "near-miss-share"],
  ["grievances", "grievance-rate"],
  ["grievances within 7 days", "grievances-7-days"],
  ["median days to closure", "grievance-days"],
  ["turnover rate", "turnover"],
  ["voluntary turnover", "voluntary-turnover"],
  ["vacancy rate", "vacancy"],
  ["time to fill", "time-to-fill"],
  ["absence rate", "absence"],
  ["training compliance", "training-compliance"],
  ["stock-out rate", "stock-outs"],
  ["items at zero", "stock-outs-items"],
  ["supply fill rate", "fill-rate"],
  ["stock turns", "inventory-turns"],
  ["days on hand", "days-on-hand"],
  ["waste %", "expired-stock"],
  ["action closure", "actions-on-time"],
] as const;

const survey = [
  "nurse communication",
  "doctor communication",
  "hcahps restfulness",
  "hcahps care coordination",
  "staff responsiveness",
  "medicine communication",
  "hcahps discharge",
  "symptom information",
  "hcahps cleanliness",
  "hcahps rating",
  "would recommend",
];

/** Which way is better, of every metric of these groups. */
const better = {
  higher: [
    ...["near-miss-share", "hand-hygiene", "grievances-7-days", "training-compliance", "fill-rate", "actions-on-time"],
    ...["pre-registration", "insurance-verification", "service-authorization", "pos-collections-a"],
    ...["pos-collections-b", "uninsured-conversion", "clean-claims", "clean-claims-submitted", "cash-collection"],
    "net-collection",
  ],
  lower: [
    ...["readmission-30d", "falls", "injury-falls", "injury-falls-share", "door-to-provider", "ed-boarding", "lwbs"],
    ...["hapi-prevalence", "hapi-incidence", "clabsi", "cauti", "device-utilization", "sir", "c-difficile", "ssi"],
    ...["length-of-stay", "bed-turnaround", "grievance-rate", "grievance-days", "turnover", "voluntary-turnover"],
    ...["vacancy", "time-to-fill", "absence", "stock-outs", "stock-outs-items", "expired-stock", "dnfb-days"],
    ...["fbns-days", "dnsp-days", "late-charges", "net-days-ar", "aged-ar-90", "denial-rate", "denial-write-offs"],
    ...["bad-debt", "cost-to-collect"],
  ],
  neither: [
    ...["fall-injury-level", "medication-errors-doses", "medication-errors", "reporting-rate", "denominator-check"],
    ...["occupancy", "average-daily-census", "bed-turnover", "inventory-turns", "days-on-hand", "charity-care"],
    "case-mix-index",
  ],
};
const directions = { higher: "increase", lower: "decrease", neither: "neutral" } as const;

test("every measure of the revenue cycle and of operations is listed once, with which way is better", () => {
  const listed = Object.values(better).flat().sort();
  expect(listed).toEqual([...revenueCycle, ...operational].map(([, code]) => code).sort());
  for (const way of ["higher", "lower", "neither"] as const)
    for (const code of better[way])
      expect([code, metricNamed(catalogue, code)?.direction]).toEqual([code, directions[way]]);
});

test("what is there beside them is named here: counts where a rate is not known, days, and waits over four hours", () => {
  const known = new Set<string>([...revenueCycle, ...operational].map(([, code]) => code));
  const more = catalogue.filter(({ code }) => !known.has(code) && !code.startsWith("hcahps-")).map(({ code }) => code);
  expect(more.sort()).toEqual(["ed-over-4h", "fall-count", "patient-days", "report-count"]);
});

test.each([...revenueCycle, ...operational])("“%s” finds %s", (said, code) => {
  expect(metricNamed(catalogue, said)?.code).toBe(code);
});

test("the eleven measures of the patients' survey are there, each as a raw top-box", () => {
  const found = survey.map((said) => metricNamed(catalogue, said));
  expect(new Set(found.map((metric) => metric?.code)).size).toBe(11);
  for (const metric of found) {
    expect(metric?.name).toContain("raw top-box");
    expect(metric).toMatchObject({ direction: "increase", chart: "p", people: true, flaggedBelow: 100 });
  }
});

test.each(catalogue.map((metric) => [metric.name, metric] as const))("%s says what it is in full", (_name, metric) => {
  expect(metric.code).toMatch(/^[a-z0-9][a-z0-9-]{0,39}$/);
  expect(metric.name.length).toBeLessThanOrEqual(80);
  for (const words of [metric.formula, metric.measure, metric.source]) expect(words).toMatch(/\S/);
  expect(metric.formula).not.toMatch(/\.$|domain\.md/);
  // An address takes more lines of a phone than all that is said beside it; the name leads there.
  expect(metric.source).not.toContain("http");
  expect(metric.denominator === undefined || metric.numerator !== undefined).toBe(true);
  if (["p", "pp", "u", "up"].includes(metric.chart)) expect(metric.denominator).toBeDefined();
  if (metric.flaggedBelow !== undefined) expect(metric.people).toBe(true);
});

test("no word means two metrics", () => {
  const words = catalogue.flatMap((metric) =>
    [metric.code, metric.name, ...metric.aliases].map((word) => [word.toLowerCase(), metric.code]),
  );
  const meant = new Map<string, string>();
  for (const [word = "", code = ""] of words) {
    expect([word, meant.get(word) ?? code]).toEqual([word, code]);
    meant.set(word, code);
  }
});

describe("where a definition has changed or differs", () => {
  test.each([
    ["pos-collections-a", "pos-collections-b"],
    ["clean-claims", "clean-claims-submitted"],
    ["injury-falls", "injury-falls-share"],
    ["hapi-prevalence", "hapi-incidence"],
    ["medication-errors-doses", "medication-errors"],
    ["stock-outs", "stock-outs-items"],
    ["turnover", "voluntary-turnover"],
  ])("%s and %s are two metrics, each with its version", (one, other) => {
    const versions = [one, other].map((code) => metricNamed(catalogue, code)?.version);
    expect(versions[0]).toBeDefined();
    expect(versions[1]).toBeDefined();
    expect(versions[0]).not.toBe(versions[1]);
  });
});

test("4 falls in 900 patient days are 4.44 per 1,000", () => {
  expect((4 / 900) * scaleOf("per 1,000 patient days")).toBeCloseTo(4.44, 2);
});

test("a source that is published leads to it, and keeps what else is said", () => {
  expect(publishedAt(metricNamed(catalogue, "falls")?.source ?? "")).toEqual({
    name: "NDNQI; L. Lake, M. Cheung, Patient falls",
    url: "https://pmc.ncbi.nlm.nih.gov/articles/PMC3572247",
    rest: "; Computed every night from Rounds’ own records where patient days are imported",
  });
  expect(publishedAt("Your own")).toBeUndefined();
});
