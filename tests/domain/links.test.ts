import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// One person in two apps: a code asked for in one is given in the other. Here the simulator and Teams.

let hospital: Hospital;
beforeEach(async () => {
  hospital = await openHospital();
  await hospital.store.unbound.workspace.create({
    data: { platform: "teams", tenant: "demo", organisationId: hospital.organisationId },
  });
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const inTeams = { platform: "teams", tenant: "demo", user: "T-1" } as const;

async function teamsActor() {
  const profile = async () => ({ name: "Nurse In Teams", zone: "America/Chicago", guest: false });
  return (await hospital.services.members.join(inTeams, profile, hospital.clock.now)).actor;
}
const asTeams = async (user: Awaited<ReturnType<typeof teamsActor>>) => ({
  actor: user,
  requestId: "teams",
  now: hospital.clock.now,
});

async function link(): Promise<string[]> {
  const code = await hospital.services.links.code(await actOf(hospital, "nurse"));
  return hospital.services.links.join(await asTeams(await teamsActor()), code);
}

test("afterwards both apps know one person, with everything that either had", async () => {
  const teams = await teamsActor();
  const { number } = await hospital.services.incidents.report(
    { ...(await asTeams(teams)), requestId: "teams-report" },
    {
      what: "From Teams",
      unitId: hospital.units.west,
      happenedAt: hospital.clock.now,
      kind: "incident",
      harm: "none",
      identity: "named",
    },
  );
  await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, teams.id);
  const tomorrow = new Date(hospital.clock.now.getTime() + 86_400_000);
  await hospital.services.reminders.remind(
    { ...(await asTeams(teams)), requestId: "teams-reminder" },
    { what: "water", when: tomorrow, every: "once", who: { personId: teams.id } },
  );
  await bound().unit.updateMany({ where: { code: "5E" }, data: { managerId: teams.id } });
  await bound().person.updateMany({
    where: { id: teams.id },
    data: { supervisorId: hospital.people.manager, quietFrom: "21:00", quietUntil: "06:00", jobs: ["RN"] },
  });
  await bound().person.updateMany({ where: { id: hospital.people.outsider }, data: { supervisorId: teams.id } });

  expect((await link()).sort()).toEqual(["teams", "web"]);

  const [one, other] = [await actorOf(hospital, "nurse"), await teamsActor()];
  expect(one.id).toBe(other.id);
  expect(one.managedUnitIds).toEqual([hospital.units.east]);
  expect((await hospital.services.incidents.show(one, number)).reporter).toBe("you");
  expect((await hospital.services.todo.waiting(one, hospital.clock.now)).map((waiting) => waiting.type).sort()).toEqual(
    ["handle", "reminder"],
  );
  expect(await bound().person.findFirst({ where: { id: one.id } })).toMatchObject({
    supervisorId: hospital.people.manager,
    zone: "America/Chicago",
    email: "nurse@test.example",
    quietFrom: "21:00",
    quietUntil: "06:00",
    jobs: ["RN"],
  });
  expect(await bound().person.findFirst({ where: { handle: "outsider" } })).toMatchObject({ supervisorId: one.id });
  expect(await bound().person.count({ where: { name: "Nurse In Teams", active: true } })).toBe(0);
  expect(await bound().audit.count({ where: { action: "person.linked", subjectId: one.id } })).toBe(1);
});

test("nothing that points to the person of before is left behind, and whoever an incident is about stays left out", async () => {
  const teams = await teamsActor();
  const { id: unitId } = await bound().unit.findFirstOrThrow({ where: { code: "4W" } });
  const about = await file(hospital, "outsider", unitId, { leftOutId: teams.id });
  const number = await file(hospital, "nurse", unitId);
  const incident = await bound().incident.findFirstOrThrow({ where: { number } });
  const everybody = [teams.id, hospital.people.nurse];
  await bound().incidentAccess.createMany({
    data: everybody.map((personId) => ({ incidentId: incident.id, personId, part: "routed" })),
  });
  await bound().incident.updateMany({ where: { number }, data: { gradedById: teams.id } });
  await bound().route.create({ data: { personIds: everybody } });
  for (const personId of everybody)
    await bound().snooze.create({ data: { personId, about: "INC-1", until: hospital.clock.now } });
  await bound().grievance.create({
    data: {
      ...{ number: 1, sort: "complaint", because: "billing-only", what: "The bill", unitId, channel: "phone" },
      ...{ receivedOn: new Date("2026-11-23"), loggedAt: hospital.clock.now, status: "new" },
      ...{ loggedById: teams.id, assigneeId: teams.id, acknowledgedById: teams.id },
    },
  });
  const due = { dueOn: new Date("2026-12-01"), givenAt: hospital.clock.now };
  await bound().action.create({
    data: { number: 1, what: "Mats", ownerId: teams.id, givenById: teams.id, incidentId: incident.id, ...due },
  });
  const digest = { metrics: [], schedule: "weekdays", at: "07:30", zone: "UTC" };
  for (const id of everybody) await bound().follow.create({ data: { unitId, ownerId: id, target: id, ...digest } });
  await bound().follow.create({ data: { unitId, ownerId: teams.id, target: "teams/demo/C1", ...digest } });

  await link();

  expect(await rowsWith(teams.id)).toEqual([]);
  const nurse = await actorOf(hospital, "nurse");
  await expect(hospital.services.incidents.show(nurse, about)).rejects.toThrow("that you may see");
  const { rows } = await hospital.services.actions.list(nurse, { status: "open", mine: true }, hospital.clock.now);
  expect(rows.map(({ what }) => what)).toEqual(["Mats"]);
});

/** Tables with rows that hold an id, beside the person's own row and what the audit trail says was so. */
async function rowsWith(id: string): Promise<string[]> {
  const { unbound } = hospital.store;
  const tables = await unbound.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('Person', 'Audit', 'Claim')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await unbound.$queryRawUnsafe<unknown[]>(
      `SELECT 1 FROM "${name}" t WHERE position($1 in t::text) > 0`,
      id,
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

test("nobody becomes their own supervisor", async () => {
  const teams = await teamsActor();
  await bound().person.updateMany({ where: { id: hospital.people.nurse }, data: { supervisorId: teams.id } });
  await link();
  expect((await bound().person.findFirst({ where: { id: hospital.people.nurse } }))?.supervisorId).toBeNull();
});

test("the access of either survives, whoever asked for the code", async () => {
  const teams = await teamsActor();
  const code = await hospital.services.links.code(await asTeams(teams));
  await hospital.services.links.join(await actOf(hospital, "quality"), code);
  expect((await actorOf(hospital, "quality")).access).toEqual(["staff", "quality"]);
  expect((await teamsActor()).access).toEqual(["staff", "quality"]);
});

describe("a code", () => {
  test("is valid for 15 minutes, once, and a new one ends the last", async () => {
    const { links } = hospital.services;
    const first = await links.code(await actOf(hospital, "nurse"));
    const second = await links.code(await actOf(hospital, "nurse"));
    const teams = await asTeams(await teamsActor());
    await expect(links.join(teams, first)).rejects.toThrow("not valid, or it has run out");
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 15 * 60_000 + 1);
    await expect(links.join({ ...teams, now: hospital.clock.now }, second)).rejects.toThrow(
      "not valid, or it has run out",
    );
    const third = await links.code(await actOf(hospital, "nurse"));
    await links.join({ ...teams, now: hospital.clock.now }, third);
    await expect(
      links.join({ ...(await actOf(hospital, "outsider")), now: hospital.clock.now }, third),
    ).rejects.toThrow("not valid");
  });

  test("given where it was asked for joins nothing", async () => {
    const code = await hospital.services.links.code(await actOf(hospital, "nurse"));
    await expect(hospital.services.links.join(await actOf(hospital, "nurse"), code)).rejects.toThrow("other app");
  });

  test("cannot be guessed: after five tries even the right one waits", async () => {
    const { links } = hospital.services;
    const code = await links.code(await actOf(hospital, "nurse"));
    const guesser = await actOf(hospital, "outsider");
    for (let guess = 0; guess < 5; guess += 1)
      await expect(links.join(guesser, `1000${guess}-10000`)).rejects.toThrow("not valid");
    await expect(links.join(guesser, code)).rejects.toThrow("Wait a quarter of an hour");
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 16 * 60_000);
    const fresh = await links.code(await actOf(hospital, "nurse"));
    await links.join(await actOf(hospital, "outsider"), fresh);
  });

  test("is kept as a hash alone", async () => {
    const code = await hospital.services.links.code(await actOf(hospital, "nurse"));
    expect(JSON.stringify(await bound().linkCode.findMany())).not.toContain(code);
  });
});

test("an anonymous report stays without an author", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { identity: "anonymous" });
  await link();
  expect((await bound().incident.findFirst({ where: { number } }))?.reporterId).toBeNull();
});
