import { describe, expect, test } from "vitest";
import { type Route, type Routed, routeOf } from "../../src/domain/incidents/routing.ts";

// Pharmacy is told of medication events, Medicine above 4 West of severe harm.

const units = [
  { id: "medicine", parentId: null },
  { id: "west", parentId: "medicine" },
  { id: "emergency", parentId: null },
];

const route = (personIds: string, given: Partial<Route> = {}): Route => ({
  kind: null,
  category: null,
  harm: null,
  unitId: null,
  ...given,
  personIds: [personIds],
});

const incident = (given: Partial<Routed> = {}): Routed => ({
  kind: "incident",
  category: null,
  harm: "none",
  unitId: "west",
  ...given,
});

const to = (routes: readonly Route[], given: Partial<Routed> = {}) =>
  routeOf(routes, incident(given), units).sort().join(" ");

describe("an incident goes to", () => {
  test("nobody in particular, where no route fits", () => {
    expect(to([])).toBe("");
    expect(to([route("pharmacist", { category: "medication" })], { category: "fall" })).toBe("");
    expect(to([route("chief", { unitId: "emergency" })])).toBe("");
  });

  test.each<[string, Partial<Route>, Partial<Routed>]>([
    ["its category", { category: "medication" }, { category: "medication" }],
    ["its kind", { kind: "privacy" }, { kind: "privacy" }],
    ["its unit", { unitId: "west" }, {}],
    ["a unit above its own", { unitId: "medicine" }, {}],
    ["its harm", { harm: "moderate" }, { harm: "moderate" }],
    ["a harm that it is worse than", { harm: "moderate" }, { harm: "death" }],
    ["everything", {}, {}],
  ])("the people of a route for %s", (_, condition, given) => {
    expect(to([route("somebody", condition)], given)).toBe("somebody");
  });

  test.each<[string, Partial<Route>, Partial<Routed>]>([
    ["a worse harm", { harm: "severe" }, { harm: "moderate" }],
    ["any harm, while its own is not known", { harm: "mild" }, { harm: "unknown" }],
    ["another kind", { kind: "privacy" }, {}],
    ["a unit below its own", { unitId: "west" }, { unitId: "medicine" }],
    ["its category in another unit", { category: "fall", unitId: "emergency" }, { category: "fall" }],
  ])("nobody of a route for %s", (_, condition, given) => {
    expect(to([route("somebody", condition)], given)).toBe("");
  });
});

describe("of several routes that fit, the narrowest is taken:", () => {
  test.each<[string, Partial<Route>, Partial<Route>]>([
    ["the nearer unit before the unit above it", { unitId: "west" }, { unitId: "medicine" }],
    ["a unit before a category", { unitId: "medicine" }, { category: "fall" }],
    ["a category before a kind", { category: "fall" }, { kind: "incident" }],
    ["a kind before a harm", { kind: "incident" }, { harm: "severe" }],
    ["a worse harm before a milder one", { harm: "death" }, { harm: "mild" }],
    ["any condition before none", { harm: "none" }, {}],
    ["two conditions before one", { unitId: "west", category: "fall" }, { unitId: "west" }],
  ])("%s", (_, narrow, wide) => {
    const given = { category: "fall", harm: "death" };
    expect(to([route("narrow", narrow), route("wide", wide)], given)).toBe("narrow");
    expect(to([route("wide", wide), route("narrow", narrow)], given)).toBe("narrow");
  });

  test("of equally narrow ones all", () => {
    expect(to([route("one", { category: "fall" }), route("other", { category: "fall" })], { category: "fall" })).toBe(
      "one other",
    );
  });
});

test("units that stand above each other in a circle are no trap", () => {
  const circle = [
    { id: "west", parentId: "medicine" },
    { id: "medicine", parentId: "west" },
  ];
  expect(routeOf([route("chief", { unitId: "medicine" })], incident(), circle)).toEqual(["chief"]);
});
