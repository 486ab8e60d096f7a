import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { budgetCard } from "../../src/cards/budget.ts";
import type { Actor } from "../../src/domain/staff/actor.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actorOf } from "./organisation.ts";

// What a budget answer costs over a whole organisation: 250 units of twelve lines, two years of months.

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
  const { unbound } = hospital.store;
  const own = hospital.organisationId;
  const above = hospital.units.medicine;
  await unbound.$executeRaw`
    INSERT INTO "Unit" (id, "organisationId", code, name, aliases, "parentId")
    SELECT gen_random_uuid(), ${own}::uuid, 'U' || n, 'Unit ' || n, '{}', ${above}::uuid FROM generate_series(1, 249) n`;
  await unbound.$executeRaw`
    INSERT INTO "Line" (id, "organisationId", code, name, kind, hours)
    SELECT gen_random_uuid(), ${own}::uuid, 'L' || n, 'Line ' || n, CASE n WHEN 1 THEN 'revenue' ELSE 'expense' END,
      CASE n WHEN 2 THEN 'regular' WHEN 3 THEN 'overtime' END FROM generate_series(1, 12) n`;
  await unbound.$executeRaw`
    INSERT INTO "BudgetLine" ("organisationId", "unitId", "lineId", month, behaviour, basis, volume, quantity, rate, amount)
    SELECT ${own}::uuid, u.id, l.id, m, CASE WHEN l.code < 'L5' THEN 'variable' ELSE 'fixed' END, 'patient days',
      1000, 9000 + extract(month FROM m), 42.5, 382500 + extract(month FROM m)
    FROM "Unit" u, "Line" l, generate_series('2025-01-01'::date, '2026-12-01', '1 month') m WHERE u.code ~ '^U|4W'`;
  await unbound.$executeRaw`
    INSERT INTO "LedgerLine" ("organisationId", "unitId", "lineId", month, volume, quantity, rate, amount)
    SELECT "organisationId", "unitId", "lineId", month, 1037, quantity + 11, 42.75, amount + 1234.56 FROM "BudgetLine"`;
  await unbound.$executeRaw`
    INSERT INTO "BookMonth" (id, "organisationId", number, "unitId", month, "asOf")
    SELECT gen_random_uuid(), ${own}::uuid, row_number() OVER (), u.id, m, m + interval '40 days'
    FROM "Unit" u, generate_series('2025-01-01'::date, '2026-12-01', '1 month') m WHERE u.code ~ '^U|4W'`;
  await unbound.$executeRaw`ANALYZE`;
});
afterAll(() => hospital.close());

test.each([
  ["its last month", undefined],
  ["a quarter", "Q4"],
])(
  "three thousand lines over two years are shown for %s by no more statements than those of one unit",
  async (_what, month) => {
    const [all, one] = [await actorOf(hospital, "director"), await actorOf(hospital, "manager")];
    const query = vi.spyOn(pg.Client.prototype, "query");
    const statements = async (actor: Actor, unitId: string | undefined) => {
      query.mockClear();
      const view = await hospital.services.budgets.show(actor, { month, unitId });
      budgetCard(view, false);
      return { asked: query.mock.calls.length, units: view.below.length };
    };
    const [few, many] = [await statements(one, undefined), await statements(all, undefined)];
    expect(many).toEqual({ asked: few.asked, units: 250 });
    query.mockRestore();
    const times: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      const from = performance.now();
      budgetCard(await hospital.services.budgets.show(all, { month }), false);
      times.push(performance.now() - from);
    }
    // A quiet machine takes less than 150 ms; this one may be slow, and busy.
    expect(Math.min(...times)).toBeLessThanOrEqual(5_000);
  },
);
