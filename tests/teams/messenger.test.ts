import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Reader } from "../../src/chat/card.ts";
import { SendFailed } from "../../src/chat/messenger.ts";
import type { Identity, Place } from "../../src/chat/request.ts";
import { said, startBot } from "../support/teams/bot.ts";
import { cardOf, guid, homeTenant, type Person, startTeams, type Teams, wordsOf } from "../support/teams/teams.ts";

let teams: Teams;
let running: Awaited<ReturnType<typeof startBot>>;

beforeEach(async () => {
  teams = await startTeams();
  running = await startBot(teams);
});
afterEach(async () => {
  await running.stop();
  await teams.close();
});

const reader: Reader = { zone: "America/New_York", mentions: {} };
const identity = ({ tenant, user }: Person): Identity => ({ platform: "teams", tenant, user });
const messenger = () => running.adapter.messenger;

/** Writes once, so that the chat is kept, and gives it. */
async function known(person: Person): Promise<Place> {
  await teams.says(person, teams.personal(person), "help");
  await running.adapter.stop();
  return messenger().personal(identity(person));
}

const failure = (task: Promise<unknown>): Promise<SendFailed> =>
  task.then(
    () => {
      throw new Error("Nothing failed.");
    },
    (cause) => {
      if (cause instanceof SendFailed) return cause;
      throw cause;
    },
  );

describe("what was read", () => {
  it("is told of a person's own chat, and of no place of many", async () => {
    const jane = teams.person("Jane Lee");
    const own = teams.personal(jane);
    const delivered = [
      await teams.reads(jane, own, "1764000000000"),
      await teams.reads(jane, teams.channel("4 West", jane), "1764000000001"),
    ];
    expect(delivered.map(({ status }) => status)).toEqual([200, 200]);
    await running.adapter.stop();
    expect(running.read).toEqual([{ user: jane.user, conversation: own.id, until: "1764000000000" }]);
    expect(running.bot.requests).toEqual([]);
  });
});

describe("a person's own chat", () => {
  it("is the one that was kept", async () => {
    const jane = teams.person("Jane Lee");
    expect(await known(jane)).toEqual({
      platform: "teams",
      tenant: homeTenant,
      conversation: teams.personal(jane).id,
      kind: "personal",
      serviceUrl: teams.serviceUrl,
    });
  });

  it("is opened when there is none yet, and kept", async () => {
    const jane = teams.person("Jane Lee");
    const ward = teams.channel("4 West", jane);
    running.bot.answers = () => ({ type: "nothing" });
    await teams.says(jane, ward, "help");
    const place = await messenger().personal(identity(jane));
    expect(place).toMatchObject({ conversation: teams.personal(jane).id, serviceUrl: teams.serviceUrl });
    expect(running.written).toEqual([place]);
    expect(await messenger().personal(identity(jane))).toEqual(place);
    expect(running.written).toHaveLength(1);
  });

  it("fails for good when Teams does not let the bot open one", async () => {
    const jane = teams.person("Jane Lee");
    await teams.says(jane, teams.channel("4 West", jane), "help");
    teams.state.people.delete(jane.account);
    expect(await failure(messenger().personal(identity(jane)))).toMatchObject({ final: true });
  });
});

describe("a message from a job", () => {
  it("goes to the address that came with the conversation", async () => {
    const jane = teams.person("Jane Lee");
    const place = await known(jane);
    const id = await messenger().post(place, said("INC-142 waits for you."), reader);
    const sent = await teams.nth(teams.personal(jane), 2);
    expect(sent.id).toBe(id);
    expect(wordsOf(cardOf(sent))).toBe("INC-142 waits for you.");
    expect(sent.activity.summary).toBe("INC-142 waits for you.");
    const elsewhere = { ...place, serviceUrl: "http://127.0.0.1:1/" };
    expect(await failure(messenger().post(elsewhere, said("x"), reader))).toMatchObject({ final: false });
  });

  it("hangs on the thread of its place", async () => {
    const jane = teams.person("Jane Lee");
    const ward = teams.channel("4 West", jane);
    const place: Place = {
      platform: "teams",
      tenant: homeTenant,
      conversation: ward.id,
      kind: "channel",
      thread: "1700000000001",
      serviceUrl: teams.serviceUrl,
    };
    await messenger().post(place, said("Next: New fall mats"), reader);
    expect(teams.messages(ward)).toMatchObject([{ thread: "1700000000001" }]);
  });

  it("is replaced by its id", async () => {
    const jane = teams.person("Jane Lee");
    const place = await known(jane);
    const id = await messenger().post(place, said("Due today"), reader);
    await messenger().update(place, id, said("Done"), reader);
    expect(wordsOf(cardOf(await teams.nth(teams.personal(jane), 2)))).toBe("Done");
    expect(teams.messages(teams.personal(jane))).toHaveLength(2);
    expect(await failure(messenger().update(place, "404", said("x"), reader))).toMatchObject({ final: true });
  });

  it("is sent again once when Teams asks for a moment", async () => {
    const place = await known(teams.person("Jane Lee"));
    teams.state.failures.push({ status: 429, retryAfter: 0.1 });
    await messenger().post(place, said("x"), reader);
    expect(teams.state.refused).toEqual(["429 asked to fail with 429"]);
  });

  it("leaves a longer wait to the job, and says how long", async () => {
    const place = await known(teams.person("Jane Lee"));
    teams.state.failures.push({ status: 429, retryAfter: 30 });
    const asked = Date.now();
    expect(await failure(messenger().post(place, said("x"), reader))).toMatchObject({
      final: false,
      retryAfter: 30_000,
    });
    expect(Date.now() - asked).toBeLessThan(20_000);
  });

  it("gives up after one quick retry", async () => {
    const place = await known(teams.person("Jane Lee"));
    teams.state.failures.push({ status: 502 }, { status: 504 });
    expect(await failure(messenger().post(place, said("x"), reader))).toMatchObject({ final: false });
    expect(teams.state.refused).toHaveLength(2);
  });

  it.each([400, 403, 404, 413])("is not tried again after %i", async (status) => {
    const place = await known(teams.person("Jane Lee"));
    teams.state.failures.push({ status });
    expect(await failure(messenger().post(place, said("x"), reader))).toMatchObject({ final: true });
    expect(teams.state.refused).toHaveLength(1);
  });

  it("is not sent twice when no answer came", async () => {
    const jane = teams.person("Jane Lee");
    const place = await known(jane);
    teams.state.failures.push("dropped");
    expect(await failure(messenger().post(place, said("x"), reader))).toMatchObject({ final: false });
    expect(teams.messages(teams.personal(jane))).toHaveLength(2);
  });

  it("keeps within what a conversation may be sent in a second", async () => {
    const place = await known(teams.person("Jane Lee"));
    // All of it in one second, however long it takes.
    vi.useFakeTimers({ toFake: ["Date"] });
    const sends = Array.from({ length: 9 }, () => messenger().post(place, said("x"), reader));
    const results = await Promise.allSettled(sends);
    expect(teams.state.refused.every((why) => why === "429 Too many messages.")).toBe(true);
    expect(teams.state.refused.length).toBeGreaterThan(0);
    expect(results.map((result) => result.status)).toContain("fulfilled");
    vi.useRealTimers();
  });
});

describe("what Teams says of a person", () => {
  it("is their name, address and zone", async () => {
    const jane = teams.person("Jane Lee");
    await known(jane);
    expect(await messenger().profile(identity(jane))).toEqual({
      name: "Jane Lee",
      email: "jane.lee@hospital.example",
      zone: "America/New_York",
      guest: false,
    });
  });

  it("tells guests from staff", async () => {
    const guest = teams.person("Gus Guest", { guest: true });
    await known(guest);
    expect(await messenger().profile(identity(guest))).toEqual({
      name: "Gus Guest",
      zone: "America/New_York",
      guest: true,
    });
  });

  it("is nothing for somebody it was never asked by", async () => {
    expect(await messenger().profile({ platform: "teams", tenant: homeTenant, user: guid("nobody") })).toBeUndefined();
  });

  it("is known while the first request is handled, wherever it came from", async () => {
    const jane = teams.person("Jane Lee");
    let name: string | undefined;
    running.bot.answers = async (request) => {
      name = (await messenger().profile(request.asker))?.name;
      return { type: "nothing" };
    };
    await teams.says(jane, teams.channel("4 West", jane), "help");
    expect(name).toBe("Jane Lee");
  });
});

it("asks for its own token once", async () => {
  const jane = teams.person("Jane Lee");
  const place = await known(jane);
  await messenger().post(place, said("x"), reader);
  expect(teams.login.given()).toBe(1);
});
