import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bring, budgetHead, ledgerHead } from "../domain/books.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { serve } from "../support/teams/bot.ts";
import { cardOf, guid, homeTenant, startTeams, type Teams, wordsOf } from "../support/teams/teams.ts";

let hospital: Hospital;
let teams: Teams;
let running: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  hospital = await openHospital({ platform: "teams", tenant: homeTenant, userOf: guid });
  await bring(hospital, "budget", `${budgetHead}4W,rent,Rent,2026-10,expense,fixed,,,,,20000,\n`);
});
afterAll(() => hospital.close());
beforeEach(async () => {
  teams = await startTeams();
  running = await serve(teams, hospital.bot);
});
afterEach(async () => {
  await running.stop();
  await teams.close();
});

const bound = () => hospital.store.of(hospital.organisationId);
const ledger = (amount: number) => `${ledgerHead}4W,rent,2026-10,,,,${amount},2026-11-05\n`;
const manager = () => teams.person("manager");
const own = () => teams.personal(manager());
const isCard = ({ activity }: { activity: Record<string, unknown> }) =>
  JSON.stringify(activity).includes("AdaptiveCard");
const cards = () => teams.messages(own()).filter(isCard);
const reads = () =>
  cards()
    .map((message) => wordsOf(cardOf(message)))
    .at(-1) ?? "";
const newest = () => {
  const message = cards().at(-1);
  if (!message) throw new Error("There is no card.");
  return message;
};

describe("a file in the person's own chat", () => {
  it("is tried, and the card that shows it becomes what was done", async () => {
    await teams.sendsFile(manager(), own(), "ledger.csv", ledger(21_000));
    await expect.poll(reads).toContain("Only tried so far");
    expect(await bound().ledgerLine.count()).toBe(0);
    await teams.clicks(manager(), newest(), "Import");
    await expect.poll(reads).toContain("The file is in: 1 new");
    expect(cards()).toHaveLength(1);
    expect(await bound().ledgerLine.count()).toBe(1);
  });

  it("is fetched after Teams was answered; what takes long is said, in the message that the answer replaces", async () => {
    let release = () => {};
    teams.state.holdDownloads = new Promise((resolve) => {
      release = resolve;
    });
    const delivered = await teams.sendsFile(manager(), own(), "ledger.csv", ledger(22_000));
    expect(delivered.status).toBe(200);
    await expect.poll(reads).toBe("Fetching ledger.csv …");
    release();
    await expect.poll(reads).toContain("Only tried so far");
    expect(cards()).toHaveLength(1);
    await teams.again(delivered);
    expect(cards()).toHaveLength(1);
  });

  it("offers all that is wrong in it as a file", async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `4W,line-${at},2026-10,,,,1,2026-11-05`).join("\n");
    await teams.sendsFile(manager(), own(), "ledger.csv", `${ledgerHead}${lines}\n`);
    await expect.poll(reads).toContain("30 things are wrong");
    await expect
      .poll(() => JSON.stringify(teams.messages(own()).map(({ activity }) => activity)))
      .toContain("what is wrong.csv");
  });

  it.each([
    ["from another host", "https://sharepoint.com.elsewhere.example/ledger.csv"],
    ["from an address inside", "http://169.254.169.254/latest/meta-data"],
    ["without https", "http://hospital-my.sharepoint.com/ledger.csv"],
    ["that is sent on to an address inside", "elsewhere"],
    ["that is gone", "gone"],
  ])("%s is not fetched, and nothing is kept", async (_how, at) => {
    const before = await hospital.store.unbound.sentFile.count();
    const url = at.includes("/") ? at : `${teams.serviceUrl}sent/${at}`;
    await teams.sendsFile(manager(), own(), "ledger.csv", ledger(1), { url });
    await expect.poll(reads).toContain("could not be fetched from where it was sent");
    expect(await hospital.store.unbound.sentFile.count()).toBe(before);
  });
});

it("in a channel no file is looked at", async () => {
  const before = await hospital.store.unbound.sentFile.count();
  const chat = teams.channel("Huddle", manager());
  await teams.sendsFile(manager(), chat, "ledger.csv", ledger(1));
  await expect.poll(() => teams.messages(chat).length).toBeGreaterThan(0);
  expect(await hospital.store.unbound.sentFile.count()).toBe(before);
});
