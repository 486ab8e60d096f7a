import path from "node:path";
import { z } from "zod";

const flag = z.enum(["0", "1"], "takes 0 or 1.").transform((value) => value === "1");
const port = z
  .string()
  .regex(/^\d{1,5}$/, "takes a number from 0 to 65535.")
  .transform(Number)
  .refine((number) => number <= 65_535, "takes a number from 0 to 65535.");
const webAddress = z.url({
  protocol: /^https?$/,
  error: "takes a web address, as https://rounds.your-hospital.example.",
});
const id = z.guid("takes an id, as 01234567-89ab-cdef-0123-456789abcdef.");

/** Every variable that Rounds reads. The README's table is made from the descriptions (`tests/readme.test.ts`). */
export const variables = z.object({
  PORT: port
    .optional()
    .describe(
      "Port that Slack and Teams reach, or the simulator's in the demonstration. 3000 when not set, or a free one when 3000 is taken.",
    ),
  HOST: z
    .string()
    .default("127.0.0.1")
    .describe(
      "Address that the port listens on: loopback, for a tunnel or proxy beside it. The simulator and the playground stay on loopback whatever it says.",
    ),
  ROUNDS_URL: webAddress
    .optional()
    .describe("Public https address under which Slack and Teams reach Rounds; goes into the manifests."),
  ROUNDS_DATA: z.string().default(".rounds").describe("Folder of the embedded database."),
  ROUNDS_ZONE: z
    .string()
    .refine(isZone, "takes an IANA zone, as America/New_York.")
    .default("America/New_York")
    .describe("IANA zone of the facility, for a new organisation and the demonstration."),
  ROUNDS_SIMULATOR: flag
    .default(false)
    .describe(
      "1 keeps the simulator on beside a connected platform or a database of your own, on a loopback port of its own.",
    ),
  ROUNDS_COMMAND_PREFIX: z
    .string()
    .regex(/^[a-z]{0,12}$/, "takes up to 12 small letters.")
    .default("")
    .describe("Put before every Slack slash command where another app has the word already."),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "takes debug, info, warn, error or silent.")
    .default("info")
    .describe("How much is logged. Logs hold ids and codes only."),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "takes an address, as postgres://user:password@host:5432/rounds." })
    .optional()
    .describe("PostgreSQL server to use in place of the embedded one."),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "takes an address, as redis://host:6379." })
    .optional()
    .describe("Redis for the queue; without it the queue lives in PostgreSQL."),
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith("xoxb-", "takes a bot token, which begins with xoxb-.")
    .optional()
    .describe("Slack's bot token. With it Slack is connected."),
  SLACK_SIGNING_SECRET: z.string().min(1).optional().describe("Slack's signing secret, for requests over HTTP."),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith("xapp-", "takes an app-level token, which begins with xapp-.")
    .optional()
    .describe("Slack's app-level token, for Socket Mode in place of HTTP."),
  SLACK_API_URL: webAddress.optional().describe("Slack's Web API somewhere else, as for GovSlack."),
  CLIENT_ID: id.optional().describe("Teams: application id of the bot; goes into the manifest too."),
  CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe("Teams: secret of the bot's application. With it Teams is connected."),
  TEAMS_LOGIN_URL: webAddress
    .optional()
    .describe("Microsoft's login and signing keys somewhere else, for a local server that stands in for them."),
  TENANT_ID: id.optional().describe("Teams: id of the tenant."),
});

type Environment = z.infer<typeof variables>;

export interface Config {
  environment: Environment;
  dataFolder: string;
  slack: SlackSettings | undefined;
  teams: TeamsSettings | undefined;
  /** No platform and no database of one's own: the demonstration hospital. */
  demonstration: boolean;
  simulator: boolean;
  /** The Teams side beside Microsoft's Agents Playground, unsigned and on loopback: `npm run playground` alone. */
  playground: boolean;
}

export interface SlackSettings {
  botToken: string;
  signingSecret?: string;
  appToken?: string;
  apiUrl?: string;
  prefix: string;
}

export interface TeamsSettings {
  clientId: string;
  clientSecret: string;
  tenantId: string;
  login?: string;
}

/** The environment says something that cannot work; the message names the variable and what it takes. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** Reads and checks the environment once; throws {@link ConfigError}. */
export function readConfig(given: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ""));
  const read = variables.safeParse(set);
  if (!read.success)
    throw new ConfigError(read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
  const environment = read.data;
  const slack = slackSettings(environment);
  const teams = teamsSettings(environment);
  const connected = slack !== undefined || teams !== undefined;
  const demonstration = !connected && environment.DATABASE_URL === undefined;
  return {
    environment,
    dataFolder: path.resolve(environment.ROUNDS_DATA),
    slack,
    teams,
    demonstration,
    simulator: demonstration || environment.ROUNDS_SIMULATOR,
    playground: false,
  };
}

/**
 * Reads the environment of this process. Its secrets are taken out: the Teams SDK would read them by itself and past our
 * settings, and programs that we start would inherit them.
 */
export function takeConfig(): Config {
  const config = readConfig(process.env);
  for (const name of secrets) delete process.env[name];
  return config;
}

const secrets = [
  "CLIENT_SECRET",
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "DATABASE_URL",
  "REDIS_URL",
] as const satisfies (keyof Environment)[];

function slackSettings(environment: Environment): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL, ROUNDS_COMMAND_PREFIX } = environment;
  if (SLACK_BOT_TOKEN === undefined) {
    // SLACK_APP_TOKEN alone serves `rounds manifest`, before there is a bot token.
    if (SLACK_SIGNING_SECRET !== undefined)
      throw new ConfigError("SLACK_BOT_TOKEN: is needed beside SLACK_SIGNING_SECRET to connect Slack.");
    return undefined;
  }
  if (SLACK_SIGNING_SECRET === undefined && SLACK_APP_TOKEN === undefined)
    throw new ConfigError("SLACK_SIGNING_SECRET: is needed for HTTP, or SLACK_APP_TOKEN for Socket Mode.");
  return {
    botToken: SLACK_BOT_TOKEN,
    ...(SLACK_SIGNING_SECRET !== undefined && { signingSecret: SLACK_SIGNING_SECRET }),
    ...(SLACK_APP_TOKEN !== undefined && { appToken: SLACK_APP_TOKEN }),
    ...(SLACK_API_URL !== undefined && { apiUrl: SLACK_API_URL }),
    prefix: ROUNDS_COMMAND_PREFIX,
  };
}

function teamsSettings(environment: Environment): TeamsSettings | undefined {
  const { CLIENT_ID, CLIENT_SECRET, TENANT_ID, TEAMS_LOGIN_URL } = environment;
  // CLIENT_ID alone serves `rounds manifest`, before there is a secret.
  if (CLIENT_SECRET === undefined) return undefined;
  if (CLIENT_ID === undefined || TENANT_ID === undefined)
    throw new ConfigError("CLIENT_ID, TENANT_ID: are needed beside CLIENT_SECRET to connect Teams.");
  return {
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    tenantId: TENANT_ID,
    ...(TEAMS_LOGIN_URL !== undefined && { login: TEAMS_LOGIN_URL }),
  };
}

/** Whether this is a zone of the IANA database. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
