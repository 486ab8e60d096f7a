import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { bring, bringBooks, budgetHead, ledgerHead } from "./books.ts";
import { actOf, actorOf } from "./organisation.ts";

let hospital: Hospital;
let lines: Record<string, string>;
beforeAll(async () => {
  hospital = await openHospital();
  await bringBooks(hospital);
  const rows = await hospital.store.of(hospital.organisationId).line.findMany();
  lines = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});
afterAll(() => hospital.close());
const budgets = () => hospital.services.budgets;
const at = (line: string, month = "2026-10", unitId = hospital.units.west) => ({
  unitId,
  month,
  lineId: lines[line] ?? "",
});

describe("who sees budgets", () => {
  const asks = async (handle: string, unitId?: string) => {
    try {
      return (await budgets().show(await actorOf(hospital, handle), { unitId })).scope.name;
    } catch (error) {
      return (error as Error).message.slice(0, 30);
    }
  };

  test.each([
    ["manager", undefined, "4 West"],
    ["manager", "west", "4 West"],
    ["manager", "east", "5 East’s budget is for its man"],
    ["manager", "medicine", "Medicine’s budget is for its m"],
    ["director", undefined, "Medicine"],
    ["director", "west", "4 West"],
    ["director", "emergency", "Emergency’s budget is for its "],
    ["quality", "west", "4 West’s budget is for its man"],
    ["nurse", undefined, "You manage no unit, so there i"],
    ["admin", "west", "4 West’s budget is for its man"],
  ] as const)("%s asks for %s: %s", async (handle, unit, answer) => {
    expect(await asks(handle, unit && hospital.units[unit])).toBe(answer);
  });

  test("an admin sees the unit where they work, and no other", async () => {
    const bound = hospital.store.of(hospital.organisationId);
    await bound.person.updateMany({ where: { id: hospital.people.admin }, data: { unitIds: [hospital.units.east] } });
    expect(await asks("admin")).toBe("5 East");
    expect(await asks("admin", hospital.units.west)).toContain("4 West’s budget is for");
    await bound.person.updateMany({ where: { id: hospital.people.admin }, data: { unitIds: [] } });
  });

  test("nobody explains, reviews or reads what was said of another’s unit", async () => {
    const said = { ...at("rent", "2026-10", hospital.units.east), why: "Because" };
    await expect(budgets().explain(await actOf(hospital, "manager"), said)).rejects.toThrow(
      "budget is for its manager",
    );
    await expect(budgets().explain(await actOf(hospital, "quality"), said)).rejects.toThrow(
      "budget is for its manager",
    );
    const given = await budgets().explain(await actOf(hospital, "director"), said);
    expect(await budgets().explanationForNotice(await actorOf(hospital, "manager"), given.id)).toBeUndefined();
    expect(await budgets().explanationForNotice(await actorOf(hospital, "quality"), given.id)).toBeUndefined();
    expect(await budgets().said(await actorOf(hospital, "manager"), said)).toEqual([]);
  });
});

describe("a month", () => {
  test("is the last that is closed where none is asked for, and says what it is without", async () => {
    await bring(hospital, "ledger", `${ledgerHead}4W,rent,2026-11,,,,9000,2026-11-20\n`);
    const manager = await actorOf(hospital, "manager");
    expect((await budgets().show(manager, {})).month).toBe("2026-10");
    const running = await budgets().show(manager, { month: "2026-11" });
    expect([running.closed, running.asOf]).toEqual([false, "2026-11-20"]);
    const both = await budgets().show(await actorOf(hospital, "director"), { month: "2026-11" });
    expect(both.missing.map(({ name }) => name)).toEqual(["5 East"]);
    await expect(budgets().show(manager, { month: "2026-03" })).rejects.toThrow(
      "There is no ledger of 4 West for 2026-03. The latest month is 2026-10.",
    );
  });

  test("has its year to date by the fiscal year", async () => {
    const manager = await actorOf(hospital, "manager");
    const bound = hospital.store.of(hospital.organisationId);
    const year = async () => (await budgets().show(manager, { month: "2026-10" })).yearly[0]?.of.budget.toFixed(2);
    expect(await year()).toBe("1640000.00");
    await bound.change((change) => change.changeOrganisation({ fiscalYearStart: 10 }));
    expect(await year()).toBe("410000.00");
    await bound.change((change) => change.changeOrganisation({ fiscalYearStart: 9 }));
    expect(await year()).toBe("820000.00");
    await bound.change((change) => change.changeOrganisation({ fiscalYearStart: 7 }));
  });

  test("rolls up to the cent: a unit and those below are the sum of them", async () => {
    const whole = await budgets().show(await actorOf(hospital, "director"), { month: "2026-10" });
    const sum = whole.below.reduce(
      (total, { month }) => total.plus(month.impacts.total),
      whole.total.impacts.total.times(0),
    );
    expect(sum.toFixed(2)).toBe(whole.total.impacts.total.toFixed(2));
    expect(whole.below.map(({ unit, month }) => [unit.name, month.impacts.total.toFixed(2)])).toEqual([
      ["4 West", "-55800.00"],
      ["5 East", "0.00"],
    ]);
  });

  test("tells lines over both thresholds in the month apart from those of the year", async () => {
    const manager = await actorOf(hospital, "manager");
    const owed = async () =>
      (await budgets().unexplained(manager, { month: "2026-10" })).owed.map(({ line, over }) => [
        line.code,
        over.month,
        over.year,
      ]);
    expect(await owed()).toEqual([
      ["nurses", true, true],
      ["overtime", true, true],
    ]);
    const bound = hospital.store.of(hospital.organisationId);
    await bound.change((change) => change.changeOrganisation({ explainPercent: 45 }));
    expect(await owed()).toEqual([["overtime", true, false]]);
    await bound.change((change) => change.changeOrganisation({ explainPercent: 5, explainDollars: 60_000 }));
    expect(await owed()).toEqual([["nurses", false, true]]);
    await bound.change((change) => change.changeOrganisation({ explainDollars: 5_000 }));
  });
});

describe("the year’s end", () => {
  test("begins with the first month of the fiscal year, and is told by four methods with their range", async () => {
    const view = await budgets().forecast(await actorOf(hospital, "manager"), {});
    expect([view.year.name, view.through]).toEqual(["FY 2027", "2026-10"]);
    const [expense] = view.ends;
    expect(expense?.forecasts.map(({ method }) => method)).toEqual(["run-rate", "remaining-budget", "trend"]);
    expect(expense?.forecasts.every(({ range }) => range !== null)).toBe(true);
    const remaining = expense?.forecasts.find(({ method }) => method === "remaining-budget");
    expect(remaining?.amount.toFixed(2)).toBe(expense?.actual.plus(2 * 410_000).toFixed(2));
  });
});

describe("an explanation", () => {
  beforeEach(async () => {
    const bound = hospital.store.of(hospital.organisationId);
    await bound.explanation.deleteMany({});
    await bound.action.deleteMany({});
    await bound.notice.deleteMany({});
  });

  test("that is sent fifty times at once is there once, with one action and one notice", async () => {
    const act = { ...(await actOf(hospital, "manager")), requestId: randomUUID() };
    const given = { ...at("overtime"), why: "Short on nights", plan: "Fill the posts", due: "2026-12-15" };
    const answers = await Promise.all(Array.from({ length: 50 }, () => budgets().explain(act, given)));
    expect(new Set(answers.map(({ id, action }) => `${id} ${action?.number}`)).size).toBe(1);
    const bound = hospital.store.of(hospital.organisationId);
    expect([
      await bound.explanation.count(),
      await bound.action.count(),
      await bound.timelineEntry.count({ where: { explanationId: { not: null } } }),
      await bound.notice.count({ where: { kind: "explanation-given" } }),
    ]).toEqual([1, 1, 1, 1]);
  });

  test("that fifty clicks accept is accepted once, and everybody hears so", async () => {
    await budgets().explain(await actOf(hospital, "manager"), { ...at("overtime"), why: "Short on nights" });
    const acts = await Promise.all(Array.from({ length: 50 }, () => actOf(hospital, "director")));
    const answers = await Promise.all(acts.map((act) => budgets().accept(act, at("overtime"), undefined)));
    expect(answers.map(({ state }) => state)).toEqual(answers.map(() => "accepted"));
    const bound = hospital.store.of(hospital.organisationId);
    expect(await bound.notice.count({ where: { kind: "explanation-accepted" } })).toBe(1);
  });

  test("is never reviewed by whoever gave it, and stands where nobody is above", async () => {
    const own = await budgets().explain(await actOf(hospital, "director"), { ...at("nurses"), why: "More patients" });
    expect([own.state, own.reviewer]).toEqual(["accepted", null]);
    await expect(budgets().accept(await actOf(hospital, "director"), at("nurses"), undefined)).rejects.toThrow(
      "Nobody is above 4 West",
    );
    const again = await budgets().explain(await actOf(hospital, "manager"), {
      ...at("nurses"),
      why: "A tenth more patients",
    });
    expect([again.state, again.reviewer?.name]).toEqual(["open", "Director Person"]);
  });

  test("keeps what was said before, and its plan stays one action", async () => {
    const plan = { ...at("overtime"), why: "Short on nights", plan: "Fill the posts", due: "2026-12-15" };
    const first = await budgets().explain(await actOf(hospital, "manager"), plan);
    await budgets().giveBack(await actOf(hospital, "director"), at("overtime"), "How many posts");
    await expect(budgets().giveBack(await actOf(hospital, "director"), at("nurses"), "?")).rejects.toThrow(
      "There is no explanation",
    );
    const again = await budgets().explain(await actOf(hospital, "manager"), {
      ...plan,
      why: "Two posts are open",
      plan: "Fill two posts",
      ownerId: hospital.people.nurse,
    });
    expect(again.timeline.map(({ kind, text }) => [kind, text])).toEqual([
      ["explained", "Short on nights"],
      ["returned", "How many posts"],
      ["explained", "Two posts are open"],
    ]);
    expect([again.action?.number, again.action?.owner.name]).toEqual([first.action?.number, "Nurse Person"]);
    expect(await hospital.store.of(hospital.organisationId).action.count()).toBe(1);
    await budgets().accept(await actOf(hospital, "director"), at("overtime"), undefined);
    await expect(budgets().explain(await actOf(hospital, "manager"), plan)).rejects.toThrow(
      "has accepted what was said of it",
    );
  });

  test.each([
    ["of a month without a ledger", { month: "2026-03" }, "is not there yet"],
    ["with a day and no plan", { due: "2026-12-15" }, "Say what is planned until then"],
    ["with a day that has passed", { plan: "Fill", due: "2026-11-01" }, "passed"],
  ])("%s is refused", async (_what, given, message) => {
    const said = { ...at("overtime"), why: "Because", ...given };
    await expect(budgets().explain(await actOf(hospital, "manager"), said)).rejects.toThrow(message);
  });

  test("of a line that the unit does not have is refused", async () => {
    await bring(hospital, "budget", `${budgetHead}ED,parking,,2026-10,expense,fixed,,,,,100,\n`);
    const line = await hospital.store.of(hospital.organisationId).line.findFirstOrThrow({ where: { code: "parking" } });
    const said = { ...at("overtime"), lineId: line.id, why: "Because" };
    await expect(budgets().explain(await actOf(hospital, "manager"), said)).rejects.toThrow(
      "neither a budget nor a ledger",
    );
  });

  test("waits for whoever owes it after the month is closed, and then for its reviewer", async () => {
    const waits = async (handle: string) =>
      (await budgets().waiting(await actorOf(hospital, handle), hospital.clock.now, 10)).map(
        ({ part, unit, month, lines: of, about }) => [
          part,
          unit.name,
          month,
          of.map(({ name }) => name).join(),
          /^BUD-\d+$/.test(about),
        ],
      );
    expect(await waits("manager")).toEqual([["explain", "4 West", "2026-10", "Nurses,Overtime", true]]);
    expect(await waits("director")).toEqual([]);
    await budgets().explain(await actOf(hospital, "manager"), { ...at("nurses"), why: "More patients" });
    expect(await waits("manager")).toEqual([["explain", "4 West", "2026-10", "Overtime", true]]);
    expect(await waits("director")).toEqual([["review", "4 West", "2026-10", "Nurses", true]]);
    for (const handle of ["nurse", "quality", "admin"]) expect(await waits(handle)).toEqual([]);
  });

  test("that is returned waits again, also after a later month was closed", async () => {
    const waits = async () =>
      (await budgets().waiting(await actorOf(hospital, "manager"), hospital.clock.now, 10)).map(
        ({ month, lines: of }) => `${month} ${of.map(({ name }) => name).join()}`,
      );
    await budgets().explain(await actOf(hospital, "manager"), { ...at("nurses", "2026-09"), why: "More patients" });
    expect(await waits()).toEqual(["2026-10 Nurses,Overtime"]);
    await budgets().giveBack(await actOf(hospital, "director"), at("nurses", "2026-09"), "How many more");
    expect(await waits()).toEqual(["2026-09 Nurses", "2026-10 Nurses,Overtime"]);
    await budgets().explain(await actOf(hospital, "manager"), { ...at("nurses", "2026-09"), why: "100 more" });
    expect(await waits()).toEqual(["2026-10 Nurses,Overtime"]);
  });

  test("is owed by the manager above where a unit has none of its own", async () => {
    const waits = async (handle: string) =>
      (await budgets().waiting(await actorOf(hospital, handle), hospital.clock.now, 10)).map(
        ({ part, unit }) => `${part} ${unit.name}`,
      );
    await bring(hospital, "ledger", `${ledgerHead}5E,rent,2026-10,,,,32000,2026-11-06\n`);
    expect(await waits("director")).toEqual(["explain 5 East"]);
    expect(await waits("manager")).toEqual(["explain 4 West"]);
    await bring(hospital, "ledger", `${ledgerHead}5E,rent,2026-10,,,,20000,2026-11-07\n`);
    expect(await waits("director")).toEqual([]);
  });
});
