import type { Config } from "../config.ts";
import type { Connected } from "./connect.ts";

/** The address, what is connected, and for what is not, how to connect it. On standard output: it is what was asked for. */
export function printStart(started: {
  config: Config;
  connected: Connected;
  port: number | undefined;
  embedded: boolean;
  only: string | undefined;
}): void {
  const { config, connected, port, embedded, only } = started;
  const { environment } = config;
  const rows: [string, string][] = [
    [
      "Slack",
      connected.slack
        ? `connected to ${connected.slack}${environment.SLACK_APP_TOKEN ? ", by Socket Mode" : ", at /slack/events"}`
        : "not connected. Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET; the README says how to get them",
    ],
    [
      "Teams",
      connected.teams
        ? `connected to tenant ${connected.teams}, at /api/messages`
        : "not connected. Set CLIENT_ID, CLIENT_SECRET and TENANT_ID; the README says how to get them",
    ],
    ["Database", embedded ? `PostgreSQL of our own in ${config.dataFolder}` : "the server of DATABASE_URL"],
    ["Queue", environment.REDIS_URL ? "the Redis of REDIS_URL" : "in the database"],
  ];
  if (port !== undefined)
    rows.unshift(["Listens", `on http://${environment.HOST}:${port}${only ? `, ${only} only` : ""}`]);
  const lines = rows.map(([name, state]) => `  ${name.padEnd(9)} ${state}`);
  const simulator = connected.simulator
    ? [`Open ${connected.simulator} to try Rounds as Slack and Teams show it.`, ""]
    : [];
  console.log(["", "Rounds is running.", "", ...simulator, ...lines, "", "Ctrl-C ends it."].join("\n"));
}
