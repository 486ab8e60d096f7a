import { utils, write } from "@e965/xlsx";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fileOf } from "../../src/imports/file.ts";
import { importStaff } from "../../src/imports/staff.ts";
import { templates } from "../../src/imports/template.ts";
import { importUnits } from "../../src/imports/units.ts";
import { type Bound, openStore, type Store } from "../../src/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const now = new Date("2026-11-23T14:00:00Z");
const team = "T0RIVER";
const tenant = "5d0f7a34-0c2e-4f5b-9a53-1f6f3c9f0b11";
const object = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, "0")}`;

let database: TestDatabase;
let store: Store;
let bound: Bound;

async function open(): Promise<void> {
  database = await testDatabase();
  store = openStore(database.url);
  const workspaces = [
    { platform: "slack", tenant: team },
    { platform: "teams", tenant },
  ];
  const { id } = await store.unbound.organisation.create({
    data: { name: "Riverside", workspaces: { create: workspaces } },
  });
  await store.unbound.organisation.create({
    data: { name: "Elsewhere", workspaces: { create: { platform: "slack", tenant: "T0OTHER" } } },
  });
  bound = store.of(id);
}
async function close(): Promise<void> {
  await store.close();
  await database.drop();
}
async function setUp(): Promise<void> {
  await units("code,name\n4W,4 West\nMED,Medicine\n");
  await staff(staffFile);
  await units(unitFile);
}

const file = (text: string, name = "file.csv") => fileOf(name, Buffer.from(text));
const units = (text: string, dryRun = false) => importUnits(bound, file(text), { dryRun, now });
const staff = (text: string, dryRun = false) => importStaff(bound, file(text), { dryRun, now });
const counted = ({ added, changed, unchanged }: { added: number; changed: number; unchanged: number }) => [
  added,
  changed,
  unchanged,
];

const unitFile = `${templates.units}4W,4 West,four west;4west,MED,@jlee\nMED,Medicine,,RGH,mosei\nRGH,Riverside General,,,mosei\n`;
const staffFile = `${templates.staff}cruiz,Camila Ruiz,cruiz@riverside.example,,Registered nurse,4W,jlee,,2023-05-01,${team}/U01,${tenant}/${object(1)}
jlee,Jordan Lee,jlee@riverside.example,manager,Nurse manager;Educator,4w,MOsei,America/Chicago,2019-02-28,,
mosei,Miriam Osei,mosei@riverside.example,staff; Manager;admin,Chief nursing officer,,,,,${team}/u02,\n`;

async function everything() {
  return {
    units: await bound.unit.findMany({ orderBy: { code: "asc" } }),
    people: await bound.person.findMany({ orderBy: { handle: "asc" }, include: { identities: true } }),
    audit: await bound.audit.count(),
  };
}

describe("a hospital that is set up", () => {
  beforeEach(open);
  afterEach(close);

  test("from its templates: units, staff, and units again for the managers; then nothing changes any more", async () => {
    const first = await units(unitFile);
    expect(counted(first)).toEqual([3, 0, 0]);
    expect(first.notes.join()).toContain("“jlee” for 4W. “mosei” for MED, RGH.");
    expect(first.notes.join()).toContain("Import the staff file next, and then this file once more.");
    const people = await staff(staffFile);
    expect(people.errors).toEqual([]);
    expect(counted(people)).toEqual([3, 0, 0]);
    expect(people.notes).toEqual([
      "Units without a manager: 4W, MED, RGH. Where the units file names one, import it once more.",
    ]);
    const again = await units(unitFile);
    expect(again.notes).toEqual([]);
    expect(again.rows.map(({ code, outcome, columns }) => [code, outcome, columns])).toEqual([
      ["4W", "changed", ["manager"]],
      ["MED", "changed", ["manager"]],
      ["RGH", "changed", ["manager"]],
    ]);

    const whole = await everything();
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

    expect(counted(await units(unitFile))).toEqual([0, 0, 3]);
    const same = await staff(staffFile);
    expect([...counted(same), ...same.notes]).toEqual([0, 0, 3]);
    expect(await everything()).toEqual(whole);
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
    const result = await importUnits(bound, fileOf("units.xlsx", bytes), { dryRun: false, now });
    expect(counted(result)).toEqual([2, 0, 0]);
    expect((await everything()).units.map(({ code }) => code)).toEqual(["4W", "5"]);
  });

  test("with an audit row for each change, without what was typed", async () => {
    await staff("handle,name,access\njlee,Jordan Lee,admin\n");
    await staff("handle,email\njlee,jlee@riverside.example\n");
    const rows = await bound.audit.findMany({ orderBy: { id: "asc" } });
    expect(rows.map(({ action, details, actorId }) => [action, details, actorId])).toEqual([
      ["person.added", { name: true, access: "staff admin" }, null],
      ["person.changed", { email: true }, null],
    ]);
  });

  test("without anything being written when it is only tried", async () => {
    const before = await everything();
    expect(counted(await units(unitFile, true))).toEqual([3, 0, 0]);
    expect(counted(await staff("handle,name\njlee,Jordan Lee\n", true))).toEqual([1, 0, 0]);
    expect(await everything()).toEqual(before);
  });

  test("with thousands of people at once", async () => {
    const lines = Array.from(
      { length: 6000 },
      (_, index) =>
        `p${index},Person ${index},p${index}@r.example,${index > 0 ? `p${Math.floor((index - 1) / 8)}` : ""}`,
    );
    const large = `handle,name,email,supervisor\n${lines.toReversed().join("\n")}\n`;
    expect(counted(await staff(large))).toEqual([6000, 0, 0]);
    expect(counted(await staff(large.replaceAll(",Person 1", ",Somebody 1")))).toEqual([0, 1111, 4889]);
    expect(await bound.person.count({ where: { supervisorId: null } })).toBe(1);
  }, 60_000);
});

describe("what is there", () => {
  beforeEach(async () => {
    await open();
    await setUp();
  });
  afterEach(close);

  test("stays where a cell or a column is empty, and is emptied by a hyphen", async () => {
    const before = await everything();
    expect(counted(await staff("handle,name,email,zone\njlee,,,\n"))).toEqual([0, 0, 1]);
    expect(await everything()).toEqual(before);
    await staff("handle,email,zone,jobs,units,supervisor,slack\njlee,-,-,-,-,-,\ncruiz,,,,,,-\n");
    const [camila, jordan] = (await everything()).people;
    expect(jordan).toMatchObject({ email: null, zone: null, jobs: [], unitIds: [], supervisorId: null });
    expect(camila?.identities.map(({ platform }) => platform)).toEqual(["teams"]);
    await units("code,parent,aliases,manager\n4W,-,-,-\n");
    expect((await everything()).units[0]).toMatchObject({
      name: "4 West",
      parentId: null,
      aliases: [],
      managerId: null,
    });
  });

  test("stays as it is for units and people that are not in the file", async () => {
    const before = await everything();
    await staff("handle,name\nnew,Somebody New\n");
    await units("code,name\nICU,Intensive care\n");
    const after = await everything();
    expect(after.people.filter(({ handle }) => handle !== "new")).toEqual(before.people);
    expect(after.units.filter(({ code }) => code !== "ICU")).toEqual(before.units);
  });

  test("is given over from one person to another within a file", async () => {
    const result = await staff(
      `handle,email,slack\ncruiz,mosei@riverside.example,${team}/U02\nmosei,cruiz@riverside.example,${team}/U01\n`,
    );
    expect(result.errors).toEqual([]);
    const [camila, , miriam] = (await everything()).people;
    expect(camila?.identities.find(({ platform }) => platform === "slack")?.user).toBe("U02");
    expect(miriam?.identities.map(({ user }) => user)).toEqual(["U01"]);
    expect(miriam?.email).toBe("cruiz@riverside.example");
  });

  test("says who has left and does not bring them back", async () => {
    await bound.person.updateMany({ where: { handle: "cruiz" }, data: { active: false } });
    expect((await staff("handle,name\ncruiz,Camila Ruiz\n")).notes).toEqual([
      "Marked as having left, and they stay so: @cruiz.",
    ]);
    expect(await bound.person.count({ where: { active: false } })).toBe(1);
  });

  test("may name a manager who is not there yet, and the one who was probably meant is offered", async () => {
    const { errors, notes } = await units("code,manager\n4W,jlea\n");
    expect(errors).toEqual([]);
    expect(notes[0]).toContain("“jlea” for 4W. Did you mean “jlee”?");
  });
});

describe("nothing at all is written", () => {
  beforeAll(async () => {
    await open();
    await setUp();
  });
  afterAll(close);

  const unitErrors: [what: string, text: string, line: number, column: string, message: string][] = [
    [
      "an unknown parent",
      "code,name,parent\nICU,Intensive care,MDE\n",
      2,
      "parent",
      "There is no unit “MDE”, neither here nor in the file. Did you mean “MED”?",
    ],
    ["a code twice", "code,name\nICU,Intensive care\nicu,Another\n", 3, "code", "is on line 2 already"],
    ["a line without a code", "code,name\n,Intensive care\n", 2, "code", "needs a code"],
    ["a code with spaces", "code,name\n3 North,Three North\n", 2, "code", "“3 North” is no code"],
    ["a new unit without a name", "code,parent\nICU,MED\n", 2, "name", "needs a name"],
    ["a name that is too long", `code,name\nICU,${"x".repeat(101)}\n`, 2, "name", "up to 100 characters"],
    ["parents in a circle", "code,parent\nRGH,4W\n", 2, "parent", "RGH would be above itself: RGH → 4W → MED → RGH"],
    [
      "itself as parent",
      "code,name,parent\nICU,Intensive care,icu\n",
      2,
      "parent",
      "ICU would be above itself: ICU → ICU",
    ],
    [
      "an alias that is a code",
      "code,name,aliases\nICU,Intensive care,icu2;med\n",
      2,
      "aliases",
      "“med” already means MED",
    ],
    [
      "an alias of another unit",
      "code,name,aliases\nICU,Intensive care,Four West\n",
      2,
      "aliases",
      "“Four West” already means 4W",
    ],
    ["a code that is an alias", "code,name\n4west,Another\n", 2, "code", "“4west” already means 4W"],
    ["an unknown column", "code,name,managr\nICU,Intensive care,jlee\n", 1, "managr", "Did you mean “manager”?"],
  ];
  test.each(unitErrors)("when a unit has %s", async (_what, text, line, column, message) => {
    const before = await everything();
    const result = await units(text);
    expect(result.errors).toEqual([{ line, column, message: expect.stringContaining(message) }]);
    expect(counted(result)).toEqual([0, 0, 0]);
    expect(await everything()).toEqual(before);
  });

  const staffErrors: [what: string, text: string, line: number, column: string, message: string][] = [
    ["a handle twice", "handle,name\nnew,New\n@NEW,Again\n", 3, "handle", "is on line 2 already"],
    ["no handle", "handle,name\n,New\n", 2, "handle", "needs a handle"],
    ["a handle with accents", "handle,name\nléa,Léa\n", 2, "handle", "“léa” is no handle"],
    ["a handle that is a word for somebody else", "handle,name\nme,Me\n", 2, "handle", "“me” is no handle"],
    ["no name", "handle,email\nnew,new@r.example\n", 2, "name", "needs a name"],
    ["a bad e-mail", "handle,email\njlee,jlee at riverside\n", 2, "email", "is no e-mail address"],
    [
      "the e-mail of another",
      "handle,email\njlee,CRUIZ@riverside.example\n",
      2,
      "email",
      "is the e-mail of @cruiz already",
    ],
    [
      "an e-mail twice in the file",
      "handle,name,email\na1,A,x@r.example\na2,B,x@r.example\n",
      3,
      "email",
      "is the e-mail of @a1 already",
    ],
    [
      "an unknown access",
      "handle,access\njlee,staff;manger\n",
      2,
      "access",
      "There is no access “manger”. Did you mean “manager”?",
    ],
    ["no admin left", "handle,access\nmosei,manager\n", 2, "access", "Nobody would be an admin any more"],
    ["an unknown unit", "handle,units\njlee,4W;4WW\n", 2, "units", "There is no unit “4WW”. Did you mean “4W”?"],
    ["an unknown supervisor", "handle,supervisor\njlee,mosie\n", 2, "supervisor", "Did you mean “mosei”?"],
    [
      "supervisors in a circle",
      "handle,supervisor\nmosei,cruiz\n",
      2,
      "supervisor",
      "@mosei → @cruiz → @jlee → @mosei",
    ],
    ["a bad zone", "handle,zone\njlee,Amerika/New_York\n", 2, "zone", "Did you mean “America/New_York”?"],
    ["an offset for a zone", "handle,zone\njlee,+03:00\n", 2, "zone", "is no zone"],
    ["a bad date", "handle,hired\njlee,31/12/2020\n", 2, "hired", "Write it as 2024-03-31"],
    ["a day that there is not", "handle,hired\njlee,2023-02-29\n", 2, "hired", "is no date"],
    ["a bad Slack identity", "handle,slack\njlee,U123\n", 2, "slack", "Write it as T…/U…"],
    ["a bad Teams identity", `handle,teams\njlee,${tenant}/jordan\n`, 2, "teams", "Write it as tenant/object id"],
    [
      "a team that is not connected",
      "handle,slack\njlee,T0NEW/U09\n",
      2,
      "slack",
      "The Slack team T0NEW is not connected to this organisation. Connect it",
    ],
    [
      "a team of another organisation",
      "handle,slack\njlee,T0OTHER/U09\n",
      2,
      "slack",
      "T0OTHER is not connected to this organisation",
    ],
    [
      "a tenant that is not connected",
      `handle,teams\njlee,${object(7)}/${object(8)}\n`,
      2,
      "teams",
      "is not connected",
    ],
    ["the identity of another", `handle,slack\njlee,${team}/U01\n`, 2, "slack", `${team}/U01 is @cruiz already`],
    [
      "an identity twice in the file",
      `handle,name,slack\na1,A,${team}/U77\na2,B,${team}/U77\n`,
      3,
      "slack",
      "is @a1 already",
    ],
  ];
  test.each(staffErrors)("when somebody has %s", async (_what, text, line, column, message) => {
    const before = await everything();
    const result = await staff(text);
    expect(result.errors).toEqual([{ line, column, message: expect.stringContaining(message) }]);
    expect(await everything()).toEqual(before);
  });

  test("and every error is told at once, in the order of the lines", async () => {
    const { errors } = await staff("handle,access,zone,hired\njlee,boss,Mars,soon\nx y,,,\n");
    expect(errors.map(({ line, column }) => `${line} ${column}`)).toEqual([
      "2 access",
      "2 zone",
      "2 hired",
      "3 handle",
    ]);
  });
});
