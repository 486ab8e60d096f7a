import { describe, expect, it } from "vitest";
import { readAction, readMessage, readSlash } from "../../adapters/slack/read.ts";

const slash = (command: string, text: string, prefix = "") =>
  readSlash({ command, text, user_id: "U1", team_id: "T1", channel_id: "C1", trigger_id: "1.a" }, prefix);

const message = (event: object, body: object = {}) =>
  readMessage(
    {
      team_id: "T1",
      event_id: "Ev1",
      ...body,
      event: { type: "message", channel_type: "im", channel: "D1", user: "U1", ts: "1.2", text: "todo", ...event },
    },
    "UBOT",
  );

describe("a slash command", () => {
  it.each([
    ["/incident", "report x", "", "incident report x"],
    ["/rounds", "incident report x", "", "incident report x"],
    ["/rounds", "", "", ""],
    ["/ourincident", "list", "our", "incident list"],
    ["/ourrounds", "todo", "our", "todo"],
    ["/todo", "", "", "todo"],
  ])("%s %s with the prefix “%s” asks for “%s”", (command, text, prefix, wanted) => {
    expect(slash(command, text, prefix)?.text).toBe(wanted);
  });

  it("is read as it was typed: people stay, everything else that Slack writes in brackets becomes words", () => {
    const typed =
      "1 &lt; 2 &amp;&amp; &lt;b&gt; <@U2|jane> <#C2|falls> <!channel> <!here|here> <!subteam^S1|@nurses> " +
      "<https://x.example/a|click> <http://x.example|x.example> <https://y.example> <mailto:a@b.example|a@b.example> &amp;lt;";
    expect(slash("/rounds", typed)?.text).toBe(
      "1 < 2 && <b> <@U2> #falls @channel @here @nurses click (https://x.example/a) x.example https://y.example " +
        "a@b.example &lt;",
    );
  });

  it("is one delivery by its trigger, of a person of their own team, in a place of its kind", () => {
    expect(slash("/todo", "")?.arrival).toMatchObject({
      id: "1.a",
      identity: { platform: "slack", tenant: "T1", user: "U1" },
      place: { conversation: "C1", kind: "channel" },
      slash: true,
    });
  });
});

describe("a message", () => {
  it("is read in the person's own chat and where the bot is mentioned, without the mention", () => {
    expect(message({})).toMatchObject({ text: "todo", arrival: { id: "Ev1", place: { kind: "personal" } } });
    const mention = { type: "app_mention", channel_type: undefined, channel: "C1", text: "<@UBOT> ask <@U2>" };
    expect(message(mention)).toMatchObject({
      text: "ask <@U2>",
      arrival: { place: { conversation: "C1", kind: "channel", thread: "1.2" } },
    });
  });

  it("is answered in the thread that it stands in", () => {
    expect(message({ thread_ts: "1.0" })?.arrival).toMatchObject({ thread: "1.0", place: { thread: "1.0" } });
    expect(message({})?.arrival).not.toHaveProperty("thread");
  });

  it("is of the person's own team in a shared channel", () => {
    expect(message({ user_team: "T2" })?.arrival.identity.tenant).toBe("T2");
  });

  it.each([
    ["of a bot", { bot_id: "B1" }],
    ["of its own", { user: "UBOT" }],
    ["that was changed", { subtype: "message_changed" }],
    ["that is hidden", { hidden: true }],
    ["that nobody wrote", { user: undefined }],
    ["in a channel that mentions nobody", { channel: "C1", channel_type: "channel" }],
  ])("%s is not read", (_, event) => {
    expect(message(event)).toBeUndefined();
  });
});

describe("a button", () => {
  const press = (more: object) =>
    readAction({
      user: { id: "U1", team_id: "T1" },
      trigger_id: "1.a",
      response_url: "https://hooks.slack.com/1",
      channel: { id: "C1", name: "huddle" },
      container: { type: "message", message_ts: "1.2", channel_id: "C1" },
      actions: [{ action_id: "incident show#2", value: '{"input":{"incident":3}}', action_ts: "9.9" }],
      ...more,
    });

  it("is one delivery by its moment, person and message, and its card can be replaced", () => {
    expect(press({})).toMatchObject({
      pressed: { command: "incident show", input: { incident: 3 }, form: false },
      arrival: { id: "9.9:U1:1.2", replaces: { channel: "C1", message: "1.2", replaces: true } },
    });
  });

  it("of a message that only one person sees has no message that could be updated", () => {
    const container = { type: "message", message_ts: "1.2", channel_id: "C1", is_ephemeral: true };
    expect(press({ container })?.arrival.replaces).not.toHaveProperty("message");
  });

  it("whose value is not ours is answered as one from an older card", () => {
    const read = press({ actions: [{ action_id: "x", value: "{", action_ts: "9.9" }] });
    expect(read).toBeDefined();
    expect(read?.pressed).toBeUndefined();
  });
});
