import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { blockFault, viewFault } from "../support/slack/blocks.ts";
import { LoopbackSlack } from "../support/slack/loopback.ts";

// The loopback Slack refuses what the real one refuses, or no test beside it would show anything.

let slack: LoopbackSlack;
beforeEach(async () => {
  slack = new LoopbackSlack();
  await slack.start();
  slack.addUser("UNURSE");
});
afterEach(() => slack.stop());

async function call(method: string, given: object, token = slack.token) {
  const answer = await fetch(`${slack.url}${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(given),
  });
  const { error } = (await answer.json()) as { error?: string };
  return { status: answer.status, error, retryAfter: answer.headers.get("retry-after") };
}

const plain = (text: string) => ({ type: "plain_text", text });
const button = (more: object = {}) => ({ type: "button", action_id: "a", text: plain("Open"), ...more });
const section = (text: string) => ({ type: "section", text: plain(text) });
const modal = (...blocks: object[]) => ({ type: "modal", title: plain("Rounds"), blocks });
const post = (...blocks: object[]) => call("chat.postMessage", { channel: "C1", text: "x", blocks });

it("opens a view with a trigger once, and not when the trigger is late or none", async () => {
  const trigger = slack.trigger("UNURSE");
  const open = (trigger_id: string) => call("views.open", { trigger_id, view: modal(section("x")) });
  expect((await open(trigger)).error).toBeUndefined();
  expect((await open(trigger)).error).toBe("exchanged_trigger_id");
  expect((await open(slack.trigger("UNURSE", 3_100))).error).toBe("expired_trigger_id");
  expect((await open("nothing")).error).toBe("invalid_trigger_id");
});

it("takes five answers at a response URL and refuses the sixth", async () => {
  const url = slack.responseUrl("C1", "UNURSE");
  const answers: number[] = [];
  for (let use = 1; use <= 6; use += 1)
    answers.push((await fetch(url, { method: "POST", body: JSON.stringify({ text: "x" }) })).status);
  expect(answers).toEqual([200, 200, 200, 200, 200, 404]);
});

it("refuses another token", async () => {
  expect((await call("auth.test", {}, "xoxb-other")).error).toBe("invalid_auth");
  expect((await call("apps.connections.open", {})).error).toBe("invalid_auth");
});

it("answers too many messages with 429 and how long to wait", async () => {
  slack.messagesPerSecond = 1;
  // All of it in one second, however long it takes.
  vi.useFakeTimers({ toFake: ["Date"] });
  expect((await post(section("x"))).status).toBe(200);
  expect(await post(section("x"))).toEqual({ status: 429, error: "ratelimited", retryAfter: "1" });
  vi.useRealTimers();
});

it("refuses a message that is in no place of the bot's, is empty, or too long", async () => {
  slack.closedChannels.add("CCLOSED");
  expect((await call("chat.postMessage", { channel: "CCLOSED", text: "x" })).error).toBe("not_in_channel");
  expect((await call("chat.postMessage", { channel: "DOTHER", text: "x" })).error).toBe("channel_not_found");
  expect((await call("chat.postMessage", { channel: "C1" })).error).toBe("no_text");
  expect((await call("chat.postMessage", { channel: "C1", text: "x".repeat(40_001) })).error).toBe("msg_too_long");
  expect((await post({ type: "section", text: plain("x"), colour: "red" })).error).toBe("invalid_blocks");
});

describe("blocks of a message", () => {
  const table = { type: "table", rows: [[{ type: "raw_text", text: "x" }]] };
  const chart = { type: "data_visualization", title: "x", chart: { type: "bar", series: [] } };
  it.each<[string, object[]]>([
    ["an unknown block", [{ type: "facts" }]],
    ["an unknown property", [{ ...section("x"), colour: "red" }]],
    ["an unknown property of an element", [{ type: "actions", elements: [button({ icon: "x" })] }]],
    ["an unknown property of a text", [{ type: "section", text: { ...plain("x"), bold: true } }]],
    ["an empty text", [section("")]],
    ["51 blocks", Array.from({ length: 51 }, () => ({ type: "divider" }))],
    ["more characters than a message holds", Array.from({ length: 5 }, () => section("x".repeat(3_000)))],
    ["a section above 3,000 characters", [section("x".repeat(3_001))]],
    ["a heading above 150", [{ type: "header", text: plain("x".repeat(151)) }]],
    ["a heading with markup", [{ type: "header", text: { type: "mrkdwn", text: "x" } }]],
    ["a button's value above 2,000", [{ type: "actions", elements: [button({ value: "x".repeat(2_001) })] }]],
    ["a button's label above 75", [{ type: "actions", elements: [button({ text: plain("x".repeat(76)) })] }]],
    ["two buttons of one name", [{ type: "actions", elements: [button(), button()] }]],
    ["a row of no buttons", [{ type: "actions", elements: [] }]],
    ["a button in small print", [{ type: "context", elements: [button()] }]],
    ["text among buttons", [{ type: "actions", elements: [plain("x")] }]],
    ["an input", [{ type: "input", label: plain("x"), element: { type: "plain_text_input", action_id: "a" } }]],
    ["a picture without words", [{ type: "image", slack_file: { id: "F1" } }]],
    ["a second table", [table, table]],
    ["a third chart", [chart, chart, chart]],
    [
      "two blocks of one id",
      [
        { ...section("x"), block_id: "a" },
        { ...section("x"), block_id: "a" },
      ],
    ],
  ])("%s is refused", (_what, blocks) => {
    expect(blockFault(blocks, "message")).toBeDefined();
  });

  it("are taken as they should be", () => {
    expect(blockFault([section("x"), { type: "actions", elements: [button()] }, table, chart, chart], "message")).toBe(
      undefined,
    );
  });
});

describe("a view", () => {
  const input = { type: "input", label: plain("x"), element: { type: "plain_text_input", action_id: "a" } };
  const choosing = (element: object) => ({ type: "input", label: plain("x"), element: { action_id: "a", ...element } });
  const option = (value: string, text = value) => ({ text: plain(text), value });
  const sendable = (...blocks: object[]) => ({ ...modal(...blocks), submit: plain("Send") });
  it.each<[string, object]>([
    ["an unknown property", { ...modal(section("x")), colour: "red" }],
    ["a title above 24 characters", { ...modal(section("x")), title: plain("x".repeat(25)) }],
    ["more than 3,000 characters to carry", { ...modal(section("x")), private_metadata: "x".repeat(3_001) }],
    ["an input and nothing to send it with", modal(input)],
    ["a choice of none", sendable(choosing({ type: "static_select", options: [] }))],
    [
      "11 radio buttons",
      sendable(choosing({ type: "radio_buttons", options: Array.from("abcdefghijk", (o) => option(o)) })),
    ],
    [
      "an option above 75 characters",
      sendable(choosing({ type: "static_select", options: [option("a", "x".repeat(76))] })),
    ],
    [
      "a first choice that is none of the options",
      sendable(choosing({ type: "static_select", options: [option("a")], initial_option: option("b") })),
    ],
    [
      "more than 3,000 characters in a field",
      sendable(choosing({ type: "plain_text_input", initial_value: "x".repeat(3_001) })),
    ],
    ["101 blocks", modal(...Array.from({ length: 101 }, () => ({ type: "divider" })))],
  ])("with %s is refused", (_what, view) => {
    expect(viewFault(view)).toBeDefined();
  });

  it("is taken as it should be", () => {
    expect(viewFault(sendable(input))).toBeUndefined();
  });
});
