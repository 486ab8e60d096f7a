import http from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { card, file, paragraph } from "../../src/chat/card.ts";
import { text } from "../../src/chat/text.ts";
import { actOf } from "../domain/organisation.ts";
import { type OpenSimulator, openSimulator } from "./openSimulator.ts";

let open: OpenSimulator;
beforeAll(async () => {
  open = await openSimulator();
});
afterAll(() => open.close());

const get = async (path: string) => (await fetch(`${open.address}/api/${path}`)).json();
const post = async (path: string, body: object) => {
  const answer = await fetch(`${open.address}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
};
const say = (person: string, conversation: string, text: string) => post("say", { person, conversation, text });
const messages = (person: string, conversation: string) =>
  get(`messages?${new URLSearchParams({ person, conversation })}`);

/** Status of a request with these headers, which a browser's fetch would not let one set. */
const status = (headers: Record<string, string>): Promise<{ status: number | undefined; text: string }> =>
  new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port: open.port, path: "/api/people", headers }, (answer) => {
      let text = "";
      answer.on("data", (part) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, text }));
    });
    request.on("error", reject);
    request.end();
  });

describe("who is let in", () => {
  test("the page's own address, by both of its names", async () => {
    expect((await status({ host: `127.0.0.1:${open.port}` })).status).toBe(200);
    expect((await status({ host: `localhost:${open.port}`, origin: `http://localhost:${open.port}` })).status).toBe(
      200,
    );
  });

  test.each([
    { name: "another host name", headers: { host: "rounds.example" } },
    { name: "another port", headers: { host: "127.0.0.1:1" } },
    { name: "another page", headers: { origin: "https://elsewhere.example" } },
    { name: "a page without an origin of its own", headers: { origin: "null" } },
    { name: "a forwarded request", headers: { "x-forwarded-for": "203.0.113.7" } },
    { name: "any other forwarding header", headers: { "x-forwarded-proto": "https" } },
    { name: "the standard forwarding header", headers: { forwarded: "for=203.0.113.7" } },
    { name: "a proxy", headers: { via: "1.1 proxy" } },
  ])("not $name", async ({ headers }) => {
    const refused = await status({ host: `127.0.0.1:${open.port}`, ...headers });
    expect(refused.status).toBe(403);
    expect(refused.text).toMatch(/^This .*\. Open .*\.$/);
  });

  test("nothing from elsewhere is loaded by the page", async () => {
    const answer = await fetch(open.address);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(await answer.text()).not.toMatch(/https?:\/\//);
  });
});

describe("conversations", () => {
  test("a slash command and its answer are seen by their asker alone in a channel, drawn as both platforms are sent it", async () => {
    await say("nurse", "huddle", "/whoami");
    const answer = (await messages("nurse", "huddle")).at(-1);
    expect(answer.onlyFor).toBe("nurse");
    expect(answer.drawn.slack.blocks[0].type).toBe("header");
    expect(answer.drawn.teams.type).toBe("AdaptiveCard");
    const others = await messages("manager", "huddle");
    expect(others.some((one: { text?: string }) => one.text === "/whoami")).toBe(false);
    expect(others.every((one: { id: string }) => one.id !== answer.id)).toBe(true);
    await say("nurse", "huddle", "whoami");
    expect((await messages("manager", "huddle")).at(-1).text).toBe("whoami");
  });

  test("nobody reads or writes in another person's chat", async () => {
    await say("nurse", "direct:nurse", "help");
    expect(await messages("manager", "direct:nurse")).toEqual({ problem: expect.stringContaining("not open") });
    expect(await say("manager", "direct:nurse", "help")).toEqual({ problem: expect.stringContaining("not open") });
  });

  test("a slash command opens Slack's form at once, and Teams shows the card that opens its dialog", async () => {
    const done = await say("nurse", "direct:nurse", "/incident report");
    expect(done.opens.slack.type).toBe("modal");
    const { drawn } = (await messages("nurse", "direct:nurse")).at(-1);
    expect(drawn.slack).toBeUndefined();
    expect(JSON.stringify(drawn.teams)).toContain("task/fetch");
  });

  test("a sentence is answered with the card in both", async () => {
    const done = await say("nurse", "direct:nurse", "incident report");
    expect(done.opens).toBeUndefined();
    const { drawn } = (await messages("nurse", "direct:nurse")).at(-1);
    expect(JSON.stringify(drawn.slack)).toContain("Fill in the form");
    expect(JSON.stringify(drawn.teams)).toContain("Fill in the form");
  });

  test("a message of a job appears live in the person's own chat, and changes live", async () => {
    const events = await fetch(`${open.address}/api/events?person=director`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (words: string) => {
      let heard = "";
      while (!heard.includes(words)) heard += (await reader?.read())?.value ?? "";
      return heard;
    };
    await until("open");
    const { messenger } = open.simulator;
    const place = await messenger.personal(open.hospital.identity("director"));
    const reading = { zone: "America/New_York", mentions: {} };
    const told = (words: string) => card(text`${words}`, paragraph(text`${words}`));
    const id = await messenger.post(place, told("INC-7 waits for you"), reading);
    expect(await until("INC-7 waits for you")).toContain(id);
    await messenger.update(place, id, told("INC-7 is acknowledged"), reading);
    expect(await until("INC-7 is acknowledged")).toContain(id);
    await reader?.cancel();
    await expect(messenger.update(place, "gone", told("x"), reading)).rejects.toMatchObject({ final: true });
  });
});

describe("the menu of a message", () => {
  const under = async (text: string) => {
    await say("manager", "huddle", text);
    const all: { id: string; author?: string; text?: string }[] = await messages("nurse", "huddle");
    return all.findLast((one) => one.text === text)?.id;
  };
  const choose = async (person: string, side: "slack" | "teams", message: string | undefined, shortcut: string) =>
    post("choose", { person, conversation: "huddle", side, message, shortcut });

  test("has the entries of both platforms' menus", async () => {
    expect((await get("people")).entries).toEqual([
      { id: "report_message", title: "Report an incident" },
      { id: "add_to_incident", title: "Add to incident" },
    ]);
  });

  test.each(["slack", "teams"] as const)("opens the form of %s with the message's words in quotes", async (side) => {
    const message = await under(`The rail is loose, ${side}`);
    const report = await choose("nurse", side, message, "report_message");
    expect(JSON.stringify(report.opens[side])).toContain(`“The rail is loose, ${side}”`);
    const note = await choose("nurse", side, message, "add_to_incident");
    expect(JSON.stringify(note.opens[side])).toContain(`“The rail is loose, ${side}”`);
    expect(JSON.stringify(note.opens[side])).not.toContain(message);
  });

  test("adds a message once, in whichever drawing it is added", async () => {
    const { number } = await open.hospital.services.incidents.report(await actOf(open.hospital, "nurse"), {
      what: "A fall",
      unitId: open.hospital.units.west,
      happenedAt: open.hospital.clock.now,
      kind: "incident",
      harm: "none",
      identity: "named",
    });
    const message = await under("She slipped by the window");
    const add = async (person: string) => {
      const { opens } = await choose(person, "teams", message, "add_to_incident");
      const [{ data }] = opens.teams.actions;
      const sent = { data: { ...data, "field.incident": `INC-${number}`, "field.note": "“She slipped”" } };
      await post("submit", { person, conversation: "huddle", side: "teams", sent });
      return JSON.stringify((await messages(person, "huddle")).at(-1).drawn.teams);
    };
    expect(await add("nurse")).not.toContain("was added before");
    expect(await add("manager")).toContain("was added before");
  });

  test("is refused in words for a message that this person does not see", async () => {
    const message = await under("Only a word");
    expect(await choose("nurse", "slack", "gone", "report_message")).toEqual({
      problem: expect.stringMatching(/gone/),
    });
    expect(await choose("nurse", "slack", message, "report_incident")).toHaveProperty("problem");
  });
});

describe("buttons and forms", () => {
  const filedBy = async (what: string) => {
    const { opens } = await say("nurse", "direct:nurse", "/incident report");
    return { opens, values: (place: string) => stated(opens.slack, { what, where: place }) };
  };

  /** What Slack sends of the modal, with these fields filled in. */
  const stated = (view: View, given: Record<string, string>) => ({
    ...view,
    state: {
      values: Object.fromEntries(
        view.blocks.flatMap(({ type, block_id, element }) => {
          const name = block_id?.split("|")[0] ?? "";
          if (type !== "input" || !element || !block_id || given[name] === undefined) return [];
          const value = element.type.includes("select")
            ? { selected_option: { value: given[name] } }
            : { value: given[name] };
          return [[block_id, { [element.action_id]: { type: element.type, ...value } }]];
        }),
      ),
    },
  });

  test("a refused field is told by its block, and the corrected form is filed", async () => {
    const { values } = await filedBy("Bed rail came loose");
    const submit = (where: string) =>
      post("submit", { person: "nurse", conversation: "direct:nurse", side: "slack", sent: values(where) });
    const wrong = await submit("nowhere");
    expect(Object.keys(wrong.errors)[0]).toMatch(/^where\|/);
    expect(Object.values(wrong.errors)[0]).toContain("There is no unit");
    await submit(open.hospital.units.west);
    const last = (await messages("nurse", "direct:nurse")).at(-1);
    expect(last.summary).toMatch(/INC-\d+/);
  });

  test("a dialog of Teams keeps what was typed and says what is wrong", async () => {
    const data = {
      command: "incident report",
      input: {},
      "field.what": "Cart blocked the exit",
      "field.where": "nowhere",
    };
    const submit = (filled: object) =>
      post("submit", { person: "nurse", conversation: "direct:nurse", side: "teams", sent: { data: filled } });
    const again = JSON.stringify((await submit(data)).opens.teams);
    expect(again).toContain("Cart blocked the exit");
    expect(again).toContain("There is no unit");
    await submit({ ...data, "field.where": open.hospital.units.west });
    expect((await messages("nurse", "direct:nurse")).at(-1).summary).toMatch(/INC-\d+/);
  });

  test("the same form sent twice at once is one incident", async () => {
    const before = await open.hospital.store.of(open.hospital.organisationId).incident.count();
    const { values } = await filedBy("Sent twice by an impatient hand");
    const sent = {
      person: "nurse",
      conversation: "direct:nurse",
      side: "slack",
      sent: values(open.hospital.units.west),
    };
    await Promise.all([post("submit", sent), post("submit", sent)]);
    expect(await open.hospital.store.of(open.hospital.organisationId).incident.count()).toBe(before + 1);
  });

  test("a button in one drawing changes the message in both", async () => {
    await say("nurse", "direct:nurse", "/incident report Call bell silent 4W");
    await say("manager", "huddle", "/incident list");
    const list = (await messages("manager", "huddle")).at(-1);
    const opens = buttons(list.drawn.slack).find((one) => one.text.text === "Open");
    const click = (side: string, message: string, sent: object) =>
      post("click", { person: "manager", conversation: "huddle", side, message, sent });
    await click("slack", list.id, { action_id: opens?.action_id, value: opens?.value });
    const shown = (await messages("manager", "huddle")).at(-1);
    const acknowledge = actions(shown.drawn.teams).find((one) => one.title === "Acknowledge");
    await click("teams", shown.id, { data: acknowledge?.data });
    const after = (await messages("manager", "huddle")).find((one: { id: string }) => one.id === shown.id);
    for (const side of ["slack", "teams"]) {
      expect(JSON.stringify(shown.drawn[side])).toContain("nobody has acknowledged it yet");
      expect(JSON.stringify(after.drawn[side])).not.toContain("nobody has acknowledged it yet");
    }
  });

  test("a button of Teams that may open no dialog is answered with the card that does", async () => {
    const click = (data: object) =>
      post("click", { person: "nurse", conversation: "huddle", side: "teams", sent: { data } });
    const data = { command: "incident report", input: {} };
    expect((await click({ ...data, msteams: { type: "task/fetch" } })).opens.teams.type).toBe("AdaptiveCard");
    expect(await click(data)).toEqual({ conversation: "huddle" });
    expect(JSON.stringify((await messages("nurse", "huddle")).at(-1).drawn.teams)).toContain("task/fetch");
  });

  test("a button that is none of ours is refused in words", async () => {
    const refused = await post("click", {
      person: "nurse",
      conversation: "huddle",
      side: "slack",
      sent: { value: "{" },
    });
    expect(refused.problem).toContain("Ask again");
  });

  test("fields search our directory", async () => {
    const found = await get("options?person=nurse&directory=unit&query=west");
    expect(found).toEqual([expect.objectContaining({ code: open.hospital.units.west, label: "4 West" })]);
    const block = encodeURIComponent("who|@person|");
    const who = await get(`options?person=nurse&block=${block}&command=remind&query=manager`);
    expect(who.map((one: { label: string }) => one.label)).toEqual(["This place", "Manager Person"]);
  });

  test("a file that came with a card is given to who sees the message, and to nobody else", async () => {
    const { messenger } = open.simulator;
    const place = await messenger.personal(open.hospital.identity("quality"));
    const csv = { name: "audit.csv", mediaType: "text/csv", base64: Buffer.from("who,what").toString("base64") };
    const given = card(text`The trail`, file(csv, text`Who did what`));
    const id = await messenger.post(place, given, { zone: "UTC", mentions: {} });
    const fetched = await fetch(`${open.address}/api/files/${id}/0?person=quality`);
    expect(await fetched.text()).toBe("who,what");
    expect(fetched.headers.get("content-disposition")).toContain("audit.csv");
    expect((await fetch(`${open.address}/api/files/${id}/0?person=nurse`)).status).toBe(409);
  });

  test("home shows what waits", async () => {
    const home = await get("home?person=manager");
    expect(home.drawn.slack.type).toBe("home");
    expect(JSON.stringify(home.drawn.teams)).toContain("INC-");
  });
});

interface View {
  blocks: { type: string; block_id?: string; element?: { type: string; action_id: string } }[];
}
interface SlackButton {
  text: { text: string };
  action_id: string;
  value: string;
}

const within = (value: unknown, fits: (one: Record<string, unknown>) => boolean): Record<string, unknown>[] => {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap((one) => within(one, fits));
  const own = value as Record<string, unknown>;
  return fits(own) ? [own, ...inner] : inner;
};
const buttons = (drawn: unknown) => within(drawn, (one) => one.type === "button") as unknown as SlackButton[];
const actions = (drawn: unknown) =>
  within(drawn, (one) => String(one.type).startsWith("Action.")) as unknown as { title: string; data: object }[];
