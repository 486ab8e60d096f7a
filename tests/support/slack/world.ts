import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import express from "express";
import { createSlack, type SlackSettings } from "../../../adapters/slack/app.ts";
import type { Bot } from "../../../src/bot/bot.ts";
import type { Messenger } from "../../../src/chat/messenger.ts";
import type { Platform } from "../../../src/chat/request.ts";
import { openHospital } from "../hospital.ts";
import { type Logged, StubBot } from "../teams/bot.ts";
import { LoopbackSlack } from "./loopback.ts";
import { SlackSenders, textOf } from "./senders.ts";
import { settled, watched } from "./settled.ts";
import type { SlackMessage } from "./workspace.ts";

/** The real adapter with a bot, beside a loopback Slack. */
async function serve<Served extends Bot>(bot: Served, settings: Partial<SlackSettings>) {
  const slack = new LoopbackSlack();
  await slack.start();
  for (const user of ["UNURSE", "UMANAGER", "UQUALITY", "UOTHER"]) slack.addUser(user);
  const web = express();
  const logged: Logged[] = [];
  const level = (name: Logged["level"]) => (fields: object, message: string) => {
    logged.push({ level: name, fields, message });
  };
  const { bot: known, isBusy } = watched(bot);
  const adapter = createSlack({
    bot: known,
    web,
    log: { info: level("info"), warn: level("warn"), error: level("error") },
    settings: {
      botToken: slack.token,
      signingSecret: slack.signingSecret,
      apiUrl: slack.url,
      prefix: "",
      ...settings,
    },
  });
  await adapter.start();
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const sends = new SlackSenders(slack, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  return {
    slack,
    bot,
    adapter,
    logged,
    sends,
    /** What the newest message that a user sees in a channel says. */
    reads: (user: string, channel: string): string => textOf(slack.sees(user, channel).at(-1)?.blocks ?? []),
    newest(user: string, channel: string): SlackMessage {
      const message = slack.sees(user, channel).at(-1);
      if (!message) throw new Error(`${user} sees nothing in ${channel}.`);
      return message;
    },
    /** What the user's open modal says; nothing where none is open. */
    modal: (user: string): string => textOf(slack.views.get(user)?.blocks ?? []),
    settled: () => settled(slack, adapter, isBusy),
    async close(): Promise<void> {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await slack.stop();
    },
  };
}

/** With a bot that answers as the test says. */
export async function openWorld(settings: Partial<SlackSettings> = {}) {
  const bot = new StubBot();
  return {
    ...(await serve(bot, settings)),
    /** The bot answers after this many milliseconds, as with a slow database. */
    slow(milliseconds: number): void {
      const { answers } = bot;
      bot.answers = async (request) => {
        await pause(milliseconds);
        return answers(request);
      };
    },
    /** The bot does not answer its next request before what is returned is called. */
    holdsNext(): () => void {
      const { answers } = bot;
      const { promise, resolve } = Promise.withResolvers<void>();
      bot.answers = async (request) => {
        bot.answers = answers;
        await promise;
        return bot.answers(request);
      };
      return resolve;
    },
  };
}

/** With the real bot, its commands and a database. */
export async function openHospitalWorld() {
  const messengers = new Map<Platform, Messenger>();
  const hospital = await openHospital({
    platform: "slack",
    tenant: "T0LOOPBACK",
    userOf: (handle) => `U${handle.toUpperCase()}`,
    messengers,
  });
  let delay = 0;
  let held: Promise<void> | undefined;
  const bot: Bot = {
    ...hospital.bot,
    async handle(request, show) {
      const now = held;
      held = undefined;
      await now;
      await pause(delay);
      return hospital.bot.handle(request, show);
    },
  };
  const world = await serve(bot, {});
  messengers.set("slack", world.adapter.messenger);
  return {
    ...world,
    hospital,
    /** The bot answers after this many milliseconds, as with a slow database. */
    slow(milliseconds: number): void {
      delay = milliseconds;
    },
    /** The bot does not answer its next request before what is returned is called. */
    holdsNext(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    async close(): Promise<void> {
      await world.close();
      await hospital.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
export type HospitalWorld = Awaited<ReturnType<typeof openHospitalWorld>>;
