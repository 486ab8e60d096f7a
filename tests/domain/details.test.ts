import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadMenu } from "../../src/bot/menu.ts";
import { detailsOf, questionsOf } from "../../src/domain/incidents/followUp.ts";
import { categories, kinds } from "../../src/domain/incidents/rules.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);

describe("the follow-up questions", () => {
  const all = [
    ...new Set(
      kinds.flatMap(({ code: kind }) =>
        [null, ...categories.map(({ code }) => code)].map((category) => detailsOf({ kind, category })),
      ),
    ),
  ];

  test("of every kind and category have a command, with two to five questions", async () => {
    const menu = await loadMenu(new URL("../../commands", import.meta.url).pathname);
    for (const details of [...all, "reportable" as const]) {
      const names = Object.keys(questionsOf(details));
      expect(names.length).toBeGreaterThanOrEqual(2);
      expect(names.length).toBeLessThanOrEqual(5);
      const asked = Object.keys(menu.find(`details ${details}`)?.input ?? {});
      expect(asked).toEqual(["incident", ...(details === "other" ? ["category"] : []), ...names]);
    }
  });

  test("never mean two things by one name", () => {
    const names = [...all, "reportable" as const].flatMap((details) => Object.keys(questionsOf(details)));
    expect(new Set(names).size).toBe(names.length);
  });
});

test("a reporter says more about a fall, from the card that was filed, and it stands on the incident", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says("incident report category:fall Slipped in the bathroom 4W");
  await nurse.clicks("More about it");
  expect(nurse.form().title).toBe("About the fall");
  await nurse.fills({ assisted: "no", injury: "skin" });
  expect(nurse.sees()).toContain("Assisted by staff");
  await nurse.clicks("Open");
  expect(nurse.sees()).toContain("Bruise, scrape or cut");
  await nurse.clicks("More about it");
  expect(nurse.form().fields.find((field) => field.name === "injury")?.value).toBe("skin");
  await nurse.fills({ injury: "fracture" });
  await nurse.says("incident show INC-1");
  expect(nurse.sees()).toContain("Fracture or dislocation");
  expect(nurse.sees()).toContain("Nurse Person answered questions about it");
});

describe("a report without a category", () => {
  test("gets it from the card that was filed, and then the questions of it", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report Slipped in the corridor 4W");
    await nurse.clicks("More about it");
    await nurse.fills({ category: "fall", preventable: "yes" });
    await nurse.clicks("Answer");
    expect(nurse.form().title).toBe("About the fall");
    await nurse.fills({ assisted: "no" });
    await nurse.clicks("Open");
    expect(nurse.sees()).toMatch(/INC-\d+ · Fall · 4 West/);
    expect(nurse.sees()).toContain("Nurse Person said what it was: fall");
    expect(nurse.sees()).toContain("Assisted by staff");
    expect(nurse.sees()).toContain("Could have been prevented");
  });

  test("gets it from the questions that are answered, and keeps the first one", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { identity: "confidential" });
    const { incidents } = hospital.services;
    await incidents.detail(await actOf(hospital, "nurse"), number, "medication", { merp: "d" });
    await incidents.detail(await actOf(hospital, "manager"), number, "fall", { assisted: "yes" });
    const manager = person(hospital, "manager");
    await manager.says(`incident show INC-${number}`);
    expect(manager.sees()).toMatch(/^INC-\d+ · Medication · 4 West/);
    expect(manager.sees()).toContain("The reporter said what it was");
    expect(manager.sees()).not.toContain("Nurse Person");
    const { id } = await bound().incident.findFirstOrThrow({ where: { number } });
    const trail = await hospital.services.auditTrail.rows(await actorOf(hospital, "admin"), { about: `INC-${number}` });
    expect(trail.filter(({ actor }) => actor?.name === "Nurse Person")).toEqual([]);
    expect(await bound().timelineEntry.count({ where: { incidentId: id, kind: "classified" } })).toBe(1);
  });

  test("comes to whom its category is routed, and counts among similar ones", async () => {
    await bound().route.create({ data: { category: "blood", personIds: [hospital.people.director] } });
    const numbers: number[] = [];
    for (let count = 0; count < 3; count += 1) numbers.push(await file(hospital, "nurse", hospital.units.east));
    const nurse = await actOf(hospital, "nurse");
    for (const number of numbers)
      await hospital.services.incidents.detail({ ...nurse, requestId: `${number}` }, number, "blood", {
        stopped: "yes",
      });
    const last = await bound().incident.findFirstOrThrow({ where: { number: numbers.at(-1) ?? 0 } });
    const told = await bound().notice.findMany({ where: { recordId: last.id, kind: "incident-filed" } });
    expect(told.map(({ personId }) => personId)).toContain(hospital.people.director);
    const [cluster, ...others] = await bound().cluster.findMany({ where: { category: "blood" } });
    expect(cluster?.incidentIds).toHaveLength(3);
    expect(others).toEqual([]);
    expect(await bound().notice.count({ where: { kind: "cluster", recordId: cluster?.id ?? "" } })).toBeGreaterThan(0);
  });

  test("or with no category in particular gets the one that is found out later", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { category: "other" });
    const found = async (category: "fall" | "other") =>
      (await hospital.services.incidents.detail(await actOf(hospital, "manager"), number, "other", {}, category))
        .category;
    expect(await found("fall")).toBe("fall");
    expect(await found("other")).toBe("fall");
  });

  test("starts the clocks of a device with its category", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { harm: "death" });
    await person(hospital, "manager").says(`details other INC-${number} category:device`);
    expect((await bound().clock.findMany({ where: { incident: { number } } })).map(({ rule }) => rule)).toContain(
      "fda.mdr.death",
    );
  });
});

test("the NCC MERP index is asked of a medication event", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says("incident report category:medication Twice the dose 4W");
  await nurse.clicks("More about it");
  await nurse.fills({ merp: "d", drug: "Heparin 5,000 units" });
  await nurse.clicks("Open");
  expect(nurse.sees()).toContain("D · It reached");
});

test("questions are for the reporter and for those who handle it", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { category: "fall" });
  await hospital.services.incidents.detail(await actOf(hospital, "manager"), number, "fall", { observed: "staff" });
  await bound().incident.updateMany({ where: { number }, data: { assigneeId: hospital.people.outsider } });
  await hospital.services.incidents.detail(await actOf(hospital, "outsider"), number, "fall", { doing: "walking" });
  await bound().incident.updateMany({ where: { number }, data: { assigneeId: null } });
  const answer = async (handle: string) =>
    hospital.services.incidents.detail(await actOf(hospital, handle), number, "fall", { assisted: "yes" });
  await expect(answer("outsider")).rejects.toThrow(`There is no INC-${number} that you may see`);
  const { id: incidentId } = await bound().incident.findFirstOrThrow({ where: { number } });
  await bound().incidentAccess.createMany({
    data: [{ incidentId, personId: hospital.people.outsider, part: "needs-to-know" }],
  });
  await bound().incident.updateMany({ where: { number }, data: { restricted: true } });
  await expect(answer("outsider")).rejects.toThrow("answered by its reporter and by those who handle it");
  const { answers } = await hospital.services.incidents.show(await actorOf(hospital, "outsider"), number);
  expect(answers).toEqual({ observed: "staff", doing: "walking" });
});

test("fifty answers at once are one change, and nobody's answer is lost", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { category: "fall" });
  const act = await actOf(hospital, "manager");
  const given = [{ assisted: "yes" }, { observed: "staff" }, { injury: "none" }];
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      hospital.services.incidents.detail(act, number, "fall", given[index % 3] ?? {}),
    ),
  );
  const { answers, timeline } = await hospital.services.incidents.show(act.actor, number);
  expect(answers).toEqual({ assisted: "yes", observed: "staff", injury: "none" });
  expect(timeline.filter(({ kind }) => kind === "detailed")).toHaveLength(3);
});

test("what was answered stands in no audit row, only which questions", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { category: "device" });
  await hospital.services.incidents.detail(await actOf(hospital, "nurse"), number, "device", {
    "device-name": "CANARY pump",
  });
  const rows = await bound().audit.findMany({ where: { action: "incident.detailed" }, orderBy: { id: "desc" } });
  expect(rows[0]?.details).toEqual({ details: "device", names: "device-name" });
  expect(JSON.stringify(rows)).not.toContain("CANARY");
});

test("a reporter whose name is confidential is not named by their answers", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { category: "fall", identity: "confidential" });
  await hospital.services.incidents.detail(await actOf(hospital, "nurse"), number, "fall", { assisted: "yes" });
  const manager = person(hospital, "manager");
  await manager.says(`incident show INC-${number}`);
  expect(manager.sees()).toContain("The reporter answered questions about it");
  expect(manager.sees()).not.toContain("Nurse");
});

test("a closed incident takes no answers, and its card offers none", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { category: "fall" });
  await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
  const nurse = person(hospital, "nurse");
  await nurse.says(`details fall INC-${number} assisted:yes`);
  expect(nurse.sees()).toContain("is closed already");
  await nurse.says(`incident show INC-${number}`);
  expect(buttonsOf(nurse.card()).map(({ label }) => label)).not.toContain("More about it");
});

test("staff do not decide what is reportable", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  const nurse = person(hospital, "nurse");
  await nurse.says(`details reportable INC-${number} duties:california`);
  expect(await bound().clock.count({ where: { rule: "ca.ae" } })).toBe(0);
});
