import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// 4 West's manager is "manager"; Medicine above it is the "director"'s; the Emergency has no manager.

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

type Right =
  | "see"
  | "acknowledge"
  | "assign"
  | "close"
  | "note"
  | "grade"
  | "review"
  | "correct"
  | "merge"
  | "restrict"
  | "reopen"
  | "summarise";
const everybody = ["nurse", "manager", "director", "quality", "admin", "outsider"] as const;

/** Whether this person may, tried for real on an incident of its own. */
async function may(handle: string, right: Right, prepare: () => Promise<number>): Promise<boolean> {
  const number = await prepare();
  const act = await actOf(hospital, handle);
  const { incidents } = hospital.services;
  const tries: Record<Right, () => Promise<unknown>> = {
    see: () => incidents.show(act.actor, number),
    acknowledge: () => incidents.acknowledge(act, number),
    assign: () => incidents.assign(act, number, hospital.people.outsider),
    close: () => incidents.close(act, number, "mended"),
    note: () => incidents.note(act, number, { text: "seen" }),
    grade: () => incidents.grade(act, number, { harm: "mild" }),
    review: () => incidents.review(act, number, { whys: "It was wet" }),
    correct: () => incidents.correct(act, number, { field: "harm", value: "mild" }, "It was wrong"),
    merge: async () => incidents.merge(act, number, await file(hospital, "quality", hospital.units.west), "The same"),
    restrict: () => incidents.restrict(act, number, {}),
    reopen: () => incidents.reopen(act, number, "It came back"),
    summarise: () => incidents.summary(act, number),
  };
  try {
    await tries[right]();
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") return false;
    throw error;
  }
}

const allowed = async (right: Right, prepare: () => Promise<number>) => {
  const found: string[] = [];
  for (const handle of everybody) if (await may(handle, right, prepare)) found.push(handle);
  return found.join(" ");
};

describe("an incident of 4 West that the nurse filed", () => {
  test.each<[Right, string]>([
    ["see", "nurse manager director quality"],
    ["note", "nurse manager director quality"],
    ["acknowledge", "manager director quality"],
    ["assign", "manager director quality"],
    ["close", "quality"],
    ["grade", "quality"],
    ["review", "quality"],
    ["correct", "nurse quality"],
    ["merge", "quality"],
    ["restrict", "quality"],
    ["summarise", "manager director quality"],
  ])("may %s: %s", async (right, people) => {
    expect(await allowed(right, () => file(hospital, "nurse", hospital.units.west))).toBe(people);
  });
});

describe("an incident of the Emergency, which nobody manages", () => {
  test.each<[Right, string]>([
    ["see", "outsider quality"],
    ["acknowledge", "quality"],
    ["close", "quality"],
  ])("may %s: %s", async (right, people) => {
    const found = await allowed(right, () => file(hospital, "outsider", hospital.units.emergency));
    expect(found.split(" ").sort().join(" ")).toBe(people.split(" ").sort().join(" "));
  });
});

describe("an incident that was assigned", () => {
  const assigned = (to: keyof Hospital["people"]) => async () => {
    const number = await file(hospital, "nurse", hospital.units.east);
    await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people[to]);
    return number;
  };

  test.each<Right>(["close", "grade", "review"])("its manager may %s it", async (right) => {
    expect(await allowed(right, assigned("manager"))).toBe("manager quality");
    expect(await allowed(right, assigned("director"))).toBe("director quality");
  });

  test("staff whom it was given to see it and add to it, and cannot close it", async () => {
    expect(await allowed("see", assigned("outsider"))).toBe("nurse director quality outsider");
    expect(await allowed("note", assigned("outsider"))).toBe("nurse director quality outsider");
    expect(await allowed("close", assigned("outsider"))).toBe("quality");
  });
});

test("a closed incident is changed by nobody, and noted by those who see it", async () => {
  const closed = async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    return number;
  };
  for (const right of ["close", "grade", "review", "correct", "merge"] as const)
    expect([right, await allowed(right, closed)]).toEqual([right, ""]);
  expect(await allowed("reopen", closed)).toBe("quality");
  expect(await allowed("assign", closed)).toBe("");
  expect(await allowed("note", closed)).toBe("nurse manager director quality");
  const details = await hospital.services.incidents.show(await actorOf(hospital, "quality"), await closed());
  const still = Object.entries(details.may).flatMap(([right, may]) => (may ? [right] : []));
  expect(still).toEqual(["restrict", "reopen", "summarise"]);
});

test("somebody who left cannot be given one", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  const bound = hospital.store.of(hospital.organisationId);
  const gone = await bound.person.create({ data: { handle: "gone", name: "Gone", access: ["staff"], active: false } });
  await expect(hospital.services.incidents.assign(await actOf(hospital, "quality"), number, gone.id)).rejects.toThrow(
    "That person has left",
  );
});

test("a list shows each person what they may see, and no more", async () => {
  for (const handle of everybody) {
    const actor = await actorOf(hospital, handle);
    let before: number | undefined;
    do {
      const page = await hospital.services.incidents.list(actor, { status: "all", before });
      for (const { number } of page.rows) await hospital.services.records.find(actor, `INC-${number}`);
      before = page.more.count > 0 || page.more.atLeast ? page.rows.at(-1)?.number : undefined;
    } while (before !== undefined);
  }
  expect((await hospital.services.incidents.list(await actorOf(hospital, "admin"), { status: "all" })).rows).toEqual(
    [],
  );
});

test("filters narrow the list", async () => {
  const { incidents } = hospital.services;
  const quality = await actorOf(hospital, "quality");
  const number = await file(hospital, "nurse", hospital.units.east, {
    what: "An Unusual word 100% _sure_",
    kind: "near-miss",
    category: "medication",
    happenedAt: new Date("2026-11-20T12:00:00Z"),
  });
  const found = async (filter: object) =>
    (await incidents.list(quality, { status: "open", ...filter })).rows.map((row) => row.number);
  expect(await found({ search: "unusual WORD" })).toEqual([number]);
  expect(await found({ search: "100%" })).toEqual([number]);
  expect(await found({ search: "_sure_" })).toEqual([number]);
  expect(await found({ search: "1%0" })).toEqual([]);
  expect(await found({ kind: "near-miss", category: "medication", unitId: hospital.units.medicine })).toEqual([number]);
  expect(await found({ kind: "near-miss", since: "2026-11-21" })).toEqual([]);
  expect(await found({ kind: "near-miss", since: "2026-11-20" })).toEqual([number]);
  expect(await found({ kind: "near-miss", mine: true })).toEqual([]);
});

test("a list says what it is narrowed to, also where nothing is left", async () => {
  const quality = person(hospital, "quality");
  await quality.says("incident list 5E near-miss medication since:2026-11-20");
  expect(quality.sees()).toContain(
    "Only 5 East and below · Near miss · Medication or other substance · since 2026-11-20",
  );
  expect(quality.sees()).toContain("Open incidents");
  await quality.says("incident list unheard-of");
  expect(quality.sees()).toContain("Only with “unheard-of” in the text");
  await quality.says("incident list");
  expect(quality.sees()).not.toContain("Only ");
});
