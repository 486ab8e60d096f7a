import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { privately } from "../../src/chat/reply.ts";
import { openWorld, type World } from "../support/slack/world.ts";
import { said } from "../support/teams/bot.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld({ appToken: "xapp-loopback" });
});
afterEach(() => world.close());

describe("Socket Mode", () => {
  it("answers a slash command in the acknowledgement", async () => {
    const { slack, sends } = world;
    const answer = await slack.bySocket("slash_commands", sends.slashPayload("UNURSE", "C1", "/todo", ""));
    expect(answer).toMatchObject({ response_type: "ephemeral", text: "You said: todo" });
  });

  it("takes events and interactions, and no requests over HTTP", async () => {
    const { slack, sends, reads } = world;
    await slack.bySocket("events_api", {
      type: "event_callback",
      team_id: slack.team,
      event_id: "Ev1",
      event: { type: "message", channel_type: "im", channel: "DNURSE", user: "UNURSE", ts: "1.1", text: "todo" },
    });
    await expect.poll(() => reads("UNURSE", "DNURSE")).toBe("You said: todo");
    expect((await sends.slash("UNURSE", "C1", "/todo", "")).status).toBe(404);
  });

  it("connects again when Slack ends the connection, and when there is no new one at once", async () => {
    const { slack, sends, bot } = world;
    slack.failures.push({ method: "apps.connections.open", answer: { status: 500, body: {} } });
    slack.failures.push({ method: "apps.connections.open", answer: { body: { ok: false, error: "invalid_auth" } } });
    slack.cutSocket();
    await expect.poll(() => slack.isConnectedBySocket).toBe(false);
    await expect.poll(() => slack.isConnectedBySocket).toBe(true);
    bot.answers = () => privately(said("Back."));
    const answer = await slack.bySocket("slash_commands", sends.slashPayload("UNURSE", "C1", "/todo", ""));
    expect(answer).toMatchObject({ text: "Back." });
    expect(world.logged.filter(({ fields }) => "reason" in fields && fields.reason === "socket")).toHaveLength(2);
  });

  it("stays away after it was stopped", async () => {
    await world.adapter.stop();
    await expect.poll(() => world.slack.isConnectedBySocket).toBe(false);
    await world.settled();
    expect(world.slack.isConnectedBySocket).toBe(false);
  });
});
