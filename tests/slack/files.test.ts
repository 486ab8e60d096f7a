import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bring, budgetHead, ledgerHead } from "../domain/books.ts";
import { findButton } from "../support/slack/senders.ts";
import { type HospitalWorld, openHospitalWorld } from "../support/slack/world.ts";

let world: HospitalWorld;
beforeEach(async () => {
  world = await openHospitalWorld();
  await bring(world.hospital, "budget", `${budgetHead}4W,rent,Rent,2026-10,expense,fixed,,,,,20000,\n`);
});
afterEach(() => world.close());

const own = "DMANAGER";
const ledger = `${ledgerHead}4W,rent,2026-10,,,,21000,2026-11-05\n`;
const hands = (name = "ledger.csv", text = ledger) => world.slack.handIn(name, "text/csv", Buffer.from(text));
const sends = (file: Record<string, unknown>, text = "") =>
  world.sends.directMessage("UMANAGER", text, { subtype: "file_share", files: [file] });
const reads = () => world.reads("UMANAGER", own);
const rows = () => world.hospital.store.of(world.hospital.organisationId).ledgerLine.count();

describe("a file in the person's own chat", () => {
  it("is tried, and the card that shows it becomes what was done", async () => {
    await sends(hands());
    await expect.poll(reads).toContain("Only tried so far");
    expect(reads()).toContain("ledger.csv");
    expect(await rows()).toBe(0);
    await world.sends.click("UMANAGER", world.newest("UMANAGER", own), "Import");
    await expect.poll(reads).toContain("The file is in: 1 new");
    expect(world.slack.sees("UMANAGER", own)).toHaveLength(1);
    expect(await rows()).toBe(1);
  });

  it("is fetched after Slack was answered; what takes long is said, in the message that the answer replaces", async () => {
    let release = () => {};
    world.slack.holdDownloads = new Promise((resolve) => {
      release = resolve;
    });
    const delivery = await sends(hands());
    expect(delivery.status).toBe(200);
    await expect.poll(reads).toBe("Fetching ledger.csv …");
    release();
    await expect.poll(reads).toContain("Only tried so far");
    expect(world.slack.sees("UMANAGER", own)).toHaveLength(1);
  });

  it("gives one card however often Slack delivers it", async () => {
    const delivery = await sends(hands());
    await expect.poll(reads).toContain("Only tried so far");
    await delivery.again();
    await world.settled();
    expect(world.slack.sees("UMANAGER", own)).toHaveLength(1);
  });

  it("is given with all that is wrong in it, as a file beside the first of it", async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `4W,line-${at},2026-10,,,,1,2026-11-05`).join("\n");
    await sends(hands("ledger.csv", `${ledgerHead}${lines}\n`));
    await expect.poll(reads).toContain("30 things are wrong");
    const given = () => [...world.slack.files.values()].map(({ name, channel }) => `${name} in ${channel}`);
    await expect.poll(given).toContain(`what is wrong.csv in ${own}`);
    expect(() => findButton(world.newest("UMANAGER", own).blocks, "Import")).toThrow();
  });

  it.each([
    ["from another host", { url_private_download: "https://files.slack.example/x" }],
    ["from an address inside", { url_private_download: "http://169.254.169.254/latest/meta-data" }],
    [
      "that is sent on to another host",
      { instead: { status: 302, headers: { location: "https://elsewhere.example/" } } },
    ],
    ["that goes round in circles", { instead: { status: 302, headers: { location: "" } } }],
    ["where Slack shows a page to log in", { instead: { status: 200, headers: { "content-type": "text/html" } } }],
    ["that is not given", { instead: { status: 403, headers: {} } }],
  ])(
    "%s is not fetched, and nothing is kept",
    async (_how, {
      url_private_download,
      instead,
    }: {
      url_private_download?: string;
      instead?: { status: number; headers: Record<string, string> };
    }) => {
      const given = hands();
      const file = { ...given, ...(url_private_download && { url_private_download }) };
      if (instead) world.slack.downloads.set(String(given.id), { ...instead, body: "<p>Sign in</p>" });
      await sends(file);
      await expect.poll(reads).toContain("could not be fetched from where it was sent");
      expect(await world.hospital.store.unbound.sentFile.count()).toBe(0);
      expect(JSON.stringify(world.logged.map(({ fields, message }) => [fields, message]))).not.toContain("ledger.csv");
    },
  );

  it("beside a report is left to the report, and without a right is refused", async () => {
    await sends(hands("photo.jpg"), "incident report A bed rail was broken 4W");
    await expect.poll(reads).toContain("is filed");
    await world.sends.directMessage("UNURSE", "", { subtype: "file_share", files: [hands()] });
    await expect.poll(() => world.reads("UNURSE", "DNURSE")).toContain("“import” is for managers");
    expect(await world.hospital.store.unbound.sentFile.count()).toBe(0);
  });
});

it("in a channel no file is looked at", async () => {
  await world.sends.mention("UMANAGER", "CHUDDLE", "", { files: [hands()] });
  await world.settled();
  expect(await world.hospital.store.unbound.sentFile.count()).toBe(0);
});
