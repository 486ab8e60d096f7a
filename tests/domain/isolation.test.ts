import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../src/domain/staff/actor.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf, anotherOrganisation, file } from "./organisation.ts";

// Two organisations in one database, with the same codes, handles and numbers.

let hospital: Hospital;
let other: Awaited<ReturnType<typeof anotherOrganisation>>;
let ours: number;
beforeAll(async () => {
  hospital = await openHospital();
  other = await anotherOrganisation(hospital);
  ours = await file(hospital, "nurse", hospital.units.west, { what: "ours" });
  for (const what of ["theirs", "theirs too"])
    await hospital.services.incidents.report(await actOf(hospital, "nurse", other.tenant), {
      what,
      unitId: other.unitId,
      happenedAt: hospital.clock.now,
      kind: "incident",
      harm: "none",
      identity: "named",
    });
});
afterAll(() => hospital.close());

const theirs = (handle: string) => actorOf(hospital, handle, other.tenant);

describe("one organisation never sees the other", () => {
  test("in numbers, lists and records", async () => {
    const { incidents } = hospital.services;
    expect(ours).toBe(1);
    expect((await incidents.show(await theirs("quality"), 1)).what).toBe("theirs");
    expect((await incidents.show(await actorOf(hospital, "quality"), 1)).what).toBe("ours");
    expect((await incidents.list(await theirs("quality"), { status: "all" })).rows).toHaveLength(2);
    expect((await incidents.list(await actorOf(hospital, "quality"), { status: "all" })).rows).toHaveLength(1);
    await expect(incidents.show(await actorOf(hospital, "quality"), 2)).rejects.toThrow("There is no INC-2");
    expect(
      (await incidents.list(await theirs("quality"), { status: "all", unitId: hospital.units.west })).rows,
    ).toEqual([]);
  });

  test("in the directory, by handle, name, e-mail, id or mention", async () => {
    const { directory } = hospital.services;
    const actor = await theirs("nurse");
    const asker = { platform: "web", tenant: other.tenant };
    const written = [
      "manager",
      "@manager",
      "Manager Person",
      "manager@test.example",
      hospital.people.manager,
      "<@manager>",
    ];
    expect(await directory.find(actor, "person", written, asker)).toEqual(new Map());
    expect(await directory.find(actor, "unit", ["ED", "Medicine", hospital.units.west], asker)).toEqual(new Map());
    expect((await directory.find(actor, "unit", ["4W"], asker)).get("4W")?.id).toBe(other.unitId);
    expect((await directory.search(actor, "person", "")).map((entry) => entry.name)).toEqual(
      ["admin", "nurse", "quality"].map((handle) => `${handle} elsewhere`),
    );
    expect(await directory.nearest(actor, "person", "director")).toEqual([]);
  });

  test("in what waits, the audit trail, and who somebody is", async () => {
    const quality = await theirs("quality");
    const waiting = await hospital.services.todo.waiting(quality, hospital.clock.now);
    expect(waiting.map((one) => ("unit" in one ? one.unit.name : one.type))).toEqual([
      "4 West elsewhere",
      "4 West elsewhere",
    ]);
    const rows = await hospital.services.auditTrail.rows(quality, {});
    expect(rows.map((row) => row.actor?.name)).toEqual(["nurse elsewhere", "nurse elsewhere"]);
    await expect(hospital.services.auditTrail.rows(quality, { about: "@manager" })).rejects.toThrow(
      "There is no record",
    );
    expect((await hospital.services.people.whoami(quality)).organisation.name).toBe("Elsewhere");
    expect(
      await hospital.services.people.mentions(quality, [hospital.people.nurse], { platform: "web", tenant: "demo" }),
    ).toEqual({});
  });

  test("as a recipient", async () => {
    expect(
      await hospital.services.recipients.find(other.id, hospital.people.nurse, new Set(["web"]), hospital.clock.now),
    ).toBe("gone");
  });
});

describe("one organisation never changes the other", () => {
  test("by number or id", async () => {
    const act = await actOf(hospital, "quality", other.tenant);
    const { incidents, reminders, links, drafts } = hospital.services;
    await expect(incidents.assign(act, 1, hospital.people.manager)).rejects.toThrow("That person has left");
    await incidents.close(act, 1, "mended there");
    expect((await incidents.show(await actorOf(hospital, "quality"), 1)).status).toBe("new");
    await expect(
      reminders.remind(await actOf(hospital, "quality", other.tenant), {
        what: "x",
        when: new Date(act.now.getTime() + 86_400_000),
        every: "once",
        who: { personId: hospital.people.nurse },
      }),
    ).rejects.toThrow("That person has left");
    const code = await links.code(await actOf(hospital, "nurse"));
    await expect(links.join(act, code)).rejects.toThrow("not valid");
    const author = ({ organisationId, id }: Actor) => ({ organisationId, ids: [id] as const });
    const nurse = author(await actorOf(hospital, "nurse"));
    await drafts.keep(nurse, [{ request: "d", input: { what: "x" } }], hospital.clock.now);
    expect(await drafts.read(author(act.actor), "d")).toBeUndefined();
    await drafts.drop(author(act.actor), "d");
    expect(await drafts.read(nurse, "d")).toEqual({ what: "x" });
  });

  test("by a unit of the other: the database refuses it", async () => {
    await expect(
      hospital.services.incidents.report(await actOf(hospital, "nurse", other.tenant), {
        what: "x",
        unitId: hospital.units.west,
        happenedAt: hospital.clock.now,
        kind: "incident",
        harm: "none",
        identity: "named",
      }),
    ).rejects.toThrow();
  });

  test("by settings", async () => {
    await hospital.services.people.changeOrganisation(await actOf(hospital, "admin", other.tenant), {
      inviteOnly: true,
    });
    expect((await hospital.services.people.whoami(await actorOf(hospital, "nurse"))).organisation.inviteOnly).toBe(
      false,
    );
  });

  test("by the same delivery id", async () => {
    const delivery = async (tenant: string) => ({ ...(await actOf(hospital, "quality", tenant)), requestId: "shared" });
    await hospital.services.incidents.note(await delivery("demo"), 1, { text: "ours noted" });
    await hospital.services.incidents.note(await delivery(other.tenant), 1, { text: "theirs noted" });
    const notes = async (handle: string, tenant?: string) =>
      (await hospital.services.incidents.show(await actorOf(hospital, handle, tenant), 1)).timeline.flatMap(
        (entry) => entry.text ?? [],
      );
    expect(await notes("quality")).toEqual(["ours noted"]);
    expect(await notes("quality", other.tenant)).toContain("theirs noted");
  });
});

describe("the bound store", () => {
  const bound = () => hospital.store.of(hospital.organisationId);

  test("puts its own organisation over whatever is asked for", async () => {
    const asked = { organisationId: other.id };
    expect(await bound().person.count({ where: asked })).toBe(await bound().person.count());
    const { organisationId } = await bound().unit.create({ data: { code: "NEW", name: "New", aliases: [], ...asked } });
    expect(organisationId).toBe(hospital.organisationId);
    expect((await bound().organisation()).name).toBe("Test General");
  });

  test("does not change, delete or find by the id of another's row", async () => {
    const where = { id: other.people.nurse };
    expect(await bound().person.findUnique({ where })).toBeNull();
    expect(await bound().person.updateMany({ where, data: { name: "taken" } })).toEqual({ count: 0 });
    await expect(bound().person.update({ where, data: { name: "taken" } })).rejects.toThrow();
    await expect(bound().person.delete({ where })).rejects.toThrow();
    expect(await bound().person.deleteMany({ where })).toEqual({ count: 0 });
  });

  test("refuses what it cannot cut to one organisation", async () => {
    await expect(
      bound().linkCode.upsert({
        where: { organisationId_hash: { organisationId: other.id, hash: "x" } },
        create: { hash: "x", personId: other.people.nurse, expiresAt: new Date() },
        update: {},
      }),
    ).rejects.toThrow("not bound to an organisation");
  });

  test("in a transaction too", async () => {
    await bound().change(async (change) => {
      expect(await change.person.findFirst({ where: { id: other.people.nurse } })).toBeNull();
      expect(await change.incident.count()).toBe(1);
    });
  });
});

test("what happens in one transaction stays in it, though others run beside it", async () => {
  const bound = hospital.store.of(hospital.organisationId);
  const claims = Array.from({ length: 20 }, (_, index) => `beside-${index}`);
  const numbers = await Promise.all(
    claims.map((request, index) =>
      bound
        .change(async (change) => {
          await change.unit.count();
          await change.claimRequest(request, hospital.people.nurse, new Date());
          await change.unit.count();
          const number = await change.nextNumber("beside");
          if (index % 2 === 1) throw new Error("taken back");
          return number;
        })
        .catch(() => undefined),
    ),
  );
  const given = numbers.filter((number) => number !== undefined).sort((one, other) => one - other);
  expect(given).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const kept = await hospital.store.unbound.claim.findMany({ where: { request: { startsWith: "beside-" } } });
  expect(kept.map(({ request }) => request).sort()).toEqual(claims.filter((_, index) => index % 2 === 0).sort());
});

test("a row that is written without an organisation is refused by the database", async () => {
  const { unbound } = hospital.store;
  await expect(unbound.unit.create({ data: { code: "X", name: "X", aliases: [] } })).rejects.toThrow();
  await expect(
    unbound.audit.create({
      data: { at: new Date(), action: "x", subject: "person", subjectId: hospital.people.nurse, details: {} },
    }),
  ).rejects.toThrow();
  expect(await unbound.unit.count({ where: { code: "X" } })).toBe(0);
});
