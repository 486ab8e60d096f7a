import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notedCard } from "../../src/cards/incidentNoted.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person, said } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const message = "a".repeat(64);
const saidAt = new Date("2026-11-23T11:04:09.250Z");

const add = async (handle: string, number: number, given: object = {}) =>
  hospital.services.incidents.note(await actOf(hospital, handle), number, {
    text: "“The brake does not hold”",
    saidAt,
    message,
    ...given,
  });
const entries = async (number: number) =>
  (await hospital.services.incidents.show(await actorOf(hospital, "quality"), number)).timeline.filter(
    (entry) => entry.kind === "note",
  );

describe("a message that is added to an incident", () => {
  test("stands in the timeline at the time it was written, with who added it", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const noted = await add("manager", number);
    expect(noted.addedBefore).toBeUndefined();
    expect(await entries(number)).toMatchObject([{ at: saidAt, actor: { name: "Manager Person" }, source: message }]);
    expect(said(notedCard(noted))).toContain("06:04 · Manager Person added a message: “The brake does not hold”");
  });

  test("is there once when fifty people add it at once, and everybody is told who did", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const handles = Array.from({ length: 50 }, (_, index) => ["nurse", "manager", "quality"][index % 3] ?? "nurse");
    const answers = await Promise.all(handles.map((handle) => add(handle, number)));
    expect(await entries(number)).toHaveLength(1);
    const [{ actor } = { actor: null }] = await entries(number);
    const name = actor !== null && actor !== "the reporter" ? actor.name : "nobody";
    const later = answers.filter((noted) => noted.addedBefore !== undefined);
    expect(later).toHaveLength(49);
    for (const noted of later)
      expect(said(notedCard(noted))).toContain(`This message was added before, by ${name}. Nothing was added now.`);
    const rows = await hospital.store
      .of(hospital.organisationId)
      .audit.count({ where: { action: "incident.noted", subjectId: answers[0]?.incident.id ?? "" } });
    expect(rows).toBe(1);
  });

  test("can be added to another incident too", async () => {
    const [one, other] = [
      await file(hospital, "nurse", hospital.units.west),
      await file(hospital, "nurse", hospital.units.west),
    ];
    await add("nurse", one);
    expect((await add("nurse", other)).addedBefore).toBeUndefined();
  });

  test("does not tell who filed in confidence, also where it was added before", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { identity: "confidential" });
    await add("nurse", number);
    expect(said(notedCard(await add("manager", number)))).toContain("added before, by the reporter.");
  });

  test("never stands in the future, where the chat's clock is ahead of ours", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await add("nurse", number, { saidAt: new Date(hospital.clock.now.getTime() + 60_000) });
    expect((await entries(number))[0]?.at).toEqual(hospital.clock.now);
  });

  test("is refused under a key that could name a chat", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await expect(add("nurse", number, { message: "https://hospital.slack.com/archives/C1/p1" })).rejects.toThrow(
      "not the key of a message",
    );
    expect(await entries(number)).toEqual([]);
  });
});

describe("the form of a note", () => {
  test("asks for the number, and carries what Rounds knows of the message unseen and to the second", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const nurse = person(hospital, "nurse");
    await nurse.runs("incident note", { note: "“It is loose”", said: saidAt.toISOString(), message });
    expect(nurse.form().fields.map(({ name, value }) => [name, value])).toEqual([
      ["incident", undefined],
      ["note", "“It is loose”"],
    ]);
    expect(nurse.form().carried).toEqual({ said: saidAt.toISOString(), message });
    await nurse.fills({ incident: "INC-99999" });
    expect(nurse.sees()).toContain("There is no INC-99999 that you may see");
    await nurse.fills({ incident: `INC-${number}` });
    expect(await entries(number)).toMatchObject([{ at: saidAt, text: "“It is loose”", source: message }]);
  });

  test("takes no word of what is typed for when it was said", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const nurse = person(hospital, "nurse");
    await nurse.says(`incident note INC-${number} She said:stop and the message:sent was late, yesterday 22:00`);
    expect(await entries(number)).toMatchObject([
      { at: hospital.clock.now, text: "She said:stop and the message:sent was late, yesterday 22:00", source: null },
    ]);
  });
});
