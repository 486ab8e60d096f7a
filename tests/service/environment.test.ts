import { describe, expect, it } from "vitest";
import { ConfigError, readConfig, type variables } from "../../src/config.ts";
import { rounds } from "../support/rounds.ts";

/** What each variable cannot be; undefined where any text will do. */
const unfit: Record<keyof typeof variables.shape, string | undefined> = {
  PORT: "high",
  HOST: undefined,
  ROUNDS_URL: "rounds.example",
  ROUNDS_DATA: undefined,
  ROUNDS_ZONE: "Mars/Olympus",
  ROUNDS_SIMULATOR: "yes",
  ROUNDS_COMMAND_PREFIX: "r-1",
  LOG_LEVEL: "loud",
  DATABASE_URL: "mysql://db.example/rounds",
  REDIS_URL: "127.0.0.1:6379",
  SLACK_BOT_TOKEN: "xoxp-user",
  SLACK_SIGNING_SECRET: undefined,
  SLACK_APP_TOKEN: "xoxb-bot",
  SLACK_API_URL: "slack-gov.com",
  CLIENT_ID: "rounds",
  CLIENT_SECRET: undefined,
  TEAMS_LOGIN_URL: "login",
  TENANT_ID: "hospital.example",
};

/** What is wrong with an environment, a line each. */
function faults(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}

const wrong = Object.entries(unfit).filter((one): one is [string, string] => one[1] !== undefined);

describe("a variable that cannot be what it is", () => {
  for (const [name, value] of wrong)
    it(`${name}=${value} is told in one plain line`, () => {
      const [line = "", ...more] = faults({ [name]: value });
      expect(more).toEqual([]);
      expect(line).toMatch(new RegExp(`^${name}: takes [a-z0-9].*\\.$`));
      expect(line).not.toMatch(/Invalid|expected|received|NaN/);
      expect(line).not.toContain(value);
    });

  it("as PORT=70000 is told too", () => {
    expect(faults({ PORT: "70000" })).toEqual(["PORT: takes a number from 0 to 65535."]);
    expect(faults({ PORT: "0x10" })).toEqual(["PORT: takes a number from 0 to 65535."]);
  });

  it("is set to nothing, which is as good as not set", () => {
    expect(faults(Object.fromEntries(Object.keys(unfit).map((name) => [name, ""])))).toEqual([]);
  });
});

describe("settings that need others", () => {
  const id = "11111111-2222-4333-8444-555555555555";
  it.each([
    [{ SLACK_SIGNING_SECRET: "s" }, "SLACK_BOT_TOKEN: is needed beside SLACK_SIGNING_SECRET to connect Slack."],
    [{ SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_SIGNING_SECRET: is needed for HTTP, or SLACK_APP_TOKEN for Socket Mode."],
    [{ CLIENT_SECRET: "s" }, "CLIENT_ID, TENANT_ID: are needed beside CLIENT_SECRET to connect Teams."],
    [{ CLIENT_SECRET: "s", CLIENT_ID: id }, "CLIENT_ID, TENANT_ID: are needed beside CLIENT_SECRET to connect Teams."],
  ])("%o", (environment: Record<string, string>, line) => {
    expect(faults(environment)).toEqual([line]);
  });

  it("are not needed for the manifests", () => {
    expect(faults({ CLIENT_ID: id, SLACK_APP_TOKEN: "xapp-1" })).toEqual([]);
  });
});

it("a start tells all of them at once and nothing else", async () => {
  const { code, out, errors } = await rounds(["start"], Object.fromEntries(wrong));
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(errors.trim().split("\n")).toHaveLength(wrong.length);
  expect(errors).not.toContain("    at ");
});
