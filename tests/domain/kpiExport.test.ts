import { afterAll, beforeAll, expect, test } from "vitest";
import { figureCells, figureColumns } from "../../src/cards/kpiTable.ts";
import { type ExportedFigure, exportFigures } from "../../src/domain/kpis/export.ts";
import type { Operator } from "../../src/domain/staff/access.ts";
import type { Actor } from "../../src/domain/staff/actor.ts";
import type { KpiRow } from "../../src/store/store.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actorOf } from "./organisation.ts";

let hospital: Hospital;
const bound = () => hospital.store.of(hospital.organisationId);

beforeAll(async () => {
  hospital = await openHospital();
  const { west, east } = hospital.units;
  await bound().person.updateMany({ where: { handle: "nurse" }, data: { unitIds: [west] } });
  const row = (unitId: string, metric: string, startOn: string, numerator: number, denominator: number): KpiRow => ({
    unitId,
    metric,
    startOn,
    numerator: String(numerator),
    denominator: String(denominator),
    value: null,
  });
  const months = Array.from({ length: 30 }, (_, at) => new Date(Date.UTC(2024, at, 1)).toISOString().slice(0, 10));
  const rows = [
    ...[west, east].flatMap((unit) => months.map((month) => row(unit, "falls", month, 3, 900))),
    row(west, "near-miss-share", "2026-06-01", 2, 5),
    row(west, "hcahps-nurses", "2026-06-01", 4, 5),
    ...Array.from({ length: 2_200 }, (_, at) =>
      row(west, "hand-hygiene", new Date(Date.UTC(2018, 0, 1 + at)).toISOString().slice(0, 10), 9, 10),
    ),
  ];
  const origin = { source: "imported", at: hospital.clock.now, byId: null } as const;
  await bound().change((change) => change.writeKpi(rows, origin));
});
afterAll(() => hospital.close());

async function exported(asker: Actor | Operator, since?: string): Promise<ExportedFigure[]> {
  const all: ExportedFigure[] = [];
  for await (const rows of exportFigures(bound(), asker, since)) all.push(...rows);
  return all;
}
const of = (rows: readonly ExportedFigure[], code: string) => rows.filter(({ metric }) => metric.code === code);

test("an export has every figure once, however many there are, and those of the units that a person sees", async () => {
  const all = await exported(await actorOf(hospital, "quality"));
  expect(all).toHaveLength(2_262);
  expect(new Set(all.map((one) => `${one.unit.code} ${one.metric.code} ${one.startOn}`)).size).toBe(2_262);
  const director = await exported(await actorOf(hospital, "director"));
  expect(of(director, "falls")).toHaveLength(60);
  expect(of(await exported(await actorOf(hospital, "manager")), "falls")).toHaveLength(30);
  expect(await exported(await actorOf(hospital, "outsider"))).toEqual([]);
  expect(await exported("operator", "2026-06-01")).toHaveLength(4);
});

test("what is of too few people is empty in an export too, and says so", async () => {
  const cellsOf = async (asker: Actor | Operator, code: string) => {
    const [row] = of(await exported(asker, "2026-06-01"), code);
    const cells = row ? figureCells(row, "America/New_York") : [];
    return Object.fromEntries(figureColumns.map((name, at) => [name, cells[at]]));
  };
  const hidden = {
    numerator: null,
    denominator: null,
    value: null,
    figure: null,
    note: "not shown: of too few people",
  };
  expect(await cellsOf(await actorOf(hospital, "nurse"), "near-miss-share")).toMatchObject(hidden);
  expect(await cellsOf("operator", "near-miss-share")).toMatchObject(hidden);
  expect(await cellsOf(await actorOf(hospital, "manager"), "hcahps-nurses")).toMatchObject(hidden);
  expect(await cellsOf(await actorOf(hospital, "manager"), "near-miss-share")).toMatchObject({
    unit: "4W",
    period: "2026-06-01",
    numerator: 2,
    denominator: 5,
    figure: 40,
    in: "%",
    note: null,
  });
});
