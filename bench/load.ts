import { createHmac, randomUUID } from "node:crypto";
import autocannon from "autocannon";
import type { LoopbackSlack } from "../tests/support/slack/loopback.ts";

export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
}

const atOnce = 10;

/** Signed slash commands, each a delivery of its own, ten at once for some seconds; times in milliseconds. */
export async function load(
  slack: LoopbackSlack,
  target: string,
  user: string,
  text: string,
  seconds: number,
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
