import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incidentCard } from "../../src/cards/incident.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person, said } from "../support/person.ts";
import { seenBy, withAction } from "./handling.ts";
import { actOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

type Grade = Parameters<Hospital["services"]["incidents"]["grade"]>[2];
const grade = async (handle: string, number: number, given: Grade) =>
  hospital.services.incidents.grade(await actOf(hospital, handle), number, given);
const bound = () => hospital.store.of(hospital.organisationId);

describe("a reviewer's grade", () => {
  test("stands beside the reporter's, with its safety assessment code", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { harm: "none" });
    const graded = await grade("quality", number, { harm: "mild", severity: "major", probability: "frequent" });
    expect(graded).toMatchObject({ harm: "none", gradedHarm: "mild", severity: "major", sac: 3 });
    expect(said(incidentCard(graded))).toContain("mild harm (reporter said none) · SAC 3");
  });

  test("is said once where both agree, and has no code without severity and probability", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { harm: "mild" });
    const graded = await grade("quality", number, { harm: "mild", severity: "minor" });
    expect(graded.sac).toBeNull();
    expect(said(incidentCard(graded))).toMatch(/· mild harm$/m);
  });

  test("is what a list shows", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { harm: "none" });
    const quality = person(hospital, "quality");
    const row = async () => {
      await quality.says("incident list");
      return new RegExp(`INC-${number} .*\\n(.*)`).exec(quality.sees())?.[1];
    };
    expect(await row()).toContain("no harm");
    await grade("quality", number, { harm: "severe" });
    expect(await row()).toContain("severe harm");
  });

  test("keeps who graded it how, when and why", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await grade("quality", number, { harm: "severe", severity: "major", probability: "remote", why: "Hip broken" });
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 3_600_000);
    const graded = await grade("quality", number, { harm: "moderate", why: "It was the wrist" });
    expect(graded).toMatchObject({ gradedHarm: "moderate", severity: "major", probability: "remote", sac: 2 });
    expect(graded.timeline.filter(({ kind }) => kind === "graded")).toMatchObject([
      { text: "Hip broken", actor: { name: "Quality Person" }, details: { harm: "severe", sac: 2 } },
      { text: "It was the wrist", at: hospital.clock.now, details: { harm: "moderate", severity: "major", sac: 2 } },
    ]);
    expect(said(incidentCard(graded))).toContain("graded it severe harm · major and remote · SAC 2: Hip broken");
    const rows = await bound().audit.findMany({
      where: { subjectId: graded.id, action: "incident.graded" },
      orderBy: { at: "asc" },
    });
    expect(rows.map(({ details }) => details)).toEqual([
      { harm: "severe", sac: 2 },
      { harm: "moderate", sac: 2 },
    ]);
  });

  test("takes it up: it goes no further up, and the reporter hears", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const graded = await grade("quality", number, { harm: "none" });
    expect(graded).toMatchObject({ escalateAt: null, acknowledgedBy: { name: "Quality Person" } });
    const told = await bound().notice.findMany({ where: { recordId: graded.id, kind: "incident-acknowledged" } });
    expect(told.map(({ personId }) => personId)).toEqual([hospital.people.nurse]);
  });

  test("that is urgent where the report was not is told to quality once, and not to whoever graded it so", async () => {
    const graded = async (handle: "manager" | "quality") => {
      const number = await file(hospital, "nurse", hospital.units.west, { harm: "unknown" });
      await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people.manager);
      for (const harm of ["mild", "severe", "death"] as const) await grade(handle, number, { harm });
      const { id } = await seenBy(hospital, "quality", number);
      const told = await bound().notice.findMany({ where: { recordId: id, kind: "incident-graded" } });
      return told.map(({ personId }) => personId);
    };
    expect(await graded("manager")).toEqual([hospital.people.quality]);
    expect(await graded("quality")).toEqual([]);
  });

  test("of one click that is delivered twice stands once", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const act = await actOf(hospital, "quality");
    await hospital.services.incidents.grade(act, number, { harm: "mild" });
    const again = await hospital.services.incidents.grade(act, number, { harm: "mild" });
    expect(again.timeline.filter(({ kind }) => kind === "graded")).toHaveLength(1);
  });

  test("is refused on a closed incident", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    await expect(grade("quality", number, { harm: "mild" })).rejects.toThrow("is closed already");
  });

  test("decides what is urgent", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { harm: "death" });
    expect(said(incidentCard(await seenBy(hospital, "quality", number)))).toContain("Death was reported.");
    const milder = await grade("quality", number, { harm: "none" });
    expect(said(incidentCard(milder))).not.toMatch(/^Death/m);
    expect(said(incidentCard(await grade("quality", number, { harm: "severe" })))).toContain(
      "Severe harm after review.",
    );
  });
});

test("the form of a grade shows the definition of every choice", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  const quality = person(hospital, "quality");
  await quality.says(`incident grade INC-${number}`);
  for (const field of quality.form().fields)
    if (field.takes.kind === "choice") for (const option of field.takes.options) expect(option.detail).toMatch(/\w/);
  await quality.fills({
    harm: "mild",
    severity: "catastrophic",
    probability: "remote",
    why: "It could have been worse",
  });
  expect(quality.sees()).toContain("SAC 3");
});

describe("a serious event", () => {
  const asked = async (number: number) => {
    const card = said(incidentCard(await seenBy(hospital, "quality", number)));
    return /This event is serious and (has no action yet|its actions are weak)/.exec(card)?.[1];
  };

  test("asks for an action that holds as long as every one is weak or there is none", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await grade("quality", number, { harm: "mild", severity: "catastrophic", probability: "remote" });
    expect(await asked(number)).toBe("has no action yet");
    await withAction(hospital, number, { strength: "weaker", state: "done" });
    await withAction(hospital, number);
    await withAction(hospital, number, { strength: "stronger", state: "dropped" });
    expect(await asked(number)).toBe("its actions are weak");
    await withAction(hospital, number, { strength: "intermediate" });
    expect(await asked(number)).toBeUndefined();
    expect(said(incidentCard(await seenBy(hospital, "quality", number)))).toContain(
      "2 open, 1 done · strongest so far: intermediate",
    );
  });

  test("is asked about nobody's who cannot see to it, and no event that is not serious", async () => {
    const serious = await file(hospital, "nurse", hospital.units.west, { harm: "severe" });
    expect(await asked(serious)).toBeUndefined();
    await hospital.services.incidents.acknowledge(await actOf(hospital, "manager"), serious);
    expect(await asked(serious)).toBe("has no action yet");
    expect(said(incidentCard(await seenBy(hospital, "nurse", serious)))).not.toContain("This event is serious");
    const other = await file(hospital, "nurse", hospital.units.west, { harm: "moderate" });
    await hospital.services.incidents.acknowledge(await actOf(hospital, "manager"), other);
    expect(await asked(other)).toBeUndefined();
  });
});

describe("a review", () => {
  test("keeps whys and factors, shows the five rules, and marks what reads like blame without refusing it", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const quality = person(hospital, "quality");
    await quality.says(`incident review INC-${number}`);
    await quality.fills({
      whys: "1. The rail was down\n2. The nurse forgot to raise it\n3. The bed gives no sign",
      factors: ["equipment", "process"],
    });
    const shown = quality.sees();
    expect(shown).toContain("In review");
    expect(shown).toContain("Quality Person reviewed it, 3 whys, contributing: equipment, process");
    expect(shown).toContain("Why 2: The nurse forgot to raise it\nLook again: Behind a human error stands");
    expect(shown).not.toMatch(/Why 3.*\nLook again/);
    expect(shown.match(/Not acting is a cause only where there was a duty to act/g)).toHaveLength(1);
    expect(await seenBy(hospital, "quality", number)).toMatchObject({
      whys: ["The rail was down", "The nurse forgot to raise it", "The bed gives no sign"],
      factors: ["equipment", "process"],
      status: "in-review",
    });
  });

  test("of more than five whys is refused with what was typed kept", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const quality = person(hospital, "quality");
    await quality.runs("incident review", { incident: `INC-${number}`, whys: "a\nb\nc\nd\ne\nf" });
    expect(quality.sees()).toContain("Up to five whys");
    expect(quality.form().fields.find(({ name }) => name === "whys")?.value).toBe("a\nb\nc\nd\ne\nf");
  });

  test("of nothing asks for something", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await expect(hospital.services.incidents.review(await actOf(hospital, "quality"), number, {})).rejects.toThrow(
      "Give the whys, one a line, or the factors",
    );
  });

  test("keeps the whys before in the timeline, and factors alone leave them", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const review = async (given: object) =>
      hospital.services.incidents.review(await actOf(hospital, "quality"), number, given);
    await review({ whys: "First thought" });
    await review({ whys: "Second thought" });
    const last = await review({ factors: ["people", "people"] });
    expect(last).toMatchObject({ whys: ["Second thought"], factors: ["people"] });
    expect(last.timeline.filter(({ kind }) => kind === "reviewed").map(({ text }) => text)).toEqual([
      "First thought",
      "Second thought",
      null,
    ]);
  });
});
