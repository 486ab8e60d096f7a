import { read, utils } from "@e965/xlsx";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { actOf, file } from "./organisation.ts";

let hospital: Hospital;
let numbers: Record<"named" | "confidential" | "anonymous" | "restricted", number>;
beforeAll(async () => {
  hospital = await openHospital();
  const { west } = hospital.units;
  numbers = {
    named: await file(hospital, "nurse", west, {
      what: "=cmd() fell",
      kind: "near-miss",
      harm: "mild",
      category: "fall",
    }),
    confidential: await file(hospital, "nurse", west, { identity: "confidential" }),
    anonymous: await file(hospital, "nurse", west, { identity: "anonymous" }),
    restricted: await file(hospital, "outsider", west, { what: "Restricted text" }),
  };
  await hospital.store.of(hospital.organisationId).incident.updateMany({
    where: { number: numbers.restricted },
    data: { restricted: true },
  });
});
afterAll(() => hospital.close());

type Row = Record<string, string>;

/** The rows of the file that this person is given, opened as a spreadsheet program does; or what they are told. */
async function exported(handle: string, words = "all"): Promise<Row[] | string> {
  const somebody = person(hospital, handle);
  await somebody.says(`incident export ${words}`);
  const given = somebody.answer()?.reply;
  const block = given && "card" in given ? given.card.blocks.find((one) => one.type === "file") : undefined;
  if (block?.type !== "file") return somebody.sees();
  const bytes = Buffer.from(block.file.base64, "base64");
  if (block.file.name.endsWith(".csv")) return parse<Row>(bytes.toString(), { bom: true, columns: true });
  const book = read(bytes);
  return utils.sheet_to_json<Row>(book.Sheets[book.SheetNames[0] ?? ""] ?? {});
}

const ids = (rows: Row[] | string) => (typeof rows === "string" ? rows : rows.map((row) => row["Event ID"]));
const refs = (...given: (keyof typeof numbers)[]) => given.map((name) => `INC-${numbers[name]}`);

describe("incident export", () => {
  test.each(["csv", "xlsx"])("gives quality all that it may see, as %s", async (format) => {
    expect(ids(await exported("quality", `all ${format}`))).toEqual(refs("anonymous", "confidential", "named"));
  });

  test("says it in the words of the Common Formats, on the facility's clock", async () => {
    const rows = await exported("quality", "all csv near-miss");
    expect(rows).toMatchObject([
      {
        "Report type": "Near miss",
        "Event category": "Fall",
        "AHRQ Harm Scale v1.2": "Mild harm",
        Location: "4 West",
        "Event date and time": "2026-11-23T09:00:00-05:00",
        Reporter: "Nurse Person",
        Narrative: "'=cmd() fell",
        Status: "New",
      },
    ]);
  });

  test("has what was answered about it, and every category by its name in the Common Formats", async () => {
    const bound = hospital.store.of(hospital.organisationId);
    const number = await file(hospital, "nurse", hospital.units.emergency);
    const names: [string, string][] = [
      ["pressure-injury", "Pressure Ulcer"],
      ["clot", "Venous Thromboembolism"],
      ["device", "Device or Medical/Surgical Supply, including Health Information Technology (HIT)"],
      ["medication", "Medication or Other Substance"],
    ];
    for (const [category, name] of names) {
      await bound.incident.updateMany({
        where: { number },
        data: { category, answers: { merp: "d", step: "storing" } },
      });
      expect(await exported("quality", "all csv where:ED")).toMatchObject([
        {
          "Event category": name,
          "NCC MERP category": "D",
          "Event details": expect.stringContaining("Where it began: Purchasing or storing"),
        },
      ]);
    }
    await bound.incident.updateMany({ where: { number }, data: { unitId: hospital.units.medicine, restricted: true } });
  });

  test("takes the filters of the list", async () => {
    expect(ids(await exported("quality", "all fell"))).toEqual(refs("named"));
    expect(ids(await exported("quality", "all since:2026-11-24"))).toContain("there is no file");
    expect(ids(await exported("director", "all where:4W"))).toEqual(refs("anonymous", "confidential", "named"));
    expect(ids(await exported("director", "all where:ED"))).toContain("there is no file");
  });

  test("is refused to staff, who see their own in the list", async () => {
    expect(await exported("nurse")).not.toContain("newest first");
    expect(ids(await exported("nurse"))).toBeTypeOf("string");
  });

  test("names a confidential reporter to quality alone, and an anonymous one to nobody", async () => {
    const reporters = async (handle: string) => {
      const rows = await exported(handle);
      return typeof rows === "string" ? rows : rows.map((row) => row.Reporter);
    };
    expect(await reporters("manager")).toEqual(["(anonymous)", "(confidential)", "Nurse Person"]);
    expect(await reporters("quality")).toEqual(["(anonymous)", "Nurse Person", "Nurse Person"]);
  });
});

test("who was shown a confidential reporter or a restricted incident in an export is kept", async () => {
  const bound = hospital.store.of(hospital.organisationId);
  const { id } = await bound.incident.findFirstOrThrow({ where: { number: numbers.restricted } });
  await bound.incidentAccess.create({
    data: { incidentId: id, personId: hospital.people.quality, part: "needs-to-know" },
  });
  await bound.audit.deleteMany();
  await hospital.services.incidents.export(await actOf(hospital, "manager"), { status: "all" });
  expect(await bound.audit.count()).toBe(0);
  await hospital.services.incidents.export(await actOf(hospital, "quality"), { status: "all" });
  const kept = await bound.audit.findMany({ select: { action: true, actorId: true, subjectId: true } });
  const confidential = await bound.incident.findFirstOrThrow({ where: { number: numbers.confidential } });
  expect(kept.sort((one, other) => one.action.localeCompare(other.action))).toEqual([
    { action: "incident.reporter-seen", actorId: hospital.people.quality, subjectId: confidential.id },
    { action: "incident.viewed", actorId: hospital.people.quality, subjectId: id },
  ]);
});

test("the list's button exports what the list shows, and staff have none", async () => {
  const quality = person(hospital, "quality");
  await quality.says("incident list near-miss");
  await quality.clicks("Export");
  expect(quality.sees()).toContain("1 incident, newest first");
  const nurse = person(hospital, "nurse");
  await nurse.says("incident list all");
  await expect(async () => nurse.clicks("Export")).rejects.toThrow("no button");
});

test("a list is narrowed in a form, and each filter has a way out", async () => {
  const quality = person(hospital, "quality");
  await quality.says("incident list");
  await quality.clicks("Narrow");
  await quality.fills({ kind: "near-miss", search: "fell" });
  expect(quality.sees()).toContain("Only Near miss · with “fell” in the text");
  await quality.clicks("Any words");
  expect(quality.sees()).toContain("Only Near miss");
  expect(quality.sees()).not.toContain("fell");
  await quality.clicks("Any kind");
  expect(quality.sees()).not.toContain("Only ");
});
