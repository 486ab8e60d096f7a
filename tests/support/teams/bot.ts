import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createTeams } from "../../../adapters/teams/app.ts";
import type { Bot } from "../../../src/bot/bot.ts";
import { type Command, command } from "../../../src/bot/command.ts";
import * as field from "../../../src/bot/field.ts";
import { formOf } from "../../../src/bot/form.ts";
import { menuOf, missing } from "../../../src/bot/menu.ts";
import { button, buttons, card, heading, type Input, paragraph } from "../../../src/chat/card.ts";
import type { Form, Option } from "../../../src/chat/form.ts";
import type { Messenger } from "../../../src/chat/messenger.ts";
import { type Answer, ask, nothing, privately, type Reply } from "../../../src/chat/reply.ts";
import type { Identity, Place, Platform, Request } from "../../../src/chat/request.ts";
import { data, text } from "../../../src/chat/text.ts";
import { botId, botSecret, homeTenant, type Teams } from "./teams.ts";

const kinds = [
  { code: "incident", label: "Incident", detail: "it reached somebody" },
  { code: "near-miss", label: "Near miss", detail: "it was caught" },
] as const;

const declared = <F extends field.Fields>(path: string, title: string, input: F, changes = true): Command =>
  command({
    path,
    summary: title,
    usage: "",
    title,
    input,
    roles: "all",
    changes,
    run: async () => nothing,
  }) as Command;

/** A small menu with every kind of field. */
export const commands: Command[] = [
  declared("incident report", "Report an incident", {
    what: field.required(field.paragraph({ label: "What happened" })),
    where: field.required(field.entry("unit", { label: "Where", hint: "Unit where it happened" })),
    when: field.otherwise(field.dateTime("past", { label: "When" }), "now"),
    kind: field.choice(kinds, { label: "Kind", ask: true }),
  }),
  declared("incident list", "Incidents", { status: field.text({ label: "Status" }) }, false),
  declared("incident show", "Incident", { incident: field.required(field.ref("INC", { label: "Incident" })) }, false),
  declared("incident close", "Close an incident", {
    incident: field.required(field.ref("INC", { label: "Incident" })),
    changed: field.required(field.paragraph({ label: "What changed" })),
  }),
  declared("every kind", "Every kind", {
    text: field.text({ label: "Text", ask: true }),
    many: field.many(kinds, { label: "Kinds", ask: true }),
    number: field.number({ label: "Number", ask: true, min: 0, max: 9 }),
    money: field.money({ label: "Money", ask: true }),
    flag: field.flag({ label: "Flag", ask: true }),
    date: field.date({ label: "Date", ask: true }),
    time: field.time({ label: "Time", ask: true }),
    month: field.month({ label: "Month", ask: true }),
    repeat: field.repeat({ label: "Every", ask: true }),
    people: field.entries("person", { label: "People", ask: true }),
    evidence: field.file({ label: "Evidence", ask: true }),
  }),
  declared("settings", "Settings", {}, true),
];

/** A bot that answers as the test says, and keeps what it was asked. */
export class StubBot implements Bot {
  readonly menu = menuOf(commands);
  readonly requests: Request[] = [];
  readonly searched: { directory: string; query: string; asker: Identity }[] = [];
  entries: Option[] = [];
  zone = "America/New_York";
  mentions: Record<string, string> = {};
  /** What is answered, when it is not the form that is missing or an echo. */
  answers: (request: Request) => Reply | Promise<Reply> = (request) => this.echo(request);
  readonly #done = new Set<string>();

  async handle(request: Request): Promise<Answer> {
    this.requests.push(request);
    const repeated = this.#done.has(request.id);
    this.#done.add(request.id);
    const reply = await this.answers(request);
    return { reply, reader: { zone: this.zone, mentions: this.mentions }, repeated, refused: false };
  }

  /** The form when something is missing, else what was asked, in words. */
  echo(request: Request): Reply {
    const { body } = request;
    if (body.type === "text") return privately(said(`You said: ${body.text}`));
    const form = this.opens(request);
    return form ? ask(form) : privately(said(`${body.command} ${JSON.stringify(body.input)}`));
  }

  opens({ body }: Request): Form | undefined {
    if (body.type !== "run") return undefined;
    const found = this.menu.find(body.command);
    if (found === undefined || !(body.form || missing(found, body.input).length > 0)) return undefined;
    return formOf(found, body.input);
  }

  async options(asker: Identity, directory: string, query: string): Promise<Option[]> {
    this.searched.push({ directory, query, asker });
    return this.entries;
  }

  welcome() {
    return card(text`Rounds is here.`, heading(text`Rounds`), paragraph(text`Say what happened.`));
  }
}

export const said = (words: string) => card(text`${data(words)}`, paragraph(text`${data(words)}`));

export const withButton = (words: string, label: string, path: string, input: Input = {}) =>
  card(text`${data(words)}`, paragraph(text`${data(words)}`), buttons(button(label, path, input)));

export interface Logged {
  level: "info" | "warn" | "error";
  fields: object;
  message: string;
}

/** The real adapter with a stub bot, connected to a loopback Teams. */
export const startBot = (teams: Teams) => serve(teams, new StubBot());

/** The real adapter with a bot, connected to a loopback Teams. */
export async function serve<Served extends Bot>(
  teams: Teams,
  bot: Served,
  messengers: Map<Platform, Messenger> = new Map(),
) {
  const web = express();
  const kept = new Map<string, Place>();
  const written: Place[] = [];
  const read: { user: string; conversation: string; until: string }[] = [];
  const logged: Logged[] = [];
  const key = (identity: Identity) => `${identity.tenant}/${identity.user}`;
  const level = (name: Logged["level"]) => (fields: object, message: string) => {
    logged.push({ level: name, fields, message });
  };
  const adapter = createTeams({
    bot,
    web,
    settings: {
      clientId: botId,
      clientSecret: botSecret,
      tenantId: homeTenant,
      playground: false,
      login: `${teams.url}/login`,
    },
    log: { info: level("info"), warn: level("warn"), error: level("error") },
    async remember(identity, place) {
      written.push(place);
      kept.set(key(identity), place);
      return true;
    },
    personalPlace: async (identity) => kept.get(key(identity)),
    async seen(identity, conversation, until) {
      read.push({ user: identity.user, conversation, until });
    },
  });
  messengers.set("teams", adapter.messenger);
  await adapter.start();
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  teams.bot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    bot,
    adapter,
    kept,
    written,
    read,
    logged,
    async stop() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
