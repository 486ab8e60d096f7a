import { read, utils } from "@e965/xlsx";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bringBooks } from "../domain/books.ts";
import { delivering } from "../jobs/delivering.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

// A manager sees her month, explains what is off, the director returns it and then accepts it.

let hospital: Hospital;
let delivered: () => Promise<string[]>;
beforeAll(async () => {
  hospital = await openHospital();
  delivered = delivering(hospital);
  await bringBooks(hospital);
});
afterAll(() => hospital.close());

test("a month is shown, explained, returned, explained again and accepted", async () => {
  const manager = person(hospital, "manager");
  const director = person(hospital, "director");
  await manager.says("budget show");
  expect(manager.sees()).toContain("4 West · October 2026 · as of Thu 5 Nov");
  expect(manager.sees()).toContain("410,000");
  expect(manager.sees()).toContain("−55,800");
  expect(manager.sees()).toContain("13.6 % unfavourable");
  expect(manager.sees()).toContain("volume −39,000 · efficiency −16,800");
  expect(manager.sees()).toContain(
    "More patient days explain most of it: at 1,100 patient days the budget would have been",
  );
  expect(manager.sees()).toContain("Hours per patient day\n9.45 (budget 9.2)");
  expect(manager.sees()).toContain("2 lines still need an explanation: nurses, overtime");

  await manager.clicks("By line");
  expect(manager.sees()).toContain("Nurses · −37,800 · 10 % unfavourable");
  await manager.says("budget show 4W oct");
  await manager.clicks("Explain nurses");
  expect(manager.form().title).toBe("Explain a variance");
  await manager.fills({ why: "A tenth more patients than planned", kind: "volume" });
  expect(manager.sees()).toContain("Director Person reviews it");
  await manager.says(
    'budget explain 4W oct overtime kind:one-time plan:"Fill two posts" owner:nurse due:2026-12-15 effect:-18000 why:"Two nurses left"',
  );
  expect(manager.sees()).toContain("ACT-1 · Nurse Person · due Tue 15 Dec");
  expect(manager.sees()).toContain("−18,000");
  expect(await delivered()).toEqual([
    expect.stringContaining("director: "),
    expect.stringContaining("director: "),
    expect.stringContaining("nurse: "),
  ]);
  await manager.says("budget unexplained");
  expect(manager.sees()).toContain("Nothing is left to explain");

  await director.says("todo");
  expect(director.sees()).toContain("Review October 2026 · 2 lines · 4 West");
  await director.says("budget return 4W oct overtime How many hours was it");
  expect(director.sees()).toContain("more is to be said");
  expect((await delivered()).join()).toContain("manager: ");
  await manager.says("todo");
  expect(manager.sees()).toContain("Explain October 2026 · overtime · 4 West");
  await manager.says("budget accept 4W oct overtime");
  expect(manager.sees()).toContain("reviewed by the manager of the unit above, Director Person");
  await manager.says('budget explain 4W oct overtime why:"Two nurses left: 300 hours"');
  await director.says("budget accept 4W oct overtime");
  expect(director.sees()).toContain("Accepted by Director Person");
  expect(director.sees()).toContain("How many hours was it");
  await manager.says('budget explain 4W oct overtime why:"Something else"');
  expect(manager.sees()).toContain("Director Person has accepted what was said of it");
  await director.says("budget show");
  expect(director.sees()).toContain("Medicine · October 2026");
  expect(director.sees()).toContain("5 East");
});

test("twelve months of a line say how far it was off, what was said, what was done and who accepted it", async () => {
  const manager = person(hospital, "manager");
  await manager.says("budget variance 4W oct overtime");
  await manager.clicks("Twelve months");
  expect(manager.sees()).toContain("4 West · Overtime · twelve months");
  expect(manager.sees()).toContain("Over both thresholds in 1 of 4 months in the ledger; 1 of them explained.");
  expect(manager.sees()).toContain("October 2026 · −18,000 · 150 % unfavourable · accepted");
  expect(manager.sees()).toMatch(
    /Two nurses left: 300 hours.*ACT-1 Nurse Person, due Tue 15 Dec.*accepted by Director Person/,
  );
  expect(manager.sees()).toContain("September 2026 · −600 · 5 % unfavourable");
  expect(manager.sees()).toContain("June 2026 · n/a, no ledger");
  await manager.clicks("Earlier 6");
  expect(manager.sees()).toContain("November 2025");
  await manager.says("budget history 5E overtime");
  expect(manager.sees()).toContain("5 East’s budget is for its manager, the managers above and its admins");
  for (const handle of ["nurse", "quality", "admin"] as const) {
    const somebody = person(hospital, handle);
    await somebody.says("budget history 4W overtime");
    expect(somebody.sees()).not.toContain("18,000");
  }
  await manager.says("budget unexplained");
  await manager.clicks("History of a line");
  expect(manager.form().title).toBe("History of a line");
});

test("the director has the pack of the month, as a workbook and to print", async () => {
  const director = person(hospital, "director");
  await director.says("budget report oct");
  expect(director.sees()).toContain("2 variances are explained, and 0 are missing.");
  const files = director.card().blocks.flatMap((block) => (block.type === "file" ? [block.file] : []));
  expect(files.map(({ name }) => name)).toEqual(["budget-med-2026-10.xlsx", "budget-med-2026-10.pdf"]);
  const book = read(Buffer.from(files[0]?.base64 ?? "", "base64"), { cellNF: true });
  const rows = (name: string) => utils.sheet_to_json<unknown[]>(book.Sheets[name] ?? {}, { header: 1 }).slice(1);
  expect(book.SheetNames).toEqual(["Units", "Cost per volume", "Lines", "Explained", "Missing"]);
  expect(director.sees()).toContain("Cost of a patient day\n417.05 (budget 410)");
  expect(rows("Cost per volume").map((row) => row.slice(1, 7))).toEqual([
    ["Medicine", "patient days", 2_100, 875_800, 417.05, 410],
    ["4 West", "patient days", 1_100, 465_800, 423.45, 410],
    ["5 East", "patient days", 1_000, 410_000, 410, 410],
  ]);
  expect(book.Sheets["Cost per volume"]?.F2).toMatchObject({ t: "n", z: "#,##0.00" });
  expect(rows("Units").map((row) => row.slice(1, 5))).toEqual([
    ["Medicine", 820_000, 875_800, -55_800],
    ["4 West", 410_000, 465_800, -55_800],
    ["5 East", 410_000, 410_000, 0],
  ]);
  expect(rows("Lines")).toHaveLength(6);
  expect(rows("Explained").map((row) => [row[1], row[4], row[8], row[9], row[11]])).toEqual(
    expect.arrayContaining([["Overtime", "Accepted", "ACT-1", "Nurse Person", undefined]]),
  );
  expect(rows("Missing")).toEqual([]);
  expect(
    Buffer.from(files[1]?.base64 ?? "", "base64")
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});

test("the year's end is told by each method, and by the one that is asked for, with a picture", async () => {
  const manager = person(hospital, "manager");
  const year = hospital.store.of(hospital.organisationId);
  await manager.says("budget forecast");
  expect(manager.sees()).toContain("2026-01 is not closed for all of 4 West");
  await year.change((change) => change.changeOrganisation({ fiscalYearStart: 7 }));
  await manager.says("budget forecast");
  expect(manager.sees()).toContain("4 West · FY 2027 · forecast");
  expect(manager.sees()).toContain("through October 2026");
  expect(manager.sees()).toMatch(/Expense ends the year [\d,]+ to [\d,]+ over its budget, unfavourable\./);
  expect(manager.sees()).toMatch(/Run rate[\s\S]*Remaining budget[\s\S]*Trend/);
  // A fourth column of money is beside a phone's screen, or broken inside its numbers.
  const table = manager.card().blocks.find((block) => block.type === "table");
  expect(table?.type === "table" && table.columns).toHaveLength(3);
  await manager.says("budget forecast 4W remaining-budget");
  expect(manager.sees()).toMatch(/Expense ends the year [\d,]+ over its budget, unfavourable\./);
  expect(manager.sees()).toContain("what is spent, and the months to come as budgeted");
  const picture = manager.card().blocks.find((block) => block.type === "image");
  expect(picture?.type === "image" && picture.file.mediaType).toBe("image/png");
  expect(picture?.type === "image" && picture.alt).toMatch(/Budget chart of 4 West: .*Forecast/);
  await year.change((change) => change.changeOrganisation({ fiscalYearStart: 1 }));
});

test("a quarter is the fiscal year’s, says which months it means, and what is not understood is said", async () => {
  const manager = person(hospital, "manager");
  const year = hospital.store.of(hospital.organisationId);
  await manager.says("budget show 4W q3");
  expect(manager.sees()).toContain("4 West · Q3 FY 2026, July to September 2026 · as of Thu 5 Nov");
  expect(manager.sees()).toContain("1,230,000");
  await manager.clicks("By line");
  expect(manager.sees()).toContain("Nurses · −113,400 · 10 % unfavourable");
  expect(manager.sees()).toContain("at 3,300 patient days the budget would have been 1,347,000");
  await manager.says("budget show q4 2026");
  expect(manager.sees()).toContain("Q4 FY 2026, October to December 2026");
  expect(manager.sees()).toContain("Of the quarter the ledger has October 2026 alone");
  await year.change((change) => change.changeOrganisation({ fiscalYearStart: 7 }));
  await manager.says("budget variance 4W Q1 overtime");
  expect(manager.sees()).toContain("4 West · Overtime · Q1 FY 2027, July to September 2026");
  await manager.says("budget show Q3");
  expect(manager.sees()).toContain("no ledger of 4 West for 2026-Q3, which is 2026-01 to 2026-03");
  await year.change((change) => change.changeOrganisation({ fiscalYearStart: 1 }));
  for (const wrong of ["q5", "Q0 2026", "month:octember"]) {
    await manager.says(`budget show 4W ${wrong}`);
    expect(JSON.stringify(manager.form())).toContain(
      "This is no month and no quarter. Write it as 2026-10, “oct”, “Q2” or “Q2 2026”, the fiscal year’s.",
    );
  }
});

test("staff and quality see no budget, and nobody another unit's", async () => {
  for (const handle of ["nurse", "quality"]) {
    const somebody = person(hospital, handle);
    await somebody.says("budget show 4W");
    expect(somebody.sees()).toContain("manager");
    expect(somebody.sees()).not.toContain("410,000");
  }
  const manager = person(hospital, "manager");
  await manager.says("budget show 5E");
  expect(manager.sees()).toContain("5 East’s budget is for its manager, the managers above and its admins");
  await person(hospital, "admin").says("budget show 4W");
});
