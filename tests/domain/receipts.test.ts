import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newReceipt, readReceipt } from "../../src/domain/incidents/receipt.ts";
import { createServices } from "../../src/services.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { actOf, actorOf, anotherOrganisation, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());
/** Tries are counted in ten minutes. */
beforeEach(() => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + 11 * 60_000);
});

const bound = () => hospital.store.of(hospital.organisationId);

async function fileQuietly(handle = "nurse", words = "Told quietly 4W"): Promise<{ number: number; receipt: string }> {
  const reporter = person(hospital, handle);
  await reporter.says(`incident report identity:anonymous ${words}`);
  const receipt = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(reporter.sees())?.[0] ?? "";
  const { number } = await bound().incident.findFirstOrThrow({ orderBy: { number: "desc" } });
  return { number, receipt };
}

async function status(receipt: string, answer = "", handle = "outsider"): Promise<string> {
  const somebody = person(hospital, handle);
  await somebody.says(`incident status ${receipt} ${answer}`);
  return somebody.sees();
}

describe("the receipt", () => {
  test("is shown once, and only its hash is kept", async () => {
    const { number, receipt } = await fileQuietly();
    expect(receipt).not.toBe("");
    const row = await bound().incident.findFirstOrThrow({ where: { number } });
    expect(row.receiptHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(receipt.slice(0, 4));
  });

  test("has letters that are not mistaken for one another, and never the same twice", () => {
    const all = Array.from({ length: 2_000 }, newReceipt);
    for (const one of all) expect(one).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(all).size).toBe(all.length);
  });

  test.each([
    ["k7qf2m9d", { code: "K7QF2M9D", rest: "" }],
    [" K7QF 2M9D ", { code: "K7QF2M9D", rest: "" }],
    ["K7QF–2M9D at noon", { code: "K7QF2M9D", rest: "at noon" }],
    ["K7QF-2M9", undefined],
    ["K7QF-2M9DX", undefined],
    ["K7QF-2M90", undefined],
    ["", undefined],
  ])("“%s” is read as it is meant", (written, read) => {
    expect(readReceipt(written)).toEqual(read);
  });

  test("tells the state as it changes, what changed in the end, and never the report itself", async () => {
    const { number, receipt } = await fileQuietly("nurse", "Secret words 4W");
    expect(await status(receipt)).toContain("nobody has acknowledged it yet");
    const act = () => actOf(hospital, "quality");
    await hospital.services.incidents.acknowledge(await act(), number);
    expect(await status(receipt.toLowerCase())).toContain("somebody has it");
    await hospital.services.incidents.close(await act(), number, "New mats everywhere");
    const closed = await status(receipt);
    expect(closed).toContain("What you reported led to this");
    expect(closed).toContain("New mats everywhere");
    expect(closed).not.toContain("Secret words");
  });

  test("of one that was merged tells what became of the other", async () => {
    const one = await fileQuietly();
    const other = await fileQuietly();
    const into = await bound().incident.findFirstOrThrow({ where: { number: other.number } });
    await bound().incident.updateMany({ where: { number: one.number }, data: { mergedIntoId: into.id } });
    await hospital.services.incidents.close(await actOf(hospital, "quality"), other.number, "Both were mended");
    const seen = await status(one.receipt);
    expect(seen).toContain("Both were mended");
    expect(seen).toContain("together with other reports");
    expect(seen).not.toContain(`INC-${other.number}`);
  });

  test("of one that was merged into a restricted one tells that it is closed, and not what changed", async () => {
    const one = await fileQuietly();
    const other = await fileQuietly();
    const quality = () => actOf(hospital, "quality");
    await hospital.services.incidents.merge(await quality(), one.number, other.number, "The same");
    await hospital.services.incidents.restrict(await quality(), other.number, { personIds: [] });
    await hospital.services.incidents.close(await quality(), other.number, "SECRET");
    const seen = await status(one.receipt);
    expect(seen).toContain("It was closed");
    expect(seen).not.toContain("SECRET");
  });
});

describe("a receipt that opens nothing", () => {
  test("gets one and the same answer, whether it is wrong, no receipt at all, or another organisation's", async () => {
    const { receipt } = await fileQuietly();
    const other = await anotherOrganisation(hospital);
    const elsewhere = await actorOf(hospital, "nurse", other.tenant);
    const asked = { actor: elsewhere, now: hospital.clock.now };
    const { byReceipt } = hospital.services.incidents;
    const refusals = await Promise.all(
      [receipt, "2222-2222", "nonsense"].map((one) => byReceipt(asked, one).catch((error: Error) => error.message)),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain("opens nothing here");
  });

  test("may be tried five times in ten minutes; then the right one is not looked for either", async () => {
    const { receipt } = await fileQuietly();
    for (let count = 0; count < 5; count += 1) expect(await status("2222-2222")).toContain("opens nothing here");
    const limited = await status("2222-2222");
    expect(limited).toContain("Too many receipts");
    expect(await status(receipt)).toBe(limited.replace("2222-2222", receipt));
    expect(await status(receipt, "", "director")).toContain("nobody has acknowledged");
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 11 * 60_000);
    expect(await status(receipt)).toContain("nobody has acknowledged");
  });

  test("fifty at once are no way around it", async () => {
    const services = createServices(hospital.store);
    const actor = await actorOf(hospital, "outsider");
    const tried = await Promise.allSettled(
      Array.from({ length: 50 }, () => services.incidents.byReceipt({ actor, now: hospital.clock.now }, "2222-2222")),
    );
    const refusals = tried.map((one) => (one.status === "rejected" ? String(one.reason.message) : "found"));
    expect(refusals.filter((one) => one.includes("opens nothing"))).toHaveLength(5);
  });

  test("is braked for all of an organisation together", async () => {
    const services = createServices(hospital.store);
    const actor = await actorOf(hospital, "outsider");
    const { receipt } = await fileQuietly();
    for (let count = 0; count < 50; count += 1)
      await services.incidents
        .byReceipt({ actor: { ...actor, id: `somebody-${count}` }, now: hospital.clock.now }, "2222-2222")
        .catch(() => undefined);
    await expect(services.incidents.byReceipt({ actor, now: hospital.clock.now }, receipt)).rejects.toThrow(
      "Too many receipts",
    );
  });

  test("right ones are read as often as people like", async () => {
    const { receipt } = await fileQuietly();
    for (let count = 0; count < 8; count += 1) expect(await status(receipt)).toContain("nobody has acknowledged");
  });
});

describe("a question", () => {
  test("reaches an anonymous reporter by the receipt, and the answer comes back without a name", async () => {
    const { number, receipt } = await fileQuietly("nurse", "The pump stopped 4W");
    const manager = person(hospital, "manager");
    await manager.says(`incident ask INC-${number} Which pump was it?`);
    expect(manager.sees()).toContain("The reporter is asked: Which pump was it?");
    expect(await status(receipt)).toContain("You are asked: Which pump was it?");
    const before = await bound().audit.count({ where: { actorId: hospital.people.nurse } });
    const answered = await status(receipt, "The grey one by the window", "nurse");
    expect(answered).toContain("you answered: The grey one by the window");
    expect(answered).not.toContain("You are asked");
    await manager.says(`incident show INC-${number}`);
    expect(manager.sees()).toContain("The reporter answered: The grey one by the window");
    const incident = await bound().incident.findFirstOrThrow({ where: { number } });
    expect(incident.questionAt).toBeNull();
    expect(await bound().timelineEntry.findFirst({ where: { incidentId: incident.id, kind: "answer" } })).toMatchObject(
      {
        actorId: null,
      },
    );
    expect(await bound().audit.count({ where: { actorId: hospital.people.nurse } })).toBe(before);
    expect(
      await bound().audit.findFirst({ where: { subjectId: incident.id, action: "incident.answered" } }),
    ).toMatchObject({ actorId: null });
    expect(
      await bound().notice.findMany({ where: { recordId: incident.id, kind: "incident-answered" } }),
    ).toMatchObject([{ personId: hospital.people.manager }]);
  });

  test("is answered once by the same words, whoever's process takes them", async () => {
    const { number, receipt } = await fileQuietly();
    const services = [createServices(hospital.store), createServices(hospital.store)];
    const actor = await actorOf(hospital, "nurse");
    await Promise.all(
      services.map(({ incidents }) =>
        incidents.byReceipt({ actor, now: hospital.clock.now }, receipt, "The same words"),
      ),
    );
    const incident = await bound().incident.findFirstOrThrow({ where: { number } });
    expect(await bound().timelineEntry.count({ where: { incidentId: incident.id, kind: "answer" } })).toBe(1);
  });

  test("reaches a reporter who is known, waits in “todo”, and a note is the answer", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report identity:confidential Bed rail broke 4W");
    const incident = /INC-\d+/.exec(nurse.sees())?.[0] ?? "";
    await person(hospital, "manager").says(`incident ask ${incident} Which bed was it?`);
    await nurse.says("todo");
    expect(nurse.sees()).toContain(`Answer a question about ${incident}`);
    await nurse.says(`incident show ${incident}`);
    expect(nurse.sees()).toContain("You are asked: Which bed was it?");
    await nurse.clicks("Answer");
    await nurse.fills({ note: "Bed 12" });
    expect(nurse.sees()).not.toContain("You are asked");
    await nurse.says("todo");
    expect(nurse.sees()).not.toContain("Answer a question");
    const manager = person(hospital, "manager");
    await manager.says(`incident show ${incident}`);
    expect(manager.sees()).toContain("The reporter answered: Bed 12");
    expect(manager.sees()).not.toContain("Nurse Person");
    const admin = person(hospital, "admin");
    await admin.says(`audit ${incident}`);
    expect(admin.sees()).toContain("incident.answered");
    expect(admin.sees()).not.toContain("Nurse Person");
  });

  test("is asked by those who handle it, of an open incident, and not of oneself", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report Wet floor 4W");
    const incident = /INC-\d+/.exec(nurse.sees())?.[0] ?? "";
    await nurse.says(`incident ask ${incident} Who was it?`);
    expect(nurse.sees()).toContain("is for managers and quality");
    const manager = person(hospital, "manager");
    await manager.says("incident report Mine 4W");
    const own = /INC-\d+/.exec(manager.sees())?.[0] ?? "";
    await manager.says(`incident ask ${own} Who was it?`);
    expect(manager.sees()).toContain("You filed");
    await person(hospital, "quality").says(`incident close ${incident} mended`);
    await manager.says(`incident ask ${incident} Who was it?`);
    expect(manager.sees()).toContain("is closed already");
  });

  test("is refused where it would reach nobody: its reporter may not see it", async () => {
    const quality = () => actOf(hospital, "quality");
    const ask = async (handle: string, number: number) =>
      hospital.services.incidents.ask(await actOf(hospital, handle), number, "Who was it?");
    const restricted = async (identity: "named" | "confidential", ...listed: (keyof Hospital["people"])[]) => {
      const number = await file(hospital, "nurse", hospital.units.west, { identity });
      const personIds = listed.map((handle) => hospital.people[handle]);
      await hospital.services.incidents.restrict(await quality(), number, { personIds });
      return number;
    };
    const hidden = await restricted("named");
    await expect(ask("quality", hidden)).rejects.toThrow("not on its need-to-know list");
    expect(await bound().incident.findFirst({ where: { number: hidden } })).toMatchObject({ questionAt: null });
    expect(await ask("quality", await restricted("named", "nurse"))).toMatchObject({ question: "Who was it?" });
    const answers = async (number: number) =>
      (await ask("manager", number).catch((error: Error) => error.message))
        .toString()
        .replace(`INC-${number}`, "INC-0");
    const listed = await answers(await restricted("confidential", "manager", "nurse"));
    expect(listed).toContain("quality asks about it");
    expect(await answers(await restricted("confidential", "manager"))).toBe(listed);
  });
});

describe("the questions of a category, by the receipt", () => {
  test("are answered as the reporter, nothing of whom is kept", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report identity:anonymous Slipped by the lift 4W");
    const before = await tracesOf(hospital.people.nurse);
    await nurse.clicks("More about it");
    await nurse.fills({ category: "fall" });
    expect(nurse.sees()).toMatch(/INC-\d+ · Fall · 4 West/);
    await nurse.clicks("More about it");
    expect(nurse.form().title).toBe("About the fall");
    await nurse.fills({ assisted: "no" });
    expect(nurse.sees()).toContain("Whoever handles it reads what you answered");
    expect(await tracesOf(hospital.people.nurse)).toEqual(before);
    const quality = person(hospital, "quality");
    const { number, id } = await bound().incident.findFirstOrThrow({ orderBy: { number: "desc" } });
    await quality.says(`incident show INC-${number}`);
    expect(quality.sees()).toContain("Assisted by staff");
    expect(quality.sees()).toContain("The reporter said what it was: fall");
    expect(quality.sees()).toContain("The reporter answered questions about it");
    expect(await bound().audit.findMany({ where: { subjectId: id, actorId: { not: null } } })).toEqual([]);
  });

  test("are refused for a receipt that opens nothing, and of a closed report", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report identity:anonymous Slipped again 4W");
    const receipt = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(nurse.sees())?.[0] ?? "none";
    await nurse.says("details fall ZZZZ-ZZZZ assisted:no");
    expect(nurse.sees()).toContain("This receipt opens nothing here");
    const { number } = await bound().incident.findFirstOrThrow({ orderBy: { number: "desc" } });
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    await nurse.says(`details fall ${receipt} assisted:no`);
    expect(nurse.sees()).toContain("is closed already");
    expect((await bound().incident.findFirstOrThrow({ where: { number } })).answers).toEqual({});
  });
});

/** Rows that hold the id of a person, of every table but those that say who they are. */
async function tracesOf(id: string): Promise<string[]> {
  const { unbound } = hospital.store;
  const tables = await unbound.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('Person', 'Identity')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await unbound.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text AS row FROM "${name}" t WHERE position($1 in t::text) > 0`,
      id,
    );
    found.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return found.sort();
}
