import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { counted, object, openRiverside, type Riverside, team, tenant } from "./riverside.ts";

let riverside: Riverside;

describe("nothing at all is written", () => {
  beforeAll(async () => {
    riverside = await openRiverside();
    await riverside.setUp();
  });
  afterAll(() => riverside.close());

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
    const before = await riverside.everything();
    const result = await riverside.units(text);
    expect(result.errors).toEqual([{ line, column, message: expect.stringContaining(message) }]);
    expect(counted(result)).toEqual([0, 0, 0]);
    expect(await riverside.everything()).toEqual(before);
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
    const before = await riverside.everything();
    const result = await riverside.staff(text);
    expect(result.errors).toEqual([{ line, column, message: expect.stringContaining(message) }]);
    expect(await riverside.everything()).toEqual(before);
  });

  test("and every error is told at once, in the order of the lines", async () => {
    const { errors } = await riverside.staff("handle,access,zone,hired\njlee,boss,Mars,soon\nx y,,,\n");
    expect(errors.map(({ line, column }) => `${line} ${column}`)).toEqual([
      "2 access",
      "2 zone",
      "2 hired",
      "3 handle",
    ]);
  });
});
