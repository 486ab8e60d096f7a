import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createTeams } from "../../adapters/teams/app.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { openHospital, silentLog } from "../support/hospital.ts";
import {
  botId,
  botSecret,
  cardOf,
  type Delivered,
  type Dialog,
  elements,
  guid,
  homeTenant,
  type Message,
  type Person,
  startTeams,
  wordsOf,
} from "../support/teams/teams.ts";
import type { Driver, Handle } from "./driver.ts";
import { deliverDue } from "./jobs.ts";

/** The real Teams SDK over HTTP with valid tokens, beside a loopback Teams. */
export async function teamsDriver(): Promise<Driver> {
  const teams = await startTeams();
  const people = new Map<Handle, Person>();
  const messengers = new Map<Platform, Messenger>();
  const hospital = await openHospital({
    platform: "teams",
    tenant: homeTenant,
    userOf: (handle) => guid(handle),
    messengers,
  });
  const web = express();
  const { recipients } = hospital.services;
  const adapter = createTeams({
    bot: hospital.bot,
    web,
    log: silentLog,
    settings: {
      clientId: botId,
      clientSecret: botSecret,
      tenantId: homeTenant,
      playground: false,
      login: `${teams.url}/login`,
    },
    remember: (identity, chat) => recipients.keepChat(identity, chat, hospital.clock.now),
    personalPlace: (identity) => recipients.chat(identity, hospital.clock.now),
    seen: (identity, conversation, until) =>
      hospital.services.digests.seen(identity, conversation, until, hospital.clock.now),
  });
  messengers.set("teams", adapter.messenger);
  await adapter.start();
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  teams.bot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Rounds answers Teams in time and goes on with what takes longer; this waits for that. */
  const settled = () => adapter.stop();
  const someone = (who: Handle): Person => {
    const known = people.get(who) ?? teams.person(who, { user: guid(who) });
    people.set(who, known);
    return known;
  };
  const dialogs = new Map<Handle, Dialog>();
  let last: Delivered | undefined;
  const own = (who: Handle) => teams.personal(someone(who));
  const newest = (who: Handle, label: string): Message => {
    const found = teams
      .messages(own(who))
      .filter((message) => !isFile(message))
      .findLast((message) =>
        elements(cardOf(message), "Action.Execute", "Action.Submit").some((one) => one.title === label),
      );
    if (!found) throw new Error(`There is no button ${label}.`);
    return found;
  };

  return {
    platform: "teams",
    hospital,
    async says(who, text) {
      last = await teams.says(someone(who), own(who), text);
      await settled();
    },
    async sends(who, name, text) {
      last = await teams.sendsFile(someone(who), own(who), name, text);
      await settled();
    },
    async repeats() {
      if (last) await teams.again(last);
      await settled();
    },
    async asksBeforeOthers(who, text) {
      const chat = teams.channel("Huddle", someone(who), someone("outsider"));
      await teams.says(someone(who), chat, text);
      await settled();
      const all = teams.messages(chat);
      const words = (messages: Message[]) => messages.map((message) => wordsOf(cardOf(message))).join("\n");
      return {
        asker: words([...all.filter((one) => one.targetedAt !== undefined), ...teams.messages(own(who))]),
        others: words(all.filter((one) => one.targetedAt === undefined)),
      };
    },
    sees: async (who) =>
      teams
        .messages(own(who))
        .map((message) => (isFile(message) ? "A file" : wordsOf(cardOf(message))))
        .join("\n"),
    async clicks(who, label) {
      const message = newest(who, label);
      const button = elements(cardOf(message), "Action.Execute", "Action.Submit").find((one) => one.title === label);
      if (button?.type === "Action.Submit") dialogs.set(who, await teams.opens(someone(who), message, label));
      else await teams.clicks(someone(who), message, label);
      await settled();
    },
    async form(who) {
      if (!dialogs.has(who))
        dialogs.set(who, await teams.opens(someone(who), newest(who, "Fill in the form"), "Fill in the form"));
      return JSON.stringify(dialogs.get(who));
    },
    async fills(who, values) {
      const dialog = dialogs.get(who);
      if (!dialog) throw new Error("No dialog is open.");
      // A moment is asked for as a date and a time.
      const inputs = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) =>
          name === "when"
            ? [
                [`field.${name}`, value.slice(0, 10)],
                [`field.${name}.time`, value.slice(11)],
              ]
            : [[`field.${name}`, value]],
        ),
      );
      const answered = await teams.submits(someone(who), dialog, inputs);
      await settled();
      dialogs.delete(who);
      if (JSON.stringify(answered.body ?? {}).includes('"continue"'))
        dialogs.set(who, teams.dialogOf(answered, own(who), dialog.message));
    },
    messages: async (who) => teams.messages(own(who)).length,
    async asksInThread(who, text) {
      const chat = teams.channel("Threads", someone(who), someone("outsider"));
      const thread = "1700000000001";
      await teams.says(someone(who), chat, text, { thread });
      await settled();
      return teams.messages(chat).every((message) => message.thread === thread) && teams.messages(chat).length > 0;
    },
    async hearsItself() {
      const chat = own("nurse");
      const before = teams.messages(chat).length;
      await teams.deliver({ ...someone("nurse"), account: `28:${botId}`, user: "" }, chat, {
        type: "message",
        textFormat: "plain",
        text: "help",
      });
      await settled();
      return teams.messages(chat).length > before;
    },
    async reads(who) {
      const last = teams.messages(own(who)).at(-1);
      await teams.reads(someone(who), own(who), last?.id ?? "");
      await settled();
    },
    delivers: () => deliverDue(hospital, messengers),
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await teams.close();
      await hospital.close();
    },
  };
}

/** A file is offered by a card of its own, which asks for consent. */
const isFile = ({ activity }: Message): boolean =>
  JSON.stringify(activity.attachments ?? []).includes("application/vnd.microsoft.teams.card.file.consent");
