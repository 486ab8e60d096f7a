// `npm run bench`: what Rounds costs, as JSON lines. Both sides of a ratio are measured in turn in the same run.
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LoopbackSlack } from "../tests/support/slack/loopback.ts";
import { timeBudget } from "./books.ts";
import { startChild } from "./child.ts";
import { timeControlChart } from "./controlChart.ts";
import { timeDigests } from "./digests.ts";
import { askers, fillIncidents, settle } from "./hospital.ts";
import { timeImports } from "./imports.ts";
import { type Load, load } from "./load.ts";
import { besideEachOther, timePages, timeReports } from "./scale.ts";
import { timeStarts } from "./starts.ts";
import { timeSweeps } from "./sweep.ts";

const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const pageSeconds = Math.max(1, seconds / 4);
const minute = Number(process.env.BENCH_MINUTE ?? 60);
const tell = (line: object) => console.log(JSON.stringify(line));
const short = ({ perSecond, p50, p99, failed }: Load) => ({ perSecond: Math.round(perSecond), p50, p99, failed });

tell(timeControlChart());
for (const started of await timeStarts()) tell(started);
for (const imported of await timeImports()) tell(imported);
for (const line of await timeDigests(Number(process.env.BENCH_UNITS ?? 2_000))) tell(line);

for (const line of await timeSweeps()) tell(line);

const dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-bench-"));
const slack = new LoopbackSlack();
await slack.start();
for (const asker of askers) slack.addUser(`U${asker.toUpperCase()}`);
const environment = {
  ROUNDS_DATA: dataFolder,
  PORT: "0",
  LOG_LEVEL: "error",
  SLACK_BOT_TOKEN: slack.token,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.url,
};
await settle(dataFolder, slack.team);
let rounds = await startChild("src/main.ts", [], environment);
const bare = await startChild("bench/acknowledge.ts", [slack.url, slack.signingSecret], {});

/** Rounds and the bare app in turn, twice, after a warm-up; the better run of each. */
async function compare(name: string, text: string): Promise<Load> {
  await load(slack, rounds.url, "UQUALITY", text, 2);
  await load(slack, bare.url, "UQUALITY", text, 2);
  const ours: Load[] = [];
  const theirs: Load[] = [];
  for (let round = 0; round < 2; round += 1) {
    theirs.push(await load(slack, bare.url, "UQUALITY", text, seconds));
    ours.push(await load(slack, rounds.url, "UQUALITY", text, seconds));
  }
  const best = (loads: Load[]) => loads.reduce((one, other) => (other.perSecond > one.perSecond ? other : one));
  tell({
    name,
    rounds: short(best(ours)),
    acknowledge: short(best(theirs)),
    ratio: Number((best(ours).perSecond / best(theirs).perSecond).toFixed(2)),
  });
  return best(ours);
}

await compare("help", "help");
await fillIncidents(dataFolder, 1_000);
const few = await compare("incident list, 1,000 incidents", "incident list");
await fillIncidents(dataFolder, 10_000);
const fewPages = await timePages(slack, rounds.url, pageSeconds);
await fillIncidents(dataFolder, 100_000);
const many = await compare("incident list, 100,000 incidents", "incident list");
tell({ name: "incident list, 100,000 beside 1,000", timesSlower: Number((few.perSecond / many.perSecond).toFixed(2)) });

await rounds.stop();
rounds = await startChild("src/main.ts", [], environment);
await load(slack, rounds.url, "UQUALITY", "incident list", minute);
const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${rounds.process.pid}/status`, "utf8"))?.[1]);
tell({ name: "resident memory after a minute of load", megabytes: Math.round(resident / 1024) });

await bare.stop();
await fillIncidents(dataFolder, 1_000_000);
for (const line of besideEachOther(fewPages, await timePages(slack, rounds.url, pageSeconds))) tell(line);
tell(await timeReports(slack, rounds.url, dataFolder, minute));

await rounds.stop();
for (const line of await timeBudget(dataFolder, slack.team)) tell(line);
await slack.stop();
await rm(dataFolder, { recursive: true, force: true });
process.exit(0);
