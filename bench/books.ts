import { budgetCard } from "../src/cards/budget.ts";
import { createServices } from "../src/services.ts";
import type { Store } from "../src/store/store.ts";
import { withStore } from "./hospital.ts";

const linesEach = 30;
const rounds = 15;

/** A budget of the director's hundred units, thirty lines each over two years: the best of fifteen, in milliseconds. */
export async function timeBudget(dataFolder: string, team: string): Promise<object[]> {
  const told: object[] = [];
  await withStore(dataFolder, async (store) => {
    await fillBooks(store);
    const services = createServices(store);
    const now = new Date("2026-12-20T12:00:00Z");
    const identity = { platform: "slack" as const, tenant: team, user: "UDIRECTOR" };
    const { actor } = await services.members.identify(identity, async () => undefined, now);
    for (const month of ["2026-10", "2026-Q3"]) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const start = performance.now();
        budgetCard(await services.budgets.show(actor, { month }), false);
        times.push(performance.now() - start);
      }
      told.push({ name: `budget show, 3,000 lines, ${month}`, milliseconds: Number(Math.min(...times).toFixed(1)) });
    }
  });
  return told;
}

async function fillBooks({ unbound }: Store): Promise<void> {
  const { id } = await unbound.organisation.findFirstOrThrow();
  await unbound.$executeRaw`
    INSERT INTO "Line" (id, "organisationId", code, name, kind, hours)
    SELECT gen_random_uuid(), ${id}::uuid, 'line' || n, 'Line ' || n, CASE n WHEN 1 THEN 'revenue' ELSE 'expense' END,
      CASE WHEN n BETWEEN 2 AND 4 THEN 'regular' WHEN n = 5 THEN 'overtime' END FROM generate_series(1, ${linesEach}::int) n`;
  await unbound.$executeRaw`
    INSERT INTO "BudgetLine" ("organisationId", "unitId", "lineId", month, behaviour, basis, volume, quantity, rate, amount)
    SELECT ${id}::uuid, u.id, l.id, m, CASE WHEN l.name < 'Line 2' THEN 'variable' ELSE 'fixed' END, 'patient days',
      1000, 900 + extract(month FROM m), 42.5, 38250 + extract(month FROM m)
    FROM "Unit" u, "Line" l, generate_series('2025-01-01'::date, '2026-12-01', '1 month') m WHERE u.code LIKE 'D%-%'`;
  await unbound.$executeRaw`
    INSERT INTO "LedgerLine" ("organisationId", "unitId", "lineId", month, volume, quantity, rate, amount)
    SELECT "organisationId", "unitId", "lineId", month, 1037, quantity + 11, 42.75, amount + 234.56 FROM "BudgetLine"`;
  await unbound.$executeRaw`
    INSERT INTO "BookMonth" (id, "organisationId", number, "unitId", month, "asOf")
    SELECT gen_random_uuid(), ${id}::uuid, row_number() OVER (), u.id, m, m + interval '40 days'
    FROM "Unit" u, generate_series('2025-01-01'::date, '2026-12-01', '1 month') m WHERE u.code LIKE 'D%-%'`;
  await unbound.$executeRaw`VACUUM ANALYZE "BudgetLine", "LedgerLine", "BookMonth"`;
}
