import { afterAll, beforeAll, expect, test } from "vitest";
import { seedDemonstration } from "../../prisma/seed.ts";
import { noProgress } from "../../src/cli/progress.ts";
import { createServices, type Services } from "../../src/services.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

// What the demonstration's managers find in their books.

const now = new Date("2026-11-23T14:05:00Z");
let database: TestDatabase;
let store: Store;
let services: Services;
beforeAll(async () => {
  database = await testDatabase();
  store = openStore(database.url, { connections: 4 });
  services = createServices(store);
  await seedDemonstration(store, { zone: "America/New_York", now, progress: noProgress });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const actorOf = async (handle: string) => {
  const identity = { platform: "web" as const, tenant: "demonstration", user: handle };
  return (await services.members.identify(identity, async () => undefined, now)).actor;
};

test("two fiscal years are planned, and the months that are closed are in the ledger", async () => {
  const actor = await actorOf("mosei");
  const bound = store.of(actor.organisationId);
  expect(await bound.budgetLine.groupBy({ by: ["month"] })).toHaveLength(24);
  expect(await bound.ledgerLine.groupBy({ by: ["month"] })).toHaveLength(22);
  expect(await bound.bookMonth.count()).toBe(22 * 12);
});

test("a nurse manager has lines to explain, and a history of what was said", async () => {
  const actor = await actorOf("jlee");
  const view = await services.budgets.show(actor, {});
  expect([view.scope.name, view.month, view.closed]).toEqual(["4 West", "2026-10", true]);
  expect(view.owed.map(({ line }) => line.code)).toEqual(["overtime", "agency"]);
  expect(view.hours.perVolume?.actual.toNumber()).toBeGreaterThan(8);
  const [overtime] = view.owed;
  if (!overtime) throw new Error("Nothing is owed.");
  const history = await services.budgets.said(actor, {
    unitId: overtime.unit.id,
    month: view.month,
    lineId: overtime.line.id,
  });
  expect(history.map(({ month, state }) => [month, state])).toEqual([["2026-08", "accepted"]]);
});

test("every unit ends the year within a few percent of its budget, by every method", async () => {
  const { ends } = await services.budgets.forecast(await actorOf("mosei"), {});
  expect(ends.map(({ kind }) => kind)).toEqual(["revenue", "expense"]);
  for (const { budget, forecasts } of ends) {
    expect(forecasts).toHaveLength(4);
    for (const { amount } of forecasts)
      expect(amount.minus(budget).dividedBy(budget).abs().toNumber()).toBeLessThan(0.06);
  }
});

test("those above have explanations to review", async () => {
  const waiting = await services.budgets.waiting(await actorOf("aferreira"), now, 10);
  expect(waiting.map(({ part, unit }) => [part, unit.name])).toEqual([["review", "5 East"]]);
});
