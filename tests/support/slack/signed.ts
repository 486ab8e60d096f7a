import { createHmac } from "node:crypto";
import type { LoopbackSlack } from "./loopback.ts";

export interface Delivery {
  status: number;
  body: string;
  /** Sends the very same bytes again, as Slack does when it heard no answer. */
  again(): Promise<Delivery>;
}

export interface HowSent {
  /** Seconds that the timestamp is old. */
  old?: number;
  secret?: string;
  retry?: number;
}

/** Sends payloads as Slack does: signed, over HTTP. */
export class SignedSender {
  readonly slack: LoopbackSlack;
  readonly target: string;

  /** `target` is Rounds' address, `http://127.0.0.1:3000`. */
  constructor(slack: LoopbackSlack, target: string) {
    this.slack = slack;
    this.target = target;
  }

  form = (fields: Record<string, string>, how: HowSent): Promise<Delivery> =>
    this.send(new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded", how);

  async send(body: string, contentType: string, how: HowSent): Promise<Delivery> {
    const at = String(Math.floor(Date.now() / 1000) - (how.old ?? 0));
    const signature = `v0=${createHmac("sha256", how.secret ?? this.slack.signingSecret)
      .update(`v0:${at}:${body}`)
      .digest("hex")}`;
    const headers = {
      "content-type": contentType,
      "x-slack-request-timestamp": at,
      "x-slack-signature": signature,
      ...(how.retry && { "x-slack-retry-num": String(how.retry), "x-slack-retry-reason": "http_timeout" }),
    };
    const answer = await fetch(`${this.target}/slack/events`, { method: "POST", body, headers });
    return {
      status: answer.status,
      body: await answer.text(),
      again: () => this.send(body, contentType, { ...how, retry: (how.retry ?? 0) + 1 }),
    };
  }
}
