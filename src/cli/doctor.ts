import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { slackManifest } from "../../adapters/slack/manifest.ts";
import { loadMenu } from "../bot/menu.ts";
import type { Config, SlackSettings, TeamsSettings } from "../config.ts";
import { openQueue } from "../jobs/queue.ts";
import { createLog } from "../log.ts";
import { DatabaseError } from "../store/account.ts";
import { openForCommand } from "./commandDatabase.ts";
import { committedManifests, manifestFolder } from "./manifest.ts";
import { menuFolder } from "./menuFolder.ts";
import { NotConnected } from "./notConnected.ts";
import { noProgress } from "./progress.ts";
import { queueAnswers } from "./queueAnswers.ts";

/** One thing that was looked at. `ok` undefined: it is not set up, which is no fault. */
interface Finding {
  name: string;
  ok: boolean | undefined;
  says: string;
}

const waitAtMost = 10_000;
/** A queue that does not answer does not say goodbye either. */
const closeWithin = 1_000;
/** Slack refuses requests whose time is five minutes off; a clock that is a minute off is worth mending. */
const clockOffAtMost = 60_000;

/** Looks at what Rounds needs, a line each; 1 when something fails. */
export async function doctor(config: Config): Promise<number> {
  const findings = [
    ...(await checkSlack(config.slack)),
    ...(await checkTeams(config.teams)),
    ...(await checkDatabaseAndQueue(config)),
    await checkManifests(),
    checkAddress(config),
  ];
  for (const { name, ok, says } of findings)
    console.log(`${ok === undefined ? "–" : ok ? "ok" : "FAILS"}`.padEnd(6), name.padEnd(14), says);
  return findings.some((finding) => finding.ok === false) ? 1 : 0;
}

async function checkSlack(settings: SlackSettings | undefined): Promise<Finding[]> {
  if (!settings) return [{ name: "Slack", ok: undefined, says: "not set up: SLACK_BOT_TOKEN is not set" }];
  const url = new URL("auth.test", settings.apiUrl ?? "https://slack.com/api/");
  const findings: Finding[] = [signing(settings)];
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${settings.botToken}` },
      signal: AbortSignal.timeout(waitAtMost),
    });
    const said = (await answer.json()) as { ok: boolean; error?: string; team?: string };
    findings.unshift({
      name: "Slack token",
      ok: said.ok,
      says: said.ok ? `is of ${said.team}` : `Slack says ${said.error}. Install the app again and copy its bot token`,
    });
    if (said.ok)
      findings.push(
        scopes(answer.headers.get("x-oauth-scopes"), await neededScopes()),
        clock(answer.headers.get("date")),
      );
  } catch (error) {
    findings.unshift({
      name: "Slack token",
      ok: false,
      says: `Slack does not answer at ${url.host} (${reason(error)})`,
    });
  }
  return findings;
}

const signing = ({ signingSecret, appToken }: SlackSettings): Finding => {
  if (appToken) return { name: "Slack signing", ok: true, says: "not needed with Socket Mode" };
  const plausible = /^[0-9a-f]{32}$/.test(signingSecret ?? "");
  return {
    name: "Slack signing",
    ok: plausible,
    says: plausible
      ? "the secret has the right form"
      : "SLACK_SIGNING_SECRET has 32 characters of 0-9 and a-f; copy it from Basic Information",
  };
};

async function neededScopes(): Promise<string[]> {
  const manifest = slackManifest(await loadMenu(menuFolder), { prefix: "" });
  return manifest.oauth_config?.scopes?.bot ?? [];
}

function scopes(granted: string | null, needed: string[]): Finding {
  if (granted === null) return { name: "Slack scopes", ok: undefined, says: "Slack did not say which are granted" };
  const missing = needed.filter((scope) => !granted.split(/,\s*/).includes(scope));
  return {
    name: "Slack scopes",
    ok: missing.length === 0,
    says:
      missing.length === 0
        ? "all are granted"
        : `missing: ${missing.join(", ")}. Update the manifest and install again`,
  };
}

function clock(date: string | null): Finding {
  const off = date === null ? 0 : Math.abs(Date.now() - Date.parse(date));
  return {
    name: "Clock",
    ok: off <= clockOffAtMost,
    says:
      off <= clockOffAtMost
        ? "agrees with the platform's"
        : `is ${Math.round(off / 1000)} s off; let the machine keep its time by NTP`,
  };
}

async function checkTeams(settings: TeamsSettings | undefined): Promise<Finding[]> {
  if (!settings) return [{ name: "Teams", ok: undefined, says: "not set up: CLIENT_SECRET is not set" }];
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    scope: "https://api.botframework.com/.default",
  });
  try {
    const answer = await fetch(
      `${settings.login ?? "https://login.microsoftonline.com"}/${settings.tenantId}/oauth2/v2.0/token`,
      {
        method: "POST",
        body,
        signal: AbortSignal.timeout(waitAtMost),
      },
    );
    return [
      {
        name: "Teams token",
        ok: answer.ok,
        says: answer.ok
          ? "Microsoft gives one"
          : `Microsoft refuses (${answer.status}). Check CLIENT_ID, CLIENT_SECRET and TENANT_ID`,
      },
      clock(answer.headers.get("date")),
    ];
  } catch (error) {
    return [{ name: "Teams token", ok: false, says: `Microsoft's login does not answer (${reason(error)})` }];
  }
}

async function checkDatabaseAndQueue(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    const database = await openForCommand(config, noProgress);
    const { applied } = database;
    try {
      findings.push({
        name: "Database",
        ok: true,
        says: `${await serverVersion(database.url)}${applied.length > 0 ? `, ${applied.length} migrations applied now` : ", up to date"}`,
      });
      findings.push(await checkQueue(database.url, config));
    } finally {
      await database.stop();
    }
  } catch (error) {
    findings.push({ name: "Database", ok: false, says: reason(error) });
  }
  return findings;
}

async function serverVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    return `PostgreSQL ${rows[0]?.server_version.split(" ")[0]}`;
  } finally {
    await client.end();
  }
}

async function checkQueue(databaseUrl: string, config: Config): Promise<Finding> {
  const { REDIS_URL: redisUrl } = config.environment;
  const queue = openQueue({ databaseUrl, redisUrl }, createLog("silent"));
  try {
    await queueAnswers(queue, redisUrl);
    return { name: "Queue", ok: true, says: `works in ${redisUrl ? "Redis" : "the database"}` };
  } catch (error) {
    return { name: "Queue", ok: false, says: reason(error) };
  } finally {
    await Promise.race([queue.close().catch(() => {}), pause(closeWithin, undefined, { ref: false })]);
  }
}

async function checkManifests(): Promise<Finding> {
  for (const [name, content] of Object.entries(await committedManifests())) {
    const committed = await readFile(path.join(manifestFolder, name), "utf8").catch(() => "");
    if (committed !== content)
      return {
        name: "Manifests",
        ok: false,
        says: `manifest/${name} is not what the menu makes. Run: npm run -s rounds -- manifest --write`,
      };
  }
  return { name: "Manifests", ok: true, says: "agree with the menu" };
}

function checkAddress({ environment, slack, teams }: Config): Finding {
  const needed = teams !== undefined || (slack !== undefined && slack.appToken === undefined);
  if (environment.ROUNDS_URL === undefined)
    return {
      name: "Address",
      ok: needed ? false : undefined,
      says: needed ? "set ROUNDS_URL to the public https address" : "ROUNDS_URL is not set; it is needed for HTTP",
    };
  const https = environment.ROUNDS_URL.startsWith("https://");
  return { name: "Address", ok: https, says: https ? environment.ROUNDS_URL : "ROUNDS_URL has to begin with https://" };
}

/** What is known of a failure without quoting anything: a sentence of ours, else the code that the system gave. */
function reason(error: unknown): string {
  if (error instanceof NotConnected || error instanceof DatabaseError) return error.message;
  if (!(error instanceof Error)) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause === undefined ? error.name : reason(error.cause);
}
