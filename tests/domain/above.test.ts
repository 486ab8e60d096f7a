import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readLadder, stepsUp } from "../../src/domain/staff/above.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

let hospital: Hospital;
let names: Map<string, string>;
beforeAll(async () => {
  hospital = await openHospital();
  names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const { person, unit } = {
  person: (id: string, data: object) => bound().person.updateMany({ where: { id }, data }),
  unit: (id: string, data: object) => bound().unit.updateMany({ where: { id }, data }),
};

beforeEach(async () => {
  const { people, units } = hospital;
  await bound().person.updateMany({ data: { supervisorId: null, active: true } });
  await person(people.quality, { access: ["staff", "quality"] });
  await person(people.admin, { access: ["staff", "admin"] });
  await unit(units.medicine, { managerId: people.director, parentId: null });
  await unit(units.west, { managerId: people.manager, parentId: units.medicine });
});

const steps = async (unitId: string, leftOut: string | null = null) =>
  stepsUp(await readLadder(bound()), unitId, leftOut === null ? [] : [leftOut])
    .map((step) => step.map((id) => names.get(id)).join("+"))
    .join(" > ");

test("first the unit's manager, then the manager of the unit above, then quality", async () => {
  expect(await steps(hospital.units.west)).toBe("manager > director > quality");
});

test("a unit without a manager starts with the one above", async () => {
  expect(await steps(hospital.units.east)).toBe("director > quality");
});

test("a manager's supervisor is no step, because they may not see the unit", async () => {
  await person(hospital.people.director, { supervisorId: hospital.people.outsider });
  expect(await steps(hospital.units.west)).toBe("manager > director > quality");
});

test("who reported it is left out, and the step is skipped", async () => {
  expect(await steps(hospital.units.west, hospital.people.manager)).toBe("director > quality");
  expect(await steps(hospital.units.west, hospital.people.quality)).toBe("manager > director > admin");
});

test("who left is left out", async () => {
  await person(hospital.people.manager, { active: false });
  expect(await steps(hospital.units.west)).toBe("director > quality");
});

test("one person who manages both units is told once", async () => {
  await unit(hospital.units.west, { managerId: hospital.people.director });
  expect(await steps(hospital.units.west)).toBe("director > quality");
});

test("a manager who is in quality is told at the end, with quality", async () => {
  await unit(hospital.units.west, { managerId: hospital.people.quality });
  expect(await steps(hospital.units.west)).toBe("director > quality");
});

test("units above one another in a circle, and supervisors too, come to an end", async () => {
  await unit(hospital.units.medicine, { parentId: hospital.units.west });
  await person(hospital.people.director, { supervisorId: hospital.people.manager });
  await person(hospital.people.manager, { supervisorId: hospital.people.director });
  expect(await steps(hospital.units.west)).toBe("manager > director > quality");
});

test("where nobody is above it goes to quality, and without quality to the admins", async () => {
  expect(await steps(hospital.units.emergency)).toBe("quality");
  await person(hospital.people.quality, { access: ["staff"] });
  expect(await steps(hospital.units.emergency)).toBe("admin");
  await person(hospital.people.admin, { access: ["staff"] });
  expect(await steps(hospital.units.emergency)).toBe("");
});
