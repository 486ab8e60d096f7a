import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person } from "../support/person.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const nurse = () => person(hospital, "nurse");
const manager = () => person(hospital, "manager");

async function filed(text = "Bed rail broke 4W"): Promise<string> {
  const by = nurse();
  await by.says(`incident report ${text}`);
  const number = /INC-\d+/.exec(by.sees())?.[0];
  if (!number) throw new Error(`Nothing was filed: ${by.sees()}`);
  return number;
}

describe("what was typed is kept, and the answer says what to do", () => {
  test("an unknown command offers to file what was written", async () => {
    const somebody = nurse();
    await somebody.says("The lift on the west side stopped twice");
    expect(somebody.sees()).toContain("what you wrote is kept");
    await somebody.clicks("Report an incident");
    expect(somebody.form().fields.find((field) => field.name === "what")?.value).toBe(
      "The lift on the west side stopped twice",
    );
  });

  test("a misspelt verb offers the nearest, with everything in it", async () => {
    const somebody = nurse();
    await somebody.says("incident reprot Bed rail broke 4W");
    expect(somebody.sees()).toContain("Did you mean incident report?");
    await somebody.clicks("Report an incident");
    expect(somebody.sees()).toMatch(/INC-\d+ is filed/);
  });

  test("a sentence that begins like a command can still be filed whole", async () => {
    const somebody = nurse();
    await somebody.says("Like a fool I gave the wrong dose");
    await somebody.clicks("Report an incident");
    expect(somebody.form().fields[0]?.value).toBe("Like a fool I gave the wrong dose");
  });

  test("an unknown unit opens the form with the nearest one named", async () => {
    const somebody = nurse();
    await somebody.runs("incident report", { what: "Bed rail broke", where: "4 Wset" });
    expect(somebody.sees()).toContain("There is no unit “4 Wset”. Did you mean 4 West (4W)?");
    expect(somebody.sees()).toContain("Bed rail broke");
  });

  test("a unit that resembles none says how to search", async () => {
    const somebody = nurse();
    await somebody.runs("incident report", { what: "Bed rail broke", where: "xxxxxxxx" });
    expect(somebody.sees()).toContain("There is no unit “xxxxxxxx”. Search by name or code.");
  });

  test("an unknown person opens the form with the nearest one named", async () => {
    const somebody = manager();
    await somebody.says(`incident assign ${await filed()} @managr`);
    expect(somebody.sees()).toContain("There is no person “@managr”. Did you mean Manager Person (manager)?");
  });

  test.each([
    ["incident report Bed rail broke 4W when:someday", "This is no date and time"],
    ["incident report Bed rail broke 4W when:2026-02-30T10:00", "This is no date and time"],
    ["incident report Bed rail broke 4W when:0000-01-01", "This is no date and time"],
    ["incident report Bed rail broke 4W when:2031-01-01", "That time is in the future"],
    ["incident report Bed rail broke 4W harm:horrible", "Choose one of: death"],
    ["remind me when:yesterday what:“Bed rail broke”", "That time has passed"],
    ["remind me when:2099-01-01 what:“Bed rail broke”", "more than 5 years away"],
  ])("“%s” is told beside its field", async (text, problem) => {
    const somebody = nurse();
    await somebody.says(text);
    expect(somebody.sees()).toContain(problem);
    expect(somebody.sees()).toContain("Bed rail broke");
  });

  test("a date that is none, where nothing else was typed", async () => {
    const somebody = nurse();
    await somebody.says("incident list since:someday");
    expect(somebody.form().fields.find((field) => field.name === "since")).toMatchObject({
      value: "someday",
      error: "This is no date. Write it as 2026-11-23.",
    });
  });

  test("a number for nobody's record keeps the note", async () => {
    const somebody = nurse();
    await somebody.says("incident note INC-99999 The alarm was off");
    expect(somebody.sees()).toContain("There is no INC-99999 that you may see");
    expect(somebody.sees()).toContain("The alarm was off");
    expect(somebody.answer()?.refused).toBe(true);
  });

  test("somebody else's record answers as one that does not exist", async () => {
    const number = await filed();
    const outsider = person(hospital, "outsider");
    for (const text of [`incident show ${number}`, "incident show INC-99999"]) {
      await outsider.says(text);
      expect(outsider.sees()).toMatch(/There is no INC-\d+ that you may see. Check the number/);
      expect(outsider.answer()?.refused).toBe(true);
    }
  });

  test("numbers that no record can have", async () => {
    const somebody = nurse();
    await somebody.says("incident show INC-99999999999");
    expect(somebody.sees()).toContain("Give its number, as INC-142.");
    await somebody.says("incident list before:3000000000");
    expect(somebody.sees()).toContain("Give 999999999 or less.");
    await somebody.says("incident show INC-0");
    expect(somebody.sees()).toContain("There is no INC-0 that you may see");
  });

  test("words that a command does not take are said, and it is done all the same", async () => {
    const somebody = manager();
    await somebody.says(`incident acknowledge ${await filed()} thanks a lot`);
    expect(somebody.sees()).toContain("Acknowledged by Manager Person");
    expect(somebody.sees()).toContain("Not used: “thanks a lot”");
  });
});

describe("long and strange texts", () => {
  test("letters that databases give a meaning to have none", async () => {
    const somebody = manager();
    const number = await filed();
    for (const name of ["x\\", "%", "_anager", "man%", "'; --"]) {
      await somebody.runs("incident assign", { incident: number, to: name });
      expect(somebody.sees()).toContain(`There is no person “${name}”`);
      await somebody.runs("incident list", { search: name });
      expect(somebody.sees()).toContain("Nothing here.");
      expect(await hospital.bot.options(hospital.identity("manager"), "person", name)).toEqual([]);
    }
  });

  test("40,000 characters are filed whole, and can be read in parts", async () => {
    const what = "Long story. ".repeat(3_334).slice(0, 40_000).trim();
    const number = await filed(`${what} 4W`);
    const { what: stored } = await hospital.services.incidents.show(
      (await hospital.services.members.identify(hospital.identity("quality"), async () => undefined, new Date())).actor,
      Number(number.slice(4)),
    );
    expect(stored).toBe(what);
    const reader = nurse();
    await reader.says(`incident show ${number}`);
    expect(reader.sees()).toContain("Part 1 of 16");
    await reader.clicks("Next part");
    expect(reader.sees()).toContain("Part 2 of 16");
  });

  test("40,001 characters are too many: the form says so and keeps them all", async () => {
    const somebody = nurse();
    const what = "x".repeat(40_001);
    await somebody.runs("incident report", { what, where: "4W" });
    expect(somebody.form().fields[0]).toMatchObject({
      name: "what",
      kept: 40_001,
      error: "This takes up to 40,000 characters.",
    });
    await somebody.fills({ what: what.slice(1) });
    expect(somebody.sees()).toMatch(/INC-\d+ is filed/);
  });

  test.each([
    ["control characters", "Bed\u0000 rail\u0007 \u001b[31mbroke\u009b", "Bed rail [31mbroke"],
    ["emoji", "Fell 🛏️👩🏽‍⚕️ twice", "Fell 🛏️👩🏽‍⚕️ twice"],
    ["right-to-left text", "سقط المريض من السرير", "سقط المريض من السرير"],
    ["overriding marks", "fell \u202Egnp.exe", "fell \u202Egnp.exe"],
    ["half of a character", "Fell \ud83d twice \udc00", "Fell \ufffd twice \ufffd"],
    [
      "markup",
      "<!channel> @everyone <at>all</at> *bold* [x](http://y) &amp; {{DATE()}}",
      "<!channel> @everyone <at>all</at> *bold* [x](http://y) &amp; {{DATE()}}",
    ],
    ["line ends of every kind", "one\r\ntwo\rthree", "one\ntwo\nthree"],
  ])("%s are stored as they can be read", async (_, typed, stored) => {
    for (const body of ["text", "form"]) {
      const somebody = nurse();
      if (body === "text") await somebody.says(`incident report ${typed} 4W`);
      else await somebody.runs("incident report", { what: typed, where: "4W" });
      await somebody.clicks("Show");
      expect(JSON.stringify(somebody.card())).toContain(JSON.stringify(stored).slice(1, -1));
    }
  });

  test("a long text with half characters and control characters is kept while the unit is missing", async () => {
    const somebody = nurse();
    const what = `\u0000${"word ".repeat(1_000)}\ud83d end`;
    await somebody.runs("incident report", { what });
    expect(somebody.form().fields[0]?.kept).toBeGreaterThan(5_000);
    await somebody.fills({ where: "4W" });
    await somebody.clicks("Show");
    await somebody.clicks("Next part");
    await somebody.clicks("Next part");
    expect(somebody.sees()).toContain("\ufffd end");
  });

  test("emoji are never cut in half, wherever a part ends", async () => {
    const number = await filed(`x${"👩🏽‍⚕️".repeat(1_200)} 4W`);
    const somebody = nurse();
    await somebody.says(`incident show ${number}`);
    expect(JSON.stringify(somebody.card()).isWellFormed()).toBe(true);
    expect(JSON.stringify(somebody.card())).not.toMatch(/\\ud[89a-f]/);
    await somebody.says(`incident note ${number} x${"🛏".repeat(400)}`);
    expect(JSON.stringify(somebody.card())).not.toMatch(/\\ud[89a-f]/);
  });

  test("an unknown person with a control character in the name is just unknown", async () => {
    const somebody = manager();
    await somebody.runs("incident assign", { incident: await filed(), to: "man\u0000ager\ud800x" });
    expect(somebody.sees()).toContain("There is no person");
    expect(await hospital.bot.options(hospital.identity("manager"), "person", "man\u0000\ud800")).toEqual([]);
  });
});

describe("a record that was closed meanwhile", () => {
  test("a button that would change it says so and keeps what was typed", async () => {
    const number = await filed();
    const quality = person(hospital, "quality");
    const other = person(hospital, "quality");
    await other.says(`incident show ${number}`);
    await other.clicks("More");
    await other.clicks("Close");
    await quality.says(`incident close ${number} New rails`);
    await other.fills({ changed: "Rails were mended" });
    expect(other.sees()).toContain(`${number} is closed already, so nothing was changed.`);
    expect(other.sees()).toContain("Rails were mended");
    expect(other.answer()?.refused).toBe(true);
    await quality.says(`incident show ${number}`);
    expect(quality.sees()).toContain("New rails");
  });

  test("assigning it says so too", async () => {
    const number = await filed();
    const quality = person(hospital, "quality");
    await quality.says(`incident close ${number} New rails`);
    await quality.says(`incident assign ${number} @manager`);
    expect(quality.sees()).toContain("is closed already");
    expect(quality.answer()?.refused).toBe(true);
  });

  test("an old Acknowledge button shows how it stands now", async () => {
    const number = await filed();
    const one = manager();
    await one.says(`incident show ${number}`);
    await person(hospital, "quality").says(`incident close ${number} New rails`);
    await one.clicks("Acknowledge");
    expect(one.sees()).toContain("Closed by Quality Person");
  });
});

describe("who may not", () => {
  test("staff are told for whom it is, and get their text back", async () => {
    const somebody = nurse();
    await somebody.says(`incident close ${await filed()} The rail was mended`);
    expect(somebody.sees()).toContain("“incident close” is for managers and quality.");
    expect(somebody.sees()).toContain("The rail was mended");
    expect(somebody.answer()?.refused).toBe(true);
  });

  test("a form that is submitted after the access was taken gives the text back", async () => {
    const number = await filed();
    const one = manager();
    await one.runs("incident close", { incident: number });
    await hospital.store.of(hospital.organisationId).person.updateMany({
      where: { id: hospital.people.manager },
      data: { access: ["staff"] },
    });
    await one.fills({ changed: "The rail was mended" });
    await hospital.store.of(hospital.organisationId).person.updateMany({
      where: { id: hospital.people.manager },
      data: { access: ["staff", "manager"] },
    });
    expect(one.sees()).toContain("is for managers and quality");
    expect(one.sees()).toContain("The rail was mended");
  });

  test("a stranger's workspace is told whom to ask, and gets the text back", async () => {
    const answer = await hospital.bot.handle({
      id: "stranger-1",
      asker: { platform: "web", tenant: "nobody's", user: "U1" },
      place: { platform: "web", tenant: "nobody's", conversation: "dm", kind: "personal" },
      body: { type: "text", text: "incident report Bed rail broke 4W" },
    });
    const said = JSON.stringify(answer.reply);
    expect(said).toContain("This workspace is not connected to Rounds");
    expect(said).toContain("Ask the people who run Rounds");
    expect(said).toContain("Bed rail broke");
    expect(answer).toMatchObject({ refused: true, reply: { type: "privately" } });
    expect(await hospital.bot.options({ platform: "web", tenant: "nobody's", user: "U1" }, "person", "")).toEqual([]);
  });

  test("somebody who left is told whom to ask", async () => {
    const bound = hospital.store.of(hospital.organisationId);
    await bound.person.updateMany({ where: { id: hospital.people.outsider }, data: { active: false } });
    const gone = person(hospital, "outsider");
    await gone.says("incident report Bed rail broke 4W");
    await bound.person.updateMany({ where: { id: hospital.people.outsider }, data: { active: true } });
    expect(gone.sees()).toContain("Your access to Rounds at Test General has ended. Ask Admin Person.");
    expect(gone.sees()).toContain("Bed rail broke");
  });
});

test("an error on our side keeps what was typed and gives a reference", async () => {
  const broken = { ...hospital, bot: hospital.bot };
  const somebody = person(broken, "nurse");
  await hospital.store.unbound.$executeRawUnsafe(`ALTER TABLE "Counter" RENAME TO "CounterGone"`);
  try {
    await somebody.says("incident report Bed rail broke 4W");
    expect(somebody.sees()).toMatch(/the cause is on our side.*Reference [2-9A-Z]{6}/);
    expect(somebody.sees()).toContain("Bed rail broke");
  } finally {
    await hospital.store.unbound.$executeRawUnsafe(`ALTER TABLE "CounterGone" RENAME TO "Counter"`);
  }
  await somebody.fills({});
  expect(somebody.sees()).toMatch(/INC-\d+ is filed/);
});

test("a button of an older version says so", async () => {
  const somebody = nurse();
  await somebody.runs("incident explode", { incident: "INC-1" });
  expect(somebody.sees()).toContain("This button is from an older version of Rounds");
});

test("every answer to a mistake offers a way on", async () => {
  const somebody = nurse();
  for (const text of ["incident xyzzy", "xyzzy", "incident reprot"]) {
    await somebody.says(text);
    expect(buttonsOf(somebody.card()).map((button) => button.label)).toContain("Help");
  }
});
