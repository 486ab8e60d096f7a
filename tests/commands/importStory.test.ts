import { utils, write } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sweep } from "../../src/jobs/sweep.ts";
import { createServices } from "../../src/services.ts";
import { bring, budgetHead, ledgerHead } from "../domain/books.ts";
import { actOf } from "../domain/organisation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person, said, sentFile } from "../support/person.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
  await bring(hospital, "budget", `${budgetHead}4W,rent,Rent,2026-10,expense,fixed,,,,,20000,\n`);
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const october = (amount: string, unit = "4W") => `${ledgerHead}${unit},rent,2026-10,,,,${amount},2026-11-05\n`;
const rents = async () =>
  (await bound().ledgerLine.findMany({ orderBy: { unitId: "asc" } })).map(({ amount }) => amount.toString());
const kept = () => bound().sentFilePiece.count();
const buttons = (who: ReturnType<typeof person>) => buttonsOf(who.card()).map(({ label }) => label);

describe("a ledger that a manager sends", () => {
  test("is only tried, and imported when they say so, once", async () => {
    const manager = person(hospital, "manager");
    await manager.sends("ledger.csv", october("21,000.50").replace("21,000.50", '"21,000.50"'));
    expect(manager.sees()).toContain("Ledger · ledger.csv");
    expect(manager.sees()).toMatch(/New\n1\nChanged\n0\nAs before\n0\nExpense\n21,001/);
    expect(buttons(manager)).toEqual(["Import", "Leave it"]);
    expect([await rents(), await kept()]).toEqual([[], 1]);
    const preview = manager.card();
    const [click] = buttonsOf(preview);
    if (!click) throw new Error("There is no button.");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => person(hospital, "manager").runs(click.command, click.input)),
    );
    const told = answers.map(({ reply }) => ("card" in reply ? said(reply.card) : ""));
    expect(told.filter((one) => one.includes("The file is in: 1 new, 0 changed, 0 as before."))).toHaveLength(1);
    expect(told.filter((one) => /was imported .*: 1 new, 0 changed, 0 as before/.test(one))).toHaveLength(19);
    expect([await rents(), await kept()]).toEqual([["21000.5"], 0]);
    expect(await bound().audit.count({ where: { action: "ledger.imported" } })).toBe(1);
    expect((await bound().sentFile.findFirstOrThrow({ where: { state: "imported" } })).name).toBe("");
  });

  test("changes nothing when it is sent again", async () => {
    const manager = person(hospital, "manager");
    await manager.sends("ledger.csv", october("21000.50"));
    expect(manager.sees()).toContain("Nothing changes: its one row is there already");
    expect([buttons(manager), await kept()]).toEqual([[], 0]);
  });

  test("is left as it is, and forgotten", async () => {
    const manager = person(hospital, "manager");
    await manager.sends("ledger.csv", october("1"));
    expect(manager.sees()).toMatch(/Changed\n1/);
    expect(manager.sees()).toContain("1, was 21,001");
    const confirm = buttonsOf(manager.card())[0];
    await manager.clicks("Leave it");
    expect(manager.sees()).toContain("Nothing was imported");
    expect([await rents(), await kept()]).toEqual([["21000.5"], 0]);
    await manager.runs(confirm?.command ?? "", confirm?.input);
    expect(manager.sees()).toContain("Nothing was imported");
  });

  test("is shown again where something has changed meanwhile, and imported as it is shown then", async () => {
    const manager = person(hospital, "manager");
    await manager.sends("ledger.csv", october("22000"));
    await bring(hospital, "ledger", october("23000"));
    await manager.clicks("Import");
    expect(manager.sees()).toContain("Something has changed since this was shown, so nothing was imported.");
    expect(manager.sees()).toContain("22,000, was 23,000");
    expect(await rents()).toEqual(["23000"]);
    await manager.clicks("Import");
    expect(manager.sees()).toContain("The file is in");
    expect(await rents()).toEqual(["22000"]);
  });

  test("of two people who send the same, the second is told that nothing changes any more", async () => {
    const [manager, director] = [person(hospital, "manager"), person(hospital, "director")];
    await manager.sends("ledger.csv", october("24000"));
    await director.sends("ledger.csv", october("24000"));
    await manager.clicks("Import");
    await director.clicks("Import");
    expect(director.sees()).toContain("Nothing changes");
    expect([await rents(), await kept()]).toEqual([["24000"], 0]);
  });

  test("is not there in part where the process ends on the way, and is imported by the one that is started next", async () => {
    const manager = person(hospital, "manager");
    await manager.sends("ledger.csv", october("24500"));
    const { number } = await bound().sentFile.findFirstOrThrow({ where: { state: "waiting" } });
    const act = await actOf(hospital, "manager");
    const ended = hospital.services.imports.confirm(act, number, (words) => {
      if (words.startsWith("Comparing")) throw new Error("The process ends here.");
    });
    await expect(ended).rejects.toThrow("ends here");
    expect([await rents(), await kept()]).toEqual([["24000"], 1]);
    const seen = await createServices(hospital.store).imports.confirm(act, number, () => undefined);
    expect(seen.state).toBe("imported");
    await manager.clicks("Import");
    expect(manager.sees()).toMatch(/was imported .*: 0 new, 1 changed, 0 as before\. It is imported once\./);
    expect(await rents()).toEqual(["24500"]);
    await bring(hospital, "ledger", october("24000"));
  });

  test("is theirs alone", async () => {
    const manager = person(hospital, "manager");
    await manager.sends("ledger.csv", october("25000"));
    const [click] = buttonsOf(manager.card());
    for (const handle of ["director", "quality", "nurse"]) {
      const other = person(hospital, handle);
      await other.runs(click?.command ?? "", click?.input);
      expect(other.sees()).toMatch(/no longer kept|is for managers/);
    }
    expect(await rents()).toEqual(["24000"]);
  });

  test("waits for an hour, and is gone then", async () => {
    const manager = person(hospital, "manager");
    await manager.sends("ledger.csv", october("26000"));
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 3_600_001);
    await manager.clicks("Import");
    expect(manager.sees()).toContain("it waits for an hour");
    await sweep(hospital.store, { deliver: async () => undefined }, hospital.clock.now);
    expect([await kept(), await bound().sentFile.count({ where: { state: "waiting" } })]).toEqual([0, 0]);
  });

  test("of a unit that is not theirs is told line by line, and of many mistakes the rest is a file", async () => {
    const manager = person(hospital, "manager");
    const lines = Array.from({ length: 15 }, () => "ED,rent,2026-10,,,,1,2026-11-05").join("\n");
    await manager.sends("ledger.csv", `${october("1")}${lines}\n`);
    expect(manager.sees()).toContain("Line 3, unit The books of ED are for its managers and its admins.");
    expect(manager.sees()).toContain("15 things are wrong");
    expect(manager.sees()).toContain("5 more, in the file.");
    const file = manager.card().blocks.find((block) => block.type === "file");
    const text = Buffer.from(file?.type === "file" ? file.file.base64 : "", "base64").toString();
    expect(text.split("\r\n")).toHaveLength(17);
    expect([buttons(manager), await kept()]).toEqual([[], 0]);
  });

  test("comes from a workbook too", async () => {
    const manager = person(hospital, "manager");
    const book = utils.book_new();
    const rows = [
      ["Unit", "Line", "Month", "Amount", "As of"],
      ["4W", "rent", "Nov 2026", 20_500, "2026-12-02"],
    ];
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), "Ledger");
    await manager.sends("ledger.xlsx", write(book, { type: "buffer", bookType: "xlsx" }));
    await manager.clicks("Import");
    expect(await rents()).toEqual(["24000", "20500"]);
  });
});

describe("what a file is", () => {
  test("is asked where its columns fit two, and each is for those who may", async () => {
    const manager = person(hospital, "manager");
    const both = "unit,line,month,kind,behaviour,amount,as_of\n4W,rent,2026-12,expense,fixed,7,2027-01-05\n";
    await manager.sends("figures.csv", both);
    expect(buttons(manager)).toEqual(["Budget", "Ledger", "Leave it"]);
    await manager.clicks("Ledger");
    expect(manager.sees()).toMatch(/Ledger · figures.csv[\s\S]*New\n1/);
    await manager.clicks("Leave it");
    await manager.sends("figures.csv", both, "import budget");
    expect(manager.sees()).toContain("Budget · figures.csv");
    await manager.clicks("Leave it");
    expect(await kept()).toBe(0);
  });

  test("is told by its columns; what fits nothing is told with what it lacks, and the template is given", async () => {
    const quality = person(hospital, "quality");
    await quality.sends("kpi.csv", "unit,period,metric,value\n4W,2026-10,hand-hygiene,91%\n");
    await quality.clicks("Import");
    expect(quality.sees()).toContain("Measures · imported");
    const manager = person(hospital, "manager");
    await manager.sends("x.csv", "unit,line,month,amount\n4W,rent,2026-10,1\n");
    expect(manager.sees()).toContain("It is nearest to ledger, and lacks as_of.");
    await manager.clicks("Template: ledger");
    const file = manager.card().blocks.find((block) => block.type === "file");
    expect(Buffer.from(file?.type === "file" ? file.file.base64 : "", "base64").toString()).toBe(ledgerHead);
    await manager.sends("empty.csv", "");
    expect(manager.sees()).toContain("The file is empty");
    expect(await kept()).toBe(0);
  });

  test.each([
    ["nurse", "ledger.csv", october("1"), "“import” is for managers and quality and admins"],
    ["quality", "ledger.csv", october("1"), "A ledger is imported by the units’ managers and by admins."],
    ["admin", "kpi.csv", "unit,period,metric\n", "Measures are kept by the units’ managers and by quality."],
    ["admin", "units.csv", "code,name\n4W,x\n", "“rounds import units FILE”"],
    ["admin", "staff.csv", "handle,access\nnurse,admin\n", "“rounds import staff FILE”"],
    ["manager", "bed.jpg", "JFIF", "Rounds takes tables here, as CSV or XLSX"],
    ["manager", "old.xls", "x", "This is an old Excel workbook."],
    ["manager", "latin.csv", Buffer.from("unit,line,month,as_of\nÄ", "latin1"), "This file is not in UTF-8"],
    ["manager", "broken.xlsx", "PK\u0003\u0004 nothing of the kind", "This workbook cannot be opened"],
    ["manager", "large.csv", Buffer.alloc(21 * 1024 * 1024, "x"), "The file has more than 20 MB."],
  ])("for %s, %s is refused with the way on", async (handle, name, bytes, message) => {
    const somebody = person(hospital, handle);
    await somebody.sends(name, bytes);
    expect(somebody.sees()).toContain(message);
    expect([await kept(), await bound().sentFile.count({ where: { state: { in: ["reading", "waiting"] } } })]).toEqual([
      0, 0,
    ]);
  });

  test("is not looked at in a channel, nor beside another command, and of two at once neither is", async () => {
    const asker = hospital.identity("manager");
    const place = { platform: asker.platform, tenant: asker.tenant, conversation: "huddle", kind: "channel" } as const;
    const files = [sentFile("ledger.csv", october("9"))];
    await hospital.bot.handle({ id: "in-channel", asker, place, body: { type: "text", text: "", files } });
    const manager = person(hospital, "manager");
    await manager.sends("photo.jpg", "JFIF", "incident report A bed rail was broken 4W");
    expect(manager.sees()).toContain("is filed");
    const nurse = person(hospital, "nurse");
    await nurse.sends("photo.jpg", "JFIF", "the bed rail in room twelve is broken again");
    expect(buttons(nurse)).toContain("Report an incident");
    await nurse.sends("photo.jpg", "JFIF");
    expect(nurse.sees()).toContain("“import” is for managers");
    await hospital.bot.handle({
      id: "two",
      asker,
      place: { ...place, kind: "personal" },
      body: { type: "text", text: "", files: [...files, ...files] },
    });
    expect(await kept()).toBe(0);
  });
});

test("lines that all units share are called otherwise by admins alone", async () => {
  await bound().person.updateMany({ where: { handle: "admin" }, data: { unitIds: [hospital.units.west] } });
  const file = `${budgetHead}4W,rent,Leases,2027-01,expense,fixed,,,,,1,\n`;
  const manager = person(hospital, "manager");
  await manager.sends("budget.csv", file);
  expect(manager.sees()).not.toContain("otherwise");
  await manager.clicks("Import");
  const name = async () => (await bound().line.findFirstOrThrow({ where: { code: "rent" } })).name;
  expect(await name()).toBe("Rent");
  const admin = person(hospital, "admin");
  await admin.sends("budget.csv", file);
  expect(admin.sees()).toContain("Called or counted otherwise from now on: rent.");
  await admin.clicks("Import");
  expect(await name()).toBe("Leases");
});
