import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { slackManifest } from "../../adapters/slack/manifest.ts";
import { loadMenu } from "../../src/bot/menu.ts";
import { menuFolder } from "../../src/cli/menuFolder.ts";
import { bareDatabase, type TestDatabase } from "../support/database.ts";
import { rounds } from "../support/rounds.ts";
import { LoopbackSlack } from "../support/slack/loopback.ts";
import { botId, botSecret, homeTenant, startTeams, type Teams } from "../support/teams/teams.ts";

let database: TestDatabase;
let slack: LoopbackSlack;
let teams: Teams;
let needed: string[];

beforeAll(async () => {
  database = await bareDatabase();
  slack = new LoopbackSlack();
  await slack.start();
  teams = await startTeams();
  needed = slackManifest(await loadMenu(menuFolder), { prefix: "" }).oauth_config?.scopes?.bot ?? [];
  slack.scopes.push(...needed);
});

afterAll(async () => {
  await teams.close();
  await slack.stop();
  await database.drop();
});

const slackSettings = () => ({
  SLACK_BOT_TOKEN: slack.token,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.url,
});
const teamsSettings = () => ({
  CLIENT_ID: botId,
  CLIENT_SECRET: botSecret,
  TENANT_ID: homeTenant,
  TEAMS_LOGIN_URL: `${teams.url}/login`,
});

/** What the doctor says of each thing, by its name. */
async function doctor(environment: Record<string, string>) {
  const { code, out, errors } = await rounds(["doctor"], { DATABASE_URL: database.url, ...environment });
  expect(errors).toBe("");
  const findings = out.trimEnd().split("\n");
  return {
    code,
    of(name: string): string {
      const line = findings.find((finding) => finding.slice(7).startsWith(name));
      return line === undefined ? "" : `${line.slice(0, 6).trim()} ${line.slice(7 + 14).trim()}`;
    },
    findings,
  };
}

describe("the doctor", () => {
  it("finds nothing wrong without platforms", async () => {
    const { code, of, findings } = await doctor({});
    expect(code).toBe(0);
    expect(of("Slack")).toBe("– not set up: SLACK_BOT_TOKEN is not set");
    expect(of("Teams")).toBe("– not set up: CLIENT_SECRET is not set");
    expect(of("Database")).toMatch(/^ok PostgreSQL \d+\.\d+, (\d+ migrations applied now|up to date)$/);
    expect(of("Queue")).toBe("ok works in the database");
    expect(of("Manifests")).toBe("ok agree with the menu");
    expect(of("Address")).toBe("– ROUNDS_URL is not set; it is needed for HTTP");
    expect(findings).toHaveLength(6);
  });

  it("finds both platforms in order", async () => {
    const { code, of } = await doctor({
      ...slackSettings(),
      ...teamsSettings(),
      ROUNDS_URL: "https://rounds.hospital.example",
    });
    expect(of("Slack token")).toMatch(/^ok is of \S/);
    expect(of("Slack signing")).toBe("ok the secret has the right form");
    expect(of("Slack scopes")).toBe("ok all are granted");
    expect(of("Clock")).toBe("ok agrees with the platform's");
    expect(of("Teams token")).toBe("ok Microsoft gives one");
    expect(of("Address")).toBe("ok https://rounds.hospital.example");
    expect(code).toBe(0);
  });

  it("names what each of the wrong settings is", async () => {
    const { code, of } = await doctor({
      ...slackSettings(),
      ...teamsSettings(),
      SLACK_BOT_TOKEN: "xoxb-revoked",
      SLACK_SIGNING_SECRET: "secret",
      CLIENT_SECRET: "old",
      ROUNDS_URL: "http://rounds.hospital.example",
    });
    expect(code).toBe(1);
    expect(of("Slack token")).toBe("FAILS Slack says invalid_auth. Install the app again and copy its bot token");
    expect(of("Slack signing")).toMatch(/^FAILS SLACK_SIGNING_SECRET has 32 characters/);
    expect(of("Teams token")).toBe("FAILS Microsoft refuses (401). Check CLIENT_ID, CLIENT_SECRET and TENANT_ID");
    expect(of("Address")).toBe("FAILS ROUNDS_URL has to begin with https://");
  });

  it("names a scope that is missing", async () => {
    const missing = slack.scopes.pop();
    const { code, of } = await doctor({ ...slackSettings(), ROUNDS_URL: "https://rounds.hospital.example" });
    expect(code).toBe(1);
    expect(of("Slack scopes")).toBe(`FAILS missing: ${missing}. Update the manifest and install again`);
    slack.scopes.push(missing ?? "");
  });

  it("asks for the public address where a platform needs one", async () => {
    expect((await doctor(slackSettings())).of("Address")).toBe("FAILS set ROUNDS_URL to the public https address");
    const socket = await doctor({ ...slackSettings(), SLACK_APP_TOKEN: slack.appToken });
    expect(socket.of("Slack signing")).toBe("ok not needed with Socket Mode");
    expect(socket.code).toBe(0);
  });

  it("sees a clock that is off", async () => {
    const early = await slackOf(10 * 60_000);
    const { code, of } = await doctor({
      ...slackSettings(),
      SLACK_API_URL: `http://127.0.0.1:${(early.address() as AddressInfo).port}/api/`,
      ROUNDS_URL: "https://rounds.hospital.example",
    });
    early.close();
    expect(code).toBe(1);
    expect(of("Clock")).toMatch(/^FAILS is (59\d|60\d) s off; let the machine keep its time by NTP$/);
  });

  it("says what does not answer", async () => {
    const silent = await slackOf(0);
    const { port } = silent.address() as AddressInfo;
    await new Promise((closed) => silent.close(closed));
    const { code, of } = await doctor({
      ...slackSettings(),
      ...teamsSettings(),
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
      TEAMS_LOGIN_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: `postgres://somebody:secret@127.0.0.1:${port}/rounds`,
    });
    expect(code).toBe(1);
    expect(of("Slack token")).toBe(`FAILS Slack does not answer at 127.0.0.1:${port} (ECONNREFUSED)`);
    expect(of("Teams token")).toBe("FAILS Microsoft's login does not answer (ECONNREFUSED)");
    expect(of("Database")).toMatch(new RegExp(`^FAILS The database at 127.0.0.1:${port} cannot be used`));
  });
});

/** A Slack that says only who the token is of, by a clock that is so many milliseconds behind. */
async function slackOf(behind: number): Promise<Server> {
  const server = createServer((_, answer) => {
    answer.setHeader("date", new Date(Date.now() - behind).toUTCString());
    answer.setHeader("x-oauth-scopes", needed.join(","));
    answer.setHeader("connection", "close");
    answer.end(JSON.stringify({ ok: true, team: "Loopback" }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}
