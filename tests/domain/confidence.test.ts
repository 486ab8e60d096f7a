import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditRow } from "../../src/domain/staff/auditTrail.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const details = async (handle: string, number: number) =>
  hospital.services.incidents.show(await actorOf(hospital, handle), number);
const rows = async (handle: string, about?: string): Promise<string[]> =>
  (await hospital.services.auditTrail.rows(await actorOf(hospital, handle), { about })).map(
    (row: AuditRow) => `${row.about} ${row.action} by ${row.actor?.name ?? "no name"}`,
  );

const confidential = { identity: "confidential" } as const;

describe("a confidential report", () => {
  let number: number;
  beforeAll(async () => {
    number = await file(hospital, "manager", hospital.units.west, confidential);
    const act = await actOf(hospital, "manager");
    await hospital.services.incidents.note(act, number, { text: "I saw it myself" });
    await hospital.services.incidents.detail(await actOf(hospital, "manager"), number, "other", { preventable: "yes" });
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 60_000);
    await hospital.services.incidents.acknowledge(await actOf(hospital, "manager"), number);
  });

  test("names its author to quality, and says “you” to the author", async () => {
    expect((await details("quality", number)).reporter).toMatchObject({ name: "Manager Person" });
    expect((await details("manager", number)).reporter).toBe("you");
  });

  test("names nobody to the others who see it, also not in what the author added", async () => {
    const seen = await details("director", number);
    expect(seen.reporter).toBe("confidential");
    expect(seen.timeline.map((entry) => [entry.kind, entry.actor])).toEqual([
      ["reported", "the reporter"],
      ["note", "the reporter"],
      ["detailed", "the reporter"],
      ["acknowledged", { id: hospital.people.manager, name: "Manager Person" }],
    ]);
  });

  test("what the author does by office is told as that, so that nobody infers the author", async () => {
    const director = person(hospital, "director");
    await director.says(`incident show INC-${number}`);
    expect(director.sees()).toContain("Acknowledged by Manager Person");
    expect(director.sees()).not.toContain("The reporter acknowledged");
    expect(director.sees()).toContain("in confidence");
  });

  test("stays without a name in the audit trail, save for quality", async () => {
    expect(await rows("quality", `INC-${number}`)).toContain(`INC-${number} incident.reported by Manager Person`);
    expect(await rows("admin", `INC-${number}`)).toEqual([
      `INC-${number} incident.acknowledged by Manager Person`,
      `INC-${number} incident.detailed by no name`,
      `INC-${number} incident.noted by no name`,
      `INC-${number} incident.reported by no name`,
    ]);
  });

  test("is not found by asking the audit trail for its author", async () => {
    expect(await rows("admin", "@manager")).toEqual([`INC-${number} incident.acknowledged by Manager Person`]);
    expect(await rows("quality", "@manager")).toHaveLength(4);
  });

  test("goes the way of anybody's report, so that nobody infers the author from who was passed over", async () => {
    const toldOf = async (handle: "manager" | "nurse") => {
      const { id } = await details("quality", await file(hospital, handle, hospital.units.west, confidential));
      const told = await hospital.store.of(hospital.organisationId).notice.findMany({ where: { recordId: id } });
      return told.map(({ kind, personId }) => [kind, personId]);
    };
    expect(await toldOf("manager")).toEqual(await toldOf("nurse"));
    expect(await toldOf("manager")).toEqual([["incident-filed", hospital.people.manager]]);
  });

  test("its author is no mention in any card of those who see it", async () => {
    const other = await file(hospital, "nurse", hospital.units.west, confidential);
    for (const handle of ["manager", "director"]) {
      const reader = person(hospital, handle);
      await reader.says(`incident show ${other}`);
      expect(JSON.stringify(reader.answer())).not.toContain(hospital.people.nurse);
      expect(JSON.stringify(reader.answer())).not.toContain("Nurse Person");
    }
  });
});

describe("an anonymous report", () => {
  test("leaves its author's id in no column of any table, and the text in one", async () => {
    const quiet = "Q7X-canary";
    const bound = hospital.store.of(hospital.organisationId);
    const author = await bound.person.create({ data: { handle: "quiet", name: "Quiet Author", access: ["staff"] } });
    await bound.identity.create({ data: { platform: "web", tenant: "demo", user: "quiet", personId: author.id } });
    const somebody = person(hospital, "quiet");
    await somebody.says("whoami");
    const before = await mentionsOf(author.id);
    await somebody.says(`incident report identity:anonymous ${quiet} ${"long ".repeat(1_000)}`, "anonymous-delivery");
    await somebody.fills({ where: "nowhere" }, "anonymous-form");
    await somebody.fills({ where: "4W" }, "anonymous-form-2");
    expect(somebody.sees()).toContain("Filed without your name");
    expect(await mentionsOf(author.id)).toEqual(before);
    expect(await mentionsOf("anonymous-")).toEqual([]);
    expect([...new Set(await mentionsOf(quiet))]).toEqual(["Incident"]);
  });

  test("is not shown to its author, who is told why", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report identity:anonymous Bed rail broke 4W");
    expect(nurse.sees()).toContain("nothing can be sent to you");
    const { number: newest } = await hospital.store
      .of(hospital.organisationId)
      .incident.findFirstOrThrow({ orderBy: { number: "desc" } });
    const number = `INC-${newest}`;
    await nurse.says(`incident show ${number}`);
    expect(nurse.sees()).toContain(`There is no ${number} that you may see`);
    await nurse.says("incident list mine:yes all");
    expect(nurse.sees()).not.toContain(number);
  });

  test("nobody sees an author, and nobody is told of what follows", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { identity: "anonymous" });
    expect((await details("quality", number)).reporter).toBe("anonymous");
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    const { id } = await details("quality", number);
    const bound = hospital.store.of(hospital.organisationId);
    const told = await bound.notice.findMany({ where: { recordId: id } });
    expect(told.map((notice) => [notice.kind, notice.personId])).toEqual([["incident-filed", hospital.people.manager]]);
    expect(await bound.audit.findMany({ where: { subjectId: id, action: "incident.reported" } })).toMatchObject([
      { actorId: null, details: { identity: "anonymous" } },
    ]);
  });
});

/** Tables that hold this text anywhere, one entry a row; people and who they are on platforms apart. */
async function mentionsOf(text: string): Promise<string[]> {
  const { unbound } = hospital.store;
  const tables = await unbound.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('Person', 'Identity')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await unbound.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text AS row FROM "${name}" t WHERE position($1 in t::text) > 0`,
      text,
    );
    found.push(...rows.map(() => name));
  }
  return found.sort();
}
