import { afterAll, beforeAll, expect, test } from "vitest";
import { file } from "../domain/organisation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

// Fifty people who may all do it click the same button at once: one effect, and everybody gets a true answer.

let hospital: Hospital;
const handles = Array.from({ length: 50 }, (_, index) => `reviewer${index + 1}`);

beforeAll(async () => {
  hospital = await openHospital();
  const bound = hospital.store.of(hospital.organisationId);
  for (const handle of handles) {
    const { id } = await bound.person.create({
      data: { handle, name: `Person ${handle}`, access: ["staff", "quality"] },
    });
    await bound.identity.create({ data: { ...hospital.identity(handle), personId: id } });
  }
});
afterAll(() => hospital.close());

async function all(command: string, input: (number: string) => object, prepare?: (number: string) => Promise<unknown>) {
  const number = `INC-${await file(hospital, "nurse", hospital.units.west)}`;
  await prepare?.(number);
  const people = handles.map((handle) => person(hospital, handle));
  const answers = await Promise.all(people.map((one) => one.runs(command, { incident: number, ...input(number) })));
  const bound = hospital.store.of(hospital.organisationId);
  const incident = await bound.incident.findFirstOrThrow({ where: { number: Number(number.slice(4)) } });
  const entries = await bound.timelineEntry.findMany({ where: { incidentId: incident.id }, orderBy: { id: "asc" } });
  const audit = await bound.audit.findMany({ where: { subjectId: incident.id } });
  const notices = await bound.notice.findMany({ where: { recordId: incident.id } });
  const count = (found: readonly { kind: string }[], kind: string) => found.filter((one) => one.kind === kind).length;
  return {
    said: people.map((one) => one.sees()),
    refused: answers.filter(({ refused }) => refused).length,
    entries: (kind: string) => count(entries, kind),
    notices: (kind: string) => count(notices, kind),
    audit: (action: string) => audit.filter((row) => row.action === action).length,
    by: async (id: string | null) =>
      (await bound.person.findFirstOrThrow({ where: { id: id ?? "" }, select: { name: true } })).name,
    incident,
    number,
  };
}

test("acknowledging: one does, and everybody is told who", async () => {
  const { said, refused, entries, notices, audit, by, incident } = await all("incident acknowledge", () => ({}));
  expect([refused, entries("acknowledged"), notices("incident-acknowledged"), audit("incident.acknowledged")]).toEqual([
    0, 1, 1, 1,
  ]);
  const name = await by(incident.acknowledgedById);
  for (const words of said) expect(words).toContain(`Acknowledged by ${name}`);
});

test("assigning to the same person: it is done once, and everybody sees whose it is", async () => {
  const { said, refused, entries, notices, audit } = await all("incident assign", () => ({ to: "@manager" }));
  expect([refused, entries("assigned"), notices("incident-assigned"), audit("incident.assigned")]).toEqual([
    0, 1, 1, 1,
  ]);
  expect(notices("incident-acknowledged")).toBe(1);
  for (const words of said) expect(words).toContain("In review by Manager Person");
});

test("closing: one closes it, and the others hear that it is closed already and keep what they typed", async () => {
  const { said, refused, entries, notices, audit, by, incident, number } = await all("incident close", () => ({
    changed: "New mats",
  }));
  expect([refused, entries("closed"), notices("incident-closed"), audit("incident.closed")]).toEqual([49, 1, 1, 1]);
  const name = await by(incident.closedById);
  expect(said.filter((words) => words.includes(`Closed by ${name}`))).toHaveLength(1);
  const late = said.filter((words) => words.includes(`${number} is closed already, so nothing was changed.`));
  expect(late).toHaveLength(49);
  for (const words of late) expect(words).toContain("New mats");
});

test("reopening: one opens it, and the others hear that it is open", async () => {
  const { said, refused, entries, notices, audit } = await all(
    "incident reopen",
    () => ({ reason: "It came back" }),
    (number) => person(hospital, "quality").says(`incident close ${number} mended`),
  );
  expect([refused, entries("reopened"), notices("incident-reopened"), audit("incident.reopened")]).toEqual([
    49, 1, 1, 1,
  ]);
  expect(said.filter((words) => /INC-\d+ (is open|was reopened just now)/.test(words))).toHaveLength(49);
});

test("lifting a restriction: it is lifted once", async () => {
  const { refused, entries, audit, incident } = await all(
    "incident restrict",
    () => ({ lift: true }),
    async (number) => {
      const quality = person(hospital, "quality");
      await quality.runs("incident restrict", { incident: number, people: handles.map((handle) => `@${handle}`) });
    },
  );
  expect([refused, entries("unrestricted"), audit("incident.unrestricted")]).toEqual([0, 1, 1]);
  expect(incident.restricted).toBe(false);
});

test("marking as privileged: the first entry stands", async () => {
  const { refused, entries, audit } = await all("incident restrict", () => ({ lift: true, privileged: true }));
  expect([refused, entries("privileged"), audit("incident.privileged")]).toEqual([0, 1, 1]);
});

test("merging: one does, and the others hear that it is closed", async () => {
  const into = `INC-${await file(hospital, "nurse", hospital.units.west)}`;
  const { said, refused, entries, audit } = await all("incident merge", () => ({ into, reason: "The same fall" }));
  expect([refused, entries("merged"), audit("incident.merged")]).toEqual([49, 1, 1]);
  expect(said.filter((words) => /closed already|was closed just now/.test(words))).toHaveLength(49);
});
