// A Bolt app that only acknowledges: what a signed Slack request costs at the least.

import http from "node:http";
import type { AddressInfo } from "node:net";
import bolt from "@slack/bolt";
import express from "express";

const [apiUrl = "", signingSecret = ""] = process.argv.slice(2);
const web = express();
const receiver = new bolt.ExpressReceiver({ signingSecret, app: web, endpoints: "/slack/events" });
const slack = new bolt.App({ receiver, token: "xoxb-loopback", clientOptions: { slackApiUrl: apiUrl } });
slack.command(/.*/, ({ ack }) => ack());
const server = http.createServer(web);
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port} Ctrl-C ends it\n`),
);
