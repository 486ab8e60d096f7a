import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type HospitalWorld, openHospitalWorld } from "../support/slack/world.ts";

let world: HospitalWorld;
let west: string;
beforeAll(async () => {
  world = await openHospitalWorld();
  west = world.hospital.units.west;
});
afterAll(() => world.close());
beforeEach(() => {
  world.slow(0);
  world.slack.forget();
});
afterEach(() => world.settled());

const called = (method: string) => world.slack.calls.filter((call) => call.method === method).length;
const incidents = () =>
  world.hospital.store.of(world.hospital.organisationId).incident.findMany({ orderBy: { number: "asc" } });
const lastFiled = async () => (await incidents()).at(-1);

async function opensReport(channel = "C1"): Promise<void> {
  await world.sends.slash("UNURSE", channel, "/incident", "report");
  await expect.poll(() => world.modal("UNURSE")).toContain("What happened");
  await world.settled();
}

describe("a form", () => {
  it("opens before the bot has done anything", async () => {
    const release = world.holdsNext();
    const { status, body } = await world.sends.slash("UNURSE", "C1", "/incident", "report");
    expect([status, body]).toEqual([200, ""]);
    await expect.poll(() => world.modal("UNURSE")).toContain("What happened");
    release();
  });

  it("is left alone where the bot has nothing to add", async () => {
    await opensReport();
    expect([called("views.open"), called("views.update")]).toEqual([1, 0]);
  });

  it("is opened once although the request comes twice", async () => {
    const delivery = await world.sends.slash("UNURSE", "C1", "/incident", "report");
    await delivery.again();
    await world.settled();
    expect(called("views.open")).toBe(1);
    expect(world.slack.sees("UNURSE", "C1")).toEqual([]);
  });

  it("gives way to the words why there is none", async () => {
    const { sends, slack, modal } = world;
    await sends.slash("UNURSE", "C1", "/incident", "assign");
    await expect.poll(() => modal("UNURSE")).toContain("is for managers");
    expect(JSON.stringify(slack.views.get("UNURSE"))).not.toContain('"input"');
    expect(slack.sees("UNURSE", "C1")).toEqual([]);
  });

  it("that no trigger opens any more is a card, whose button opens it with all that was typed", async () => {
    const { sends, slack, reads, newest, modal } = world;
    await sends.slash("UNURSE", "C1", "/incident", 'report what:"A *wet* floor" when:2026-11-22T22:00', {
      triggerAge: 4_000,
    });
    await expect.poll(() => reads("UNURSE", "C1")).toContain("A *wet* floor");
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
    expect(slack.views.size).toBe(0);
    await sends.click("UNURSE", newest("UNURSE", "C1"), "Fill in the form");
    await expect.poll(() => modal("UNURSE")).toContain("What happened");
    await world.settled();
    await sends.submit("UNURSE", { where: west });
    await expect.poll(() => reads("UNURSE", "C1")).toContain("is filed");
    const filed = await lastFiled();
    expect(filed).toMatchObject({ what: "A *wet* floor", happenedAt: new Date("2026-11-23T03:00:00Z") });
  });

  it("keeps a moment that could not be shown yet when it is sent at once", async () => {
    const { sends, newest, reads, modal, slack } = world;
    await sends.slash("UNURSE", "C1", "/incident", "report what:Fell when:2026-11-22T21:00", { triggerAge: 4_000 });
    await expect.poll(() => reads("UNURSE", "C1")).toContain("Fill in the form");
    const release = world.holdsNext();
    await sends.click("UNURSE", newest("UNURSE", "C1"), "Fill in the form");
    await expect.poll(() => modal("UNURSE")).toContain("What happened");
    expect(JSON.stringify(slack.views.get("UNURSE"))).not.toContain("initial_date_time");
    await sends.submit("UNURSE", { where: west });
    await expect.poll(async () => (await lastFiled())?.happenedAt).toEqual(new Date("2026-11-23T02:00:00Z"));
    await expect.poll(() => reads("UNURSE", "C1")).toContain("is filed");
    const sent = slack.sees("UNURSE", "C1").length;
    release();
    await world.settled();
    expect(slack.sees("UNURSE", "C1")).toHaveLength(sent);
  });
});

describe("a submitted form", () => {
  it("is filed, closed, and answered for the person alone in the channel where it was asked for", async () => {
    const { sends, slack, reads } = world;
    await opensReport();
    const { answer } = await sends.submit("UNURSE", { what: "Slipped", where: west, when: "2026-11-23T11:10" });
    expect(answer).toEqual({ response_action: "clear" });
    await expect.poll(() => reads("UNURSE", "C1")).toContain("is filed");
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
    expect(await lastFiled()).toMatchObject({ what: "Slipped", happenedAt: new Date("2026-11-23T11:10:00Z") });
  });

  it("that comes twice is filed once, and answered the same", async () => {
    await opensReport();
    const before = (await incidents()).length;
    const delivery = await world.sends.submit("UNURSE", { what: "Slipped", where: west });
    expect((await delivery.again()).body).toBe(delivery.body);
    await world.settled();
    expect(await incidents()).toHaveLength(before + 1);
    expect(world.slack.sees("UNURSE", "C1")).toHaveLength(1);
  });

  it("with something wrong says it under the field, keeps the rest, and is filed when it is corrected", async () => {
    const { sends, slack, reads } = world;
    await opensReport();
    const refused = await sends.submit("UNURSE", { what: "Slipped", where: west, when: "2031-01-01T10:00" });
    expect(refused.answer?.response_action).toBe("errors");
    expect(Object.values(refused.answer?.errors ?? {}).join()).toContain("future");
    expect(slack.views.has("UNURSE")).toBe(true);
    await sends.submit("UNURSE", { what: "Slipped", where: west, when: "2026-11-23T11:10" });
    await expect.poll(() => reads("UNURSE", "C1")).toContain("is filed");
  });

  it("says what is wrong with what no field shows, and keeps what was typed in the form", async () => {
    const { sends, slack, modal } = world;
    await sends.slash("UNURSE", "C1", "/rounds", `incident report ${"word ".repeat(800)}`);
    await expect.poll(() => modal("UNURSE")).toContain("characters are kept");
    await world.settled();
    const refused = await sends.submit("UNURSE", { where: west, when: "2031-01-01T10:00" });
    expect(["errors", "update"]).toContain(refused.answer?.response_action);
    expect(slack.views.has("UNURSE")).toBe(true);
    await sends.submit("UNURSE", { where: west, when: "2026-11-23T11:10" });
    await expect.poll(async () => (await lastFiled())?.what.length).toBe("word ".repeat(800).trim().length);
  });

  it("that takes long shows what was typed, then the answer, which is sent as well", async () => {
    const { sends, modal, reads } = world;
    await opensReport();
    const release = world.holdsNext();
    const { answer } = await sends.submit("UNURSE", { what: "A slow *fall*", where: west });
    expect(answer?.response_action).toBe("update");
    expect(modal("UNURSE")).toContain("Still saving");
    expect(modal("UNURSE")).toContain("A slow *fall*");
    release();
    await expect.poll(() => modal("UNURSE")).toContain("is filed");
    await expect.poll(() => reads("UNURSE", "C1")).toContain("is filed");
  });

  it("that takes long and is wrong comes back with what was typed", async () => {
    const { sends, modal, slack, reads } = world;
    await opensReport();
    world.slow(2_000);
    await sends.submit("UNURSE", { what: "A slow fall", where: west, when: "2031-01-01T10:00" });
    await expect.poll(() => modal("UNURSE")).toContain("future");
    expect(JSON.stringify(slack.views.get("UNURSE"))).toContain('"initial_value":"A slow fall"');
    world.slow(0);
    await sends.submit("UNURSE", { when: "2026-11-23T11:10" });
    await expect.poll(() => reads("UNURSE", "C1")).toContain("is filed");
  });

  it("is filed from the modal of a late answer too: another form in the same modal is another delivery", async () => {
    const { sends, slack, modal } = world;
    await opensReport();
    world.slow(2_000);
    await sends.submit("UNURSE", { what: "A slow fall", where: west });
    await expect.poll(() => modal("UNURSE")).toContain("is filed");
    world.slow(0);
    const view = slack.views.get("UNURSE");
    if (!view) throw new Error("The modal is gone.");
    await sends.click("UNURSE", view, "Add note");
    await expect.poll(() => JSON.stringify(slack.views.get("UNURSE")?.blocks)).toContain("plain_text_input");
    await sends.submit("UNURSE", { note: "The bed was wet too." });
    const store = world.hospital.store.of(world.hospital.organisationId);
    await expect.poll(() => store.timelineEntry.count({ where: { text: "The bed was wet too." } })).toBe(1);
  });

  it("whose channel is closed to the bot is answered in the person's own chat", async () => {
    const { sends, slack, reads } = world;
    await opensReport("C2");
    slack.closedChannels.add("C2");
    slack.spendResponseUrls();
    await sends.submit("UNURSE", { what: "Slipped", where: west });
    await expect.poll(() => reads("UNURSE", "DNURSE")).toContain("is filed");
    slack.closedChannels.clear();
  });

  it("from a chat of two people is answered there for the person alone", async () => {
    const { sends, slack, reads } = world;
    await opensReport("DTWO");
    await sends.submit("UNURSE", { what: "Slipped", where: west });
    await expect.poll(() => reads("UNURSE", "DTWO")).toContain("is filed");
    expect(slack.sees("UMANAGER", "DTWO")).toEqual([]);
  });
});

describe("what an entry field offers", () => {
  it("is searched in our directory", async () => {
    await opensReport();
    const options = await world.sends.suggest("UNURSE", "where", "4");
    expect(options.map(({ text }) => text.text)).toEqual(["4 West (4W)"]);
    expect(options[0]?.value).toBe(west);
  });
});

describe("a shortcut", () => {
  it("opens the form anywhere, and is answered in the person's own chat", async () => {
    const { sends, modal, reads } = world;
    await sends.globalShortcut("UNURSE", "report_incident");
    await expect.poll(() => modal("UNURSE")).toContain("What happened");
    await world.settled();
    await sends.submit("UNURSE", { what: "Slipped", where: west });
    await expect.poll(() => reads("UNURSE", "DNURSE")).toContain("is filed");
  });

  it("on a message opens the form with its text in quotes, and nothing that leads to the message or names a person", async () => {
    const { sends, slack, modal } = world;
    await sends.messageShortcut("UNURSE", "report_message", "C1", "<@UNURSE> the rail of bed 3 &lt;broke&gt;");
    await expect.poll(() => modal("UNURSE")).toContain("What happened");
    await world.settled();
    expect(JSON.stringify(slack.views.get("UNURSE")?.blocks)).toContain("“@someone the rail of bed 3 <broke>”");
    await sends.submit("UNURSE", { where: west, identity: "anonymous" });
    await expect.poll(async () => (await lastFiled())?.what).toBe("“@someone the rail of bed 3 <broke>”");
    const kept = JSON.stringify(await lastFiled());
    for (const trace of ["UNURSE", "C1", "1700000000", "https://"]) expect(kept).not.toContain(trace);
  });

  it("on a message adds it to an incident at the time it was written, once for everybody", async () => {
    const { sends, slack, modal, reads } = world;
    const number = `INC-${(await lastFiled())?.number}`;
    const add = async (user: string) => {
      await sends.messageShortcut(user, "add_to_incident", "C1", "The brake does not hold");
      await expect.poll(() => modal(user)).toContain("Incident");
      await world.settled();
      expect(JSON.stringify(slack.views.get(user)?.blocks)).toContain("“The brake does not hold”");
      await sends.submit(user, { incident: number });
    };
    await add("UMANAGER");
    await expect.poll(() => reads("UMANAGER", "C1")).toContain("added a message: “The brake does not hold”");
    expect(reads("UMANAGER", "C1")).not.toContain("was added before");
    await add("UQUALITY");
    await expect.poll(() => reads("UQUALITY", "C1")).toContain("This message was added before");
    expect(slack.sees("UNURSE", "C1")).toEqual([]);
    const store = world.hospital.store.of(world.hospital.organisationId);
    const added = await store.timelineEntry.findMany({ where: { kind: "note", text: "“The brake does not hold”" } });
    expect(added.map(({ at }) => at)).toEqual([new Date(1_700_000_000_000)]);
    expect(JSON.stringify(added)).not.toContain("C1");
  });

  it("on a message without words opens the form empty", async () => {
    const { sends, slack, modal } = world;
    await sends.messageShortcut("UNURSE", "report_message", "DTWO", "");
    await expect.poll(() => modal("UNURSE")).toContain("What happened");
    await world.settled();
    expect(JSON.stringify(slack.views.get("UNURSE")?.blocks)).not.toContain("initial_value");
  });
});
