import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createSlack } from "../../adapters/slack/app.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { openHospital, silentLog } from "../support/hospital.ts";
import { LoopbackSlack } from "../support/slack/loopback.ts";
import { type Delivery, findButton, SlackSenders, textOf } from "../support/slack/senders.ts";
import { settled as isSettled, watched } from "../support/slack/settled.ts";
import type { Driver, Handle } from "./driver.ts";
import { deliverDue } from "./jobs.ts";

/** The real Bolt over HTTP with valid signatures, beside a loopback Slack. */
export async function slackDriver(): Promise<Driver> {
  const slack = new LoopbackSlack();
  await slack.start();
  const messengers = new Map<Platform, Messenger>();
  const hospital = await openHospital({
    platform: "slack",
    tenant: slack.team,
    userOf: (handle) => `U${handle.toUpperCase()}`,
    messengers,
  });
  for (const handle of Object.keys(hospital.people)) slack.addUser(`U${handle.toUpperCase()}`);
  const web = express();
  const { bot, isBusy } = watched(hospital.bot);
  const adapter = createSlack({
    bot,
    web,
    log: silentLog,
    settings: { botToken: slack.token, signingSecret: slack.signingSecret, apiUrl: slack.url, prefix: "" },
  });
  messengers.set("slack", adapter.messenger);
  await adapter.start();
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const sends = new SlackSenders(slack, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  const user = (who: Handle) => `U${who.toUpperCase()}`;
  const own = (who: Handle) => slack.directChannel(user(who));
  let last: Delivery | undefined;
  const seen = (who: Handle, channel = own(who)) => slack.sees(user(who), channel);
  const settled = () => isSettled(slack, adapter, isBusy);
  const words = (who: Handle, channel?: string) =>
    seen(who, channel)
      .map((message) => textOf(message.blocks))
      .join("\n");

  return {
    platform: "slack",
    hospital,
    async says(who, text) {
      const command = /^\/?(\w+)\s*(.*)$/s.exec(text);
      const slash = text.startsWith("/") && command;
      last = slash
        ? await sends.slash(user(who), own(who), `/${command[1]}`, command[2] ?? "")
        : await sends.directMessage(user(who), text);
      await settled();
    },
    async sends(who, name, text) {
      const files = [slack.handIn(name, "text/csv", Buffer.from(text))];
      last = await sends.directMessage(user(who), "", { subtype: "file_share", files });
      await settled();
    },
    async repeats() {
      await last?.again();
      await settled();
    },
    async asksBeforeOthers(who, text) {
      await sends.slash(user(who), "CHUDDLE", "/rounds", text);
      await settled();
      return { asker: words(who, "CHUDDLE"), others: words("outsider", "CHUDDLE") };
    },
    sees: async (who) => words(who),
    async clicks(who, label) {
      const message = seen(who).findLast((one) => {
        try {
          return findButton(one.blocks, label);
        } catch {
          return false;
        }
      });
      if (!message) throw new Error(`There is no button ${label}.`);
      await sends.click(user(who), message, label);
      await settled();
    },
    form: async (who) => JSON.stringify(slack.views.get(user(who))),
    async fills(who, values) {
      // The loopback's date-time picker takes UTC; the hospital is five hours behind.
      const when = values.when && new Date(Date.parse(`${values.when}Z`) + 5 * 3_600_000).toISOString().slice(0, 16);
      await sends.submit(user(who), { ...values, ...(when && { when }) });
      await settled();
    },
    messages: async (who) => seen(who).length,
    async asksInThread(who, text) {
      await sends.mention(user(who), "CTHREAD", text, { thread_ts: "1700000000.000001" });
      await settled();
      const answered = seen(who, "CTHREAD");
      return answered.length > 0 && answered.every((message) => message.thread === "1700000000.000001");
    },
    async hearsItself() {
      const before = slack.messages.length;
      await sends.directMessage("UNURSE", "help", { user: slack.bot.user, bot_id: slack.bot.id });
      await settled();
      return slack.messages.length > before;
    },
    reads: { instead: "that a button was used; nothing tells that it was read" },
    delivers: () => deliverDue(hospital, messengers),
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await slack.stop();
      await hospital.close();
    },
  };
}
