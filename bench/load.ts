import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import autocannon from "autocannon";
import type { LoopbackSlack } from "../tests/support/slack/loopback.ts";

export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
}

/** Signed slash commands, each a delivery of its own, so many at once for some seconds; times in milliseconds. */
export async function load(
  slack: LoopbackSlack,
  target: string,
  user: string,
  text: string,
  seconds: number,
  atOnce = 10,
): Promise<Load> {
  const result = await autocannon({
    url: `${target}/slack/events`,
    connections: atOnce,
    duration: seconds,
    requests: [{ method: "POST", setupRequest: (request: object) => ({ ...request, ...signed(slack, user, text) }) }],
  });
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}

/** The same as they come from people: at any moment, whether the one before has its answer or not. */
export async function arrivals(
  slack: LoopbackSlack,
  target: string,
  user: string,
  text: string,
  { seconds, perSecond }: { seconds: number; perSecond: number },
): Promise<Load> {
  const began = performance.now();
  const answers: Promise<{ milliseconds: number; ok: boolean }>[] = [];
  for (let at = 0; at < seconds * 1000; at += (-Math.log(1 - Math.random()) * 1000) / perSecond) {
    await wait(Math.max(0, began + at - performance.now()));
    answers.push(answer(target, signed(slack, user, text)));
  }
  const all = await Promise.all(answers);
  const times = all.map(({ milliseconds }) => Math.round(milliseconds)).sort((one, other) => one - other);
  const part = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const failed = all.filter(({ ok }) => !ok).length;
  return { perSecond: all.length / seconds, p50: part(0.5), p99: part(0.99), failed };
}

async function answer(target: string, request: ReturnType<typeof signed>) {
  const began = performance.now();
  const response = await fetch(`${target}/slack/events`, { method: "POST", ...request });
  await response.text();
  return { milliseconds: performance.now() - began, ok: response.ok };
}

function signed(slack: LoopbackSlack, user: string, text: string) {
  const body = new URLSearchParams({
    command: "/rounds",
    text,
    user_id: user,
    team_id: slack.team,
    channel_id: slack.directChannel(user),
    channel_name: "directmessage",
    trigger_id: randomUUID(),
    response_url: `${slack.url}none`,
  }).toString();
  const at = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac("sha256", slack.signingSecret).update(`v0:${at}:${body}`).digest("hex")}`;
  return {
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": at,
      "x-slack-signature": signature,
    },
  };
}
