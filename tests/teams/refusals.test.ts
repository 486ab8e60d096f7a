import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cardFaults } from "../support/teams/cardChecks.ts";
import {
  botId,
  botSecret,
  type Chat,
  homeTenant,
  type Person,
  startTeams,
  type Teams,
} from "../support/teams/teams.ts";

// The loopback Teams refuses what the real one refuses, or no test beside it would show anything.

let teams: Teams;
let jane: Person;
let ward: Chat;
let token: string;
beforeEach(async () => {
  teams = await startTeams();
  jane = teams.person("Jane Lee");
  ward = teams.channel("4 West", jane);
  token = await ownToken();
});
afterEach(() => teams.close());

async function ownToken(): Promise<string> {
  const answer = await fetch(`${teams.url}/login/${homeTenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: botId,
      client_secret: botSecret,
      scope: "https://api.botframework.com/.default",
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function send(activity: object, { to = ward.id, query = "", bearer = token } = {}) {
  const address = `${teams.serviceUrl}v3/conversations/${encodeURIComponent(to)}/activities${query}`;
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ type: "message", ...activity }),
  });
  return { status: answer.status, retryAfter: answer.headers.get("retry-after") };
}

const card = (...body: object[]) => ({ type: "AdaptiveCard", version: "1.5", fallbackText: "x", body });
const attached = (content: object) => ({
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
});
const text = (words: string) => ({ type: "TextBlock", text: words, wrap: true });
const targeted = (person: Person) => ({ recipient: { id: person.account, isTargeted: true } });
const toOne = { query: "?isTargetedActivity=true" };

it("takes a card with the bot's own token, and refuses it unsigned or with another one", async () => {
  expect((await send(attached(card(text("x"))))).status).toBe(201);
  expect((await send({ text: "x" }, { bearer: "" })).status).toBe(401);
  const botFrameworks = await teams.login.signed({ audience: botId, serviceUrl: teams.serviceUrl });
  expect((await send({ text: "x" }, { bearer: botFrameworks })).status).toBe(401);
});

it("gives no token for another secret", async () => {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: botId,
    client_secret: "x",
    scope: "x",
  });
  expect((await fetch(`${teams.url}/login/${homeTenant}/oauth2/v2.0/token`, { method: "POST", body })).status).toBe(
    401,
  );
});

it("answers too many messages with 429 and how long to wait", async () => {
  teams.state.perSecond = 1;
  // All of it in one second, however long it takes.
  vi.useFakeTimers({ toFake: ["Date"] });
  expect((await send({ text: "x" })).status).toBe(201);
  expect(await send({ text: "x" })).toEqual({ status: 429, retryAfter: "1" });
  vi.useRealTimers();
});

it("refuses what is empty, too large, or in no chat of the bot's", async () => {
  expect((await send({})).status).toBe(400);
  expect((await send(attached(card(text("x".repeat(52_000)))))).status).toBe(413);
  expect((await send({ text: "x" }, { to: "19:nowhere@thread.tacv2" })).status).toBe(404);
});

it("takes a message for one person where the tenant has them, said in both places, for somebody who is there", async () => {
  expect((await send({ text: "x", ...targeted(jane) }, toOne)).status).toBe(201);
  expect((await send({ text: "x", ...targeted(jane) })).status).toBe(400);
  expect((await send({ text: "x" }, toOne)).status).toBe(400);
  expect((await send({ text: "x", ...targeted(teams.person("John Doe")) }, toOne)).status).toBe(403);
  expect((await send({ text: "x", ...targeted(jane) }, { ...toOne, to: teams.personal(jane).id })).status).toBe(400);
  teams.state.targeted = false;
  expect((await send({ text: "x", ...targeted(jane) }, toOne)).status).toBe(400);
});

describe("a card", () => {
  const action = (type: string, more: object = {}) => ({ type, title: "Open", data: {}, ...more });
  const input = (more: object = {}) => ({ type: "Input.Text", id: "a", label: "What", ...more });
  it.each<[string, object]>([
    ["of a version that not every client draws", { ...card(text("x")), version: "1.6" }],
    ["with an unknown element", card({ type: "Facts" })],
    ["with an unknown property", card({ ...text("x"), colour: "red" })],
    ["without words for where no card is drawn", { type: "AdaptiveCard", version: "1.5", body: [] }],
    ["with a text that is cut at the edge", card({ type: "TextBlock", text: "x" })],
    [
      "with seven buttons in a row",
      card({ type: "ActionSet", actions: Array.from({ length: 7 }, () => action("Action.Submit")) }),
    ],
    ["with a button without a verb", card({ type: "ActionSet", actions: [action("Action.Execute")] })],
    ["with a picture on an open address", card({ type: "Image", url: "https://example.org/x.png", altText: "x" })],
    [
      "with a picture that some clients do not take",
      card({ type: "Image", url: `data:image/png;base64,${"A".repeat(65_500)}`, altText: "x" }),
    ],
    ["with a picture without words", card({ type: "Image", url: "data:image/png;base64,AAAA" })],
    ["with two inputs of one id", card(input(), input())],
    ["with an input without a label", card(input({ label: undefined }))],
    ["with a required input that says nothing when it is empty", card(input({ isRequired: true }))],
    ["with a date that is none", card({ ...input({ value: "someday" }), type: "Input.Date" })],
    ["with a number that is none", card({ ...input({ value: "12" }), type: "Input.Number" })],
    ["with a mention of nobody", card(text("<at>everyone</at>"))],
  ])("%s is refused", (_what, faulty) => {
    expect(cardFaults(JSON.parse(JSON.stringify(faulty)), "message")).not.toEqual([]);
  });

  it("that runs its command from a dialog is refused there alone", () => {
    const executes = card({ type: "ActionSet", actions: [action("Action.Execute", { verb: "todo" })] });
    expect(cardFaults(executes, "message")).toEqual([]);
    expect(cardFaults(executes, "dialog")).not.toEqual([]);
  });
});
