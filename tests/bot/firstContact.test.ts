import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Profile } from "../../src/chat/request.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

const profiles = new Map<string, Profile>();
const profile: Messenger["profile"] = async ({ user }) => profiles.get(user);

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital({ messengers: new Map([["web", { profile } as Messenger]]) });
});
afterAll(() => hospital.close());
beforeEach(() => profiles.clear());

const people = () => hospital.store.of(hospital.organisationId).person;
const setInviteOnly = (inviteOnly: boolean) => hospital.store.unbound.organisation.updateMany({ data: { inviteOnly } });

describe("the first message of a member of the workspace", () => {
  test("makes them staff with what their profile says, and is answered at once", async () => {
    profiles.set("U100", { name: "Jane Lee", email: "jane.lee@test.example", zone: "America/Chicago", guest: false });
    const jane = person(hospital, "U100");
    await jane.says("incident report Bed rail broke 4W");
    expect(jane.sees()).toMatch(/INC-\d+ is filed/);
    expect(jane.answer()?.reader.zone).toBe("America/Chicago");
    expect(await people().findFirst({ where: { handle: "jane.lee" } })).toMatchObject({
      name: "Jane Lee",
      email: "jane.lee@test.example",
      zone: "America/Chicago",
      access: ["staff"],
    });
    const joined = await hospital.store
      .of(hospital.organisationId)
      .audit.findFirst({ where: { action: "person.joined" } });
    expect(joined?.details).toEqual({ platform: "web" });
  });

  test("two of them at once make one person", async () => {
    profiles.set("U101", { name: "Twice Said", email: "twice@test.example", guest: false });
    const [one, other] = [person(hospital, "U101"), person(hospital, "U101")];
    await Promise.all([one.says("whoami"), other.says("todo")]);
    expect(one.sees()).toContain("Twice Said");
    expect(other.sees()).toContain("Nothing waits for you");
    expect(await people().count({ where: { name: "Twice Said" } })).toBe(1);
  });

  test("namesakes get handles of their own, also at the same moment", async () => {
    profiles.set("U102", { name: "A", email: "sam@one.example", guest: false });
    profiles.set("U103", { name: "B", email: "sam@two.example", guest: false });
    await Promise.all([person(hospital, "U102").says("whoami"), person(hospital, "U103").says("whoami")]);
    const handles = (await people().findMany({ where: { handle: { startsWith: "sam" } } })).map(({ handle }) => handle);
    expect(handles.sort()).toEqual(["sam", "sam2"]);
  });

  test("who was imported with the same e-mail is that person, with their access", async () => {
    await people().create({
      data: {
        handle: "imported",
        name: "Imported Person",
        email: "Imported@Test.example",
        access: ["staff", "quality"],
      },
    });
    profiles.set("U104", { name: "Imp", email: "imported@test.example", guest: false });
    const known = person(hospital, "U104");
    await known.says("whoami");
    expect(known.sees()).toContain("Imported Person");
    expect(known.sees()).toContain("staff, quality");
    expect(await people().count({ where: { email: { equals: "imported@test.example", mode: "insensitive" } } })).toBe(
      1,
    );
  });

  test("somebody else of the workspace with that e-mail does not become them as well", async () => {
    profiles.set("U105", { name: "Impostor", email: "imported@test.example", guest: false });
    const impostor = person(hospital, "U105");
    await impostor.says("whoami");
    expect(impostor.sees()).toContain("Impostor");
    expect(impostor.sees()).not.toContain("quality");
  });

  test("an e-mail that resembles another one is another one", async () => {
    await people().create({
      data: { handle: "axb", name: "Other Person", email: "a.b\\xb@test.example", access: ["staff", "quality"] },
    });
    profiles.set("U108", { name: "Underscore", email: "a_b\\xb@test.example", guest: false });
    profiles.set("U109", { name: "Percent", email: "%@test.example", guest: false });
    profiles.set("U110", { name: "Itself", email: "A.b\\XB@test.example", guest: false });
    for (const [user, name] of [
      ["U108", "Underscore"],
      ["U109", "Percent"],
      ["U110", "Other Person"],
    ] as const) {
      const member = person(hospital, user);
      await member.says("whoami");
      expect(member.sees()).toContain(name);
    }
  });

  test("a zone that is none is left out", async () => {
    profiles.set("U106", { name: "Zoned", email: "zoned@test.example", zone: "Eastern Standard Time", guest: false });
    const zoned = person(hospital, "U106");
    await zoned.says("remind me tomorrow 9am look at the zone");
    expect(zoned.sees()).toContain("Tue 24 Nov, 09:00");
    expect(zoned.answer()?.reader.zone).toBe("America/New_York");
  });

  test("a profile without an e-mail, with a name in another script", async () => {
    profiles.set("U107", { name: "李小龍", guest: false });
    const named = person(hospital, "U107");
    await named.says("whoami");
    expect(named.sees()).toContain("李小龍");
    expect(named.sees()).toContain("@staff");
  });
});

describe("a member of the workspace whom nobody knows yet", () => {
  const rows = async () => [
    await people().count(),
    await hospital.store.unbound.identity.count(),
    await hospital.store.unbound.audit.count(),
    await hospital.store.unbound.draft.count(),
  ];

  test.each([
    "help",
    "todo",
    "incident list",
    "incident report",
    "incident",
    "nonsense of some words",
    "incident status",
    "incident report identity:anonymous",
  ])("who only says “%s” stays a visitor, of whom nothing is kept", async (text) => {
    profiles.set("U300", { name: "Only Looks", email: "looks@test.example", guest: false });
    const before = await rows();
    const visitor = person(hospital, "U300");
    await visitor.says(text);
    expect(visitor.answer()?.refused).toBe(false);
    expect(await rows()).toEqual(before);
  });

  test("files without a name from the form, and stays one", async () => {
    profiles.set("U301", { name: "Files Quietly", email: "quietly@test.example", guest: false });
    const before = await rows();
    const visitor = person(hospital, "U301");
    await visitor.says(`incident report ${"A long story of a visitor. ".repeat(200)}`);
    await visitor.fills({ where: "4W", identity: "anonymous" });
    expect(visitor.sees()).toContain("Filed without your name");
    const [known, identities, audited, drafts] = before;
    // The one audit row is that something was filed, and names nobody.
    expect(await rows()).toEqual([known, identities, (audited ?? 0) + 1, drafts]);
    const receipt = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(visitor.sees())?.[0];
    await visitor.says(`incident status ${receipt}`);
    expect(visitor.sees()).toContain("nobody has acknowledged it yet");
    await visitor.says(`incident status ${receipt} one more thing`);
    expect(visitor.sees()).toContain("one more thing");
    expect(await people().findFirst({ where: { name: "Files Quietly" } })).toBeNull();
  });

  test("joins with the first change, also where the form was opened before, and keeps what was typed", async () => {
    profiles.set("U302", { name: "Joins Later", email: "later@test.example", guest: false });
    const what = `Long ${"story ".repeat(900)}end`;
    const visitor = person(hospital, "U302");
    await visitor.says(`incident report ${what}`);
    const form = visitor.form();
    const other = person(hospital, "U302");
    await other.says("remind me tomorrow 9am look at it");
    expect(other.sees()).toContain("Tue 24 Nov, 09:00");
    await visitor.runs(form.command, { ...form.carried, where: "4W" });
    expect(visitor.sees()).toMatch(/INC-\d+ is filed/);
    const joined = await people().findFirstOrThrow({ where: { name: "Joins Later" } });
    const incident = await hospital.store.of(hospital.organisationId).incident.findFirst({ where: { what } });
    expect(incident?.reporterId).toBe(joined.id);
  });

  test("who was imported sees what is theirs before they join", async () => {
    const { id } = await people().create({
      data: { handle: "chief", name: "Chief Person", email: "chief@test.example", access: ["staff", "quality"] },
    });
    profiles.set("U303", { name: "Chief", email: "chief@test.example", guest: false });
    const chief = person(hospital, "U303");
    await chief.says("incident list all");
    expect(chief.sees()).toContain("INC-");
    expect(await hospital.store.unbound.identity.count({ where: { personId: id } })).toBe(0);
    await chief.says("incident acknowledge INC-1");
    expect(await hospital.store.unbound.identity.count({ where: { personId: id } })).toBe(1);
  });

  test("nobody reads what another visitor has written so far", async () => {
    for (const user of ["U304", "U305"]) profiles.set(user, { name: user, guest: false });
    const [one, other] = [person(hospital, "U304"), person(hospital, "U305")];
    await one.says(`incident report ${"Mine alone. ".repeat(300)}`);
    await other.runs("incident report", { ...one.form().carried, where: "4W" });
    expect(other.sees()).toContain("Please send it again");
  });
});

describe("who is not staff", () => {
  test.each<[string, Profile | undefined]>([
    ["a guest", { name: "Guest", email: "guest@other.example", guest: true }],
    ["somebody the platform does not know", undefined],
  ])("%s is told whom to ask, and gets the text back", async (_, said) => {
    if (said) profiles.set("U200", said);
    const guest = person(hospital, "U200");
    await guest.says("incident report Bed rail broke 4W");
    expect(guest.sees()).toContain("Rounds is for the staff of Test General; guests cannot use it. Ask Admin Person.");
    expect(guest.sees()).toContain("Bed rail broke");
    expect(guest.answer()?.refused).toBe(true);
    expect(await people().count({ where: { name: "Guest" } })).toBe(0);
  });

  test("where Rounds is by invitation, only who was imported comes in", async () => {
    await setInviteOnly(true);
    profiles.set("U201", { name: "Not Invited", email: "new@test.example", guest: false });
    profiles.set("U202", { name: "Was Invited", email: "invited@test.example", guest: false });
    await people().create({
      data: { handle: "invited", name: "Invited Person", email: "invited@test.example", access: ["staff"] },
    });
    const [out, invited] = [person(hospital, "U201"), person(hospital, "U202")];
    await out.says("incident report Bed rail broke 4W");
    await invited.says("whoami");
    await setInviteOnly(false);
    expect(out.sees()).toContain("Rounds is by invitation here. Ask Admin Person.");
    expect(out.sees()).toContain("Bed rail broke");
    expect(invited.sees()).toContain("Invited Person");
  });
});
