import { utils, write } from "@e965/xlsx";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileOf } from "../../src/imports/file.ts";
import { importUnits } from "../../src/imports/units.ts";
import { counted, now, object, openRiverside, type Riverside, staffFile, team, unitFile } from "./riverside.ts";

let riverside: Riverside;

describe("a hospital that is set up", () => {
  beforeEach(async () => {
    riverside = await openRiverside();
  });
  afterEach(() => riverside.close());

  test("from its templates: units, staff, and units again for the managers; then nothing changes any more", async () => {
    const first = await riverside.units(unitFile);
    expect(counted(first)).toEqual([3, 0, 0]);
    expect(first.notes.join()).toContain("“jlee” for 4W. “mosei” for MED, RGH.");
    expect(first.notes.join()).toContain("Import the staff file next, and then this file once more.");
    const people = await riverside.staff(staffFile);
    expect(people.errors).toEqual([]);
    expect(counted(people)).toEqual([3, 0, 0]);
    expect(people.notes).toEqual([
      "Units without a manager: 4W, MED, RGH. Where the units file names one, import it once more.",
    ]);
    const again = await riverside.units(unitFile);
    expect(again.notes).toEqual([]);
    expect(again.rows.map(({ code, outcome, columns }) => [code, outcome, columns])).toEqual([
      ["4W", "changed", ["manager"]],
      ["MED", "changed", ["manager"]],
      ["RGH", "changed", ["manager"]],
    ]);

    const whole = await riverside.everything();
    const [west, medicine] = whole.units;
    const [camila, jordan, miriam] = whole.people;
    expect(west).toMatchObject({
      name: "4 West",
      aliases: ["four west", "4west"],
      parentId: medicine?.id,
      managerId: jordan?.id,
    });
    expect(camila).toMatchObject({
      access: ["staff"],
      unitIds: [west?.id],
      supervisorId: jordan?.id,
      hiredOn: new Date("2023-05-01"),
    });
    expect(camila?.identities.map(({ platform, user }) => [platform, user]).sort()).toEqual([
      ["slack", "U01"],
      ["teams", object(1)],
    ]);
    expect(jordan).toMatchObject({
      access: ["staff", "manager"],
      jobs: ["Nurse manager", "Educator"],
      zone: "America/Chicago",
    });
    expect(miriam).toMatchObject({ access: ["staff", "manager", "admin"], supervisorId: null });

    expect(counted(await riverside.units(unitFile))).toEqual([0, 0, 3]);
    const same = await riverside.staff(staffFile);
    expect([...counted(same), ...same.notes]).toEqual([0, 0, 3]);
    expect(await riverside.everything()).toEqual(whole);
  });

  test("from a workbook", async () => {
    const book = utils.book_new();
    const sheet = utils.aoa_to_sheet([
      ["code", "name", "aliases"],
      ["4W", "4 West", "four west;4west"],
      [5, "5 East"],
    ]);
    utils.book_append_sheet(book, sheet, "Units");
    const bytes: Uint8Array = write(book, { type: "buffer", bookType: "xlsx" });
    const result = await importUnits(riverside.bound, fileOf("units.xlsx", bytes), { dryRun: false, now });
    expect(counted(result)).toEqual([2, 0, 0]);
    expect((await riverside.everything()).units.map(({ code }) => code)).toEqual(["4W", "5"]);
  });

  test("with an audit row for each change, without what was typed", async () => {
    await riverside.staff("handle,name,access\njlee,Jordan Lee,admin\n");
    await riverside.staff("handle,email\njlee,jlee@riverside.example\n");
    const rows = await riverside.bound.audit.findMany({ orderBy: { id: "asc" } });
    expect(rows.map(({ action, details, actorId }) => [action, details, actorId])).toEqual([
      ["person.added", { name: true, access: "staff admin" }, null],
      ["person.changed", { email: true }, null],
    ]);
  });

  test("without anything being written when it is only tried", async () => {
    const before = await riverside.everything();
    expect(counted(await riverside.units(unitFile, true))).toEqual([3, 0, 0]);
    expect(counted(await riverside.staff("handle,name\njlee,Jordan Lee\n", true))).toEqual([1, 0, 0]);
    expect(await riverside.everything()).toEqual(before);
  });

  test("with thousands of people at once", async () => {
    const lines = Array.from(
      { length: 6000 },
      (_, index) =>
        `p${index},Person ${index},p${index}@r.example,${index > 0 ? `p${Math.floor((index - 1) / 8)}` : ""}`,
    );
    const large = `handle,name,email,supervisor\n${lines.toReversed().join("\n")}\n`;
    expect(counted(await riverside.staff(large))).toEqual([6000, 0, 0]);
    expect(counted(await riverside.staff(large.replaceAll(",Person 1", ",Somebody 1")))).toEqual([0, 1111, 4889]);
    expect(await riverside.bound.person.count({ where: { supervisorId: null } })).toBe(1);
  });
});

describe("what is there", () => {
  beforeEach(async () => {
    riverside = await openRiverside();
    await riverside.setUp();
  });
  afterEach(() => riverside.close());

  test("stays where a cell or a column is empty, and is emptied by a hyphen", async () => {
    const before = await riverside.everything();
    expect(counted(await riverside.staff("handle,name,email,zone\njlee,,,\n"))).toEqual([0, 0, 1]);
    expect(await riverside.everything()).toEqual(before);
    await riverside.staff("handle,email,zone,jobs,units,supervisor,slack\njlee,-,-,-,-,-,\ncruiz,,,,,,-\n");
    const [camila, jordan] = (await riverside.everything()).people;
    expect(jordan).toMatchObject({ email: null, zone: null, jobs: [], unitIds: [], supervisorId: null });
    expect(camila?.identities.map(({ platform }) => platform)).toEqual(["teams"]);
    await riverside.units("code,parent,aliases,manager\n4W,-,-,-\n");
    expect((await riverside.everything()).units[0]).toMatchObject({
      name: "4 West",
      parentId: null,
      aliases: [],
      managerId: null,
    });
  });

  test("stays as it is for units and people that are not in the file", async () => {
    const before = await riverside.everything();
    await riverside.staff("handle,name\nnew,Somebody New\n");
    await riverside.units("code,name\nICU,Intensive care\n");
    const after = await riverside.everything();
    expect(after.people.filter(({ handle }) => handle !== "new")).toEqual(before.people);
    expect(after.units.filter(({ code }) => code !== "ICU")).toEqual(before.units);
  });

  test("is given over from one person to another within a file", async () => {
    const result = await riverside.staff(
      `handle,email,slack\ncruiz,mosei@riverside.example,${team}/U02\nmosei,cruiz@riverside.example,${team}/U01\n`,
    );
    expect(result.errors).toEqual([]);
    const [camila, , miriam] = (await riverside.everything()).people;
    expect(camila?.identities.find(({ platform }) => platform === "slack")?.user).toBe("U02");
    expect(miriam?.identities.map(({ user }) => user)).toEqual(["U01"]);
    expect(miriam?.email).toBe("cruiz@riverside.example");
  });

  test("marks who has left, and brings back whoever has an access again", async () => {
    const leaving = await riverside.staff("handle,access\ncruiz,Left\n");
    expect(leaving.rows.map(({ outcome, columns }) => [outcome, columns])).toEqual([["changed", ["access"]]]);
    expect(leaving.notes).toEqual([
      "Marked as having left: @cruiz. What they have open goes to the managers of its units.",
    ]);
    expect(await riverside.bound.person.findMany({ where: { active: false }, select: { handle: true } })).toEqual([
      { handle: "cruiz" },
    ]);
    expect(await riverside.bound.audit.count({ where: { details: { equals: { access: "left" } } } })).toBe(1);

    const same = await riverside.staff("handle,name,access\ncruiz,Camila Ruiz,left\n");
    expect(counted(same)).toEqual([0, 0, 1]);
    expect((await riverside.staff("handle,name\ncruiz,Camila Ruiz\n")).notes).toEqual([
      "Marked as having left, and they stay so: @cruiz. Give them an access where they are back.",
    ]);
    expect(await riverside.bound.person.count({ where: { active: false } })).toBe(1);

    expect(counted(await riverside.staff("handle,access\ncruiz,staff\n"))).toEqual([0, 1, 0]);
    expect(await riverside.bound.person.count({ where: { active: false } })).toBe(0);
  });

  test("keeps an admin: the last one cannot have left, and nobody has left in part", async () => {
    expect((await riverside.staff("handle,access\nmosei,left\n")).errors[0]?.message).toContain(
      "Nobody would be an admin any more.",
    );
    expect((await riverside.staff("handle,access\ncruiz,left;staff\n")).errors).toEqual([
      { line: 2, column: "access", message: "Who has left has no access: write “left” alone." },
    ]);
  });

  test("may name a manager who is not there yet, and the one who was probably meant is offered", async () => {
    const { errors, notes } = await riverside.units("code,manager\n4W,jlea\n");
    expect(errors).toEqual([]);
    expect(notes[0]).toContain("“jlea” for 4W. Did you mean “jlee”?");
  });
});
