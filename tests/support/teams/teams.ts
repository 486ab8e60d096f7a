import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { cardFaults } from "./cardChecks.ts";
import { type CardJson, type Chat, cardOf, elements, guid, type Message, type Person } from "./chats.ts";
import { type ConnectorState, connectorRoutes, type Held, personalChat, until } from "./connector.ts";
import { createLogin, type Login } from "./login.ts";

export * from "./chats.ts";
export { type Held, until } from "./connector.ts";

export const botId = "11111111-2222-4333-8444-555555555555";
export const botSecret = "loopback-secret";
export const homeTenant = guid("home tenant");

/** What the bot answered to an activity. */
export interface Delivered {
  activity: Record<string, unknown>;
  status: number;
  body: unknown;
}

export interface Dialog {
  title: string;
  card: CardJson;
  chat: Chat;
  message: string | undefined;
}

/** A Teams of our own on loopback: login, connector, people and their clients. */
export class Teams {
  readonly state: ConnectorState;
  readonly login: Login;
  readonly url: string;
  /** Where activities are delivered; set once the bot listens. */
  bot = "";
  readonly #close: () => Promise<void>;
  #clock = 1_760_000_000_000;

  constructor(url: string, login: Login, close: () => Promise<void>) {
    this.url = url;
    this.login = login;
    this.#close = close;
    this.state = {
      chats: new Map(),
      people: new Map(),
      messages: [],
      refused: [],
      targeted: true,
      perSecond: 7,
      failures: [],
      holds: [],
      sends: new Map(),
      uploads: new Map(),
      nextId: () => this.#nextId(),
      baseUrl: () => this.serviceUrl,
    };
  }

  /** Teams' message ids are times of day. */
  #nextId(): string {
    this.#clock += 1;
    return String(this.#clock);
  }

  get serviceUrl(): string {
    return `${this.url}/amer/`;
  }

  close(): Promise<void> {
    return this.#close();
  }

  person(name: string, about: Partial<Person> = {}): Person {
    const account = `29:${name.toLowerCase().replace(/\W+/g, "-")}`;
    const known = this.state.people.get(account);
    if (known !== undefined) return known;
    const person: Person = {
      account,
      user: guid(name),
      name,
      email: `${name.toLowerCase().replace(/\W+/g, ".")}@hospital.example`,
      tenant: homeTenant,
      guest: false,
      zone: "America/New_York",
      ...about,
    };
    this.state.people.set(account, person);
    return person;
  }

  personal(person: Person): Chat {
    const id = personalChat(person);
    return this.#chat({ id, kind: "personal", name: "", tenant: person.tenant, members: [person] });
  }

  group(name: string, ...members: Person[]): Chat {
    return this.#chat({ id: `19:${guid(name)}@thread.v2`, kind: "groupChat", name, tenant: homeTenant, members });
  }

  channel(name: string, ...members: Person[]): Chat {
    return this.#chat({ id: `19:${guid(name)}@thread.tacv2`, kind: "channel", name, tenant: homeTenant, members });
  }

  #chat(chat: Chat): Chat {
    const known = this.state.chats.get(chat.id) ?? chat;
    this.state.chats.set(chat.id, known);
    return known;
  }

  /** Messages of the bot that stand in a chat, for everybody and for single people. */
  messages(chat: Chat): Message[] {
    return this.state.messages.filter((message) => message.chat.id === chat.id);
  }

  /** Waits for the n-th message of the bot in a chat. */
  nth(chat: Chat, count: number): Promise<Message> {
    return until(`message ${count} in ${chat.kind} ${chat.name}`, () => this.messages(chat)[count - 1]);
  }

  /** Keeps the next send open until it is released: before Teams takes the message, or after. */
  hold(when: "before" | "after"): Held {
    let release = () => {};
    let arrived = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sent = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    this.state.holds.push({ when, arrived, released });
    return { arrived: sent, release };
  }

  /** Writes as the Teams client does: as HTML would have it, the bot mentioned where it must be. */
  says(person: Person, chat: Chat, text: string, options: { mentions?: Person[]; thread?: string } = {}) {
    const mentions = (options.mentions ?? []).map((one) => this.#mention(one.account, one.name));
    const own = chat.kind === "personal" ? [] : [this.#mention(`28:${botId}`, "Rounds")];
    const encoded = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    const mentioned = (options.mentions ?? []).reduce(
      (written, one) => written.replace(`@${one.name}`, `<at>${one.name}</at>`),
      encoded,
    );
    return this.deliver(person, chat, {
      type: "message",
      textFormat: "plain",
      text: chat.kind === "personal" ? mentioned : `<at>Rounds</at>\u00a0${mentioned}`,
      entities: [...own, ...mentions, this.#clientInfo(person)],
      ...(options.thread !== undefined && { thread: options.thread }),
    });
  }

  /** The slash form: only this person sees it. */
  slash(person: Person, chat: Chat, text: string) {
    return this.deliver(person, chat, {
      type: "message",
      textFormat: "plain",
      text,
      recipient: { id: `28:${botId}`, name: "Rounds", isTargeted: true },
      entities: [this.#clientInfo(person)],
    });
  }

  install(person: Person, chat: Chat) {
    return this.deliver(person, chat, { type: "installationUpdate", action: "add" });
  }

  /** Uses a button of a message; the answer is Teams' own for the kind of button. */
  async clicks(person: Person, message: Message, label: string): Promise<Delivered> {
    const button = elements(cardOf(message), "Action.Execute", "Action.Submit").find((one) => one.title === label);
    if (button === undefined) throw new Error(`There is no button ${label}.`);
    return button.type === "Action.Execute"
      ? this.#execute(person, message, button)
      : this.invoke(person, message.chat, "task/fetch", { data: button.data, context: { theme: "default" } }, message);
  }

  #execute(person: Person, message: Message, button: CardJson): Promise<Delivered> {
    const action = { type: "Action.Execute", verb: button.verb, data: button.data };
    return this.invoke(person, message.chat, "adaptiveCard/action", { action, trigger: "manual" }, message);
  }

  /** Opens the dialog of a button. */
  async opens(person: Person, message: Message, label: string): Promise<Dialog> {
    const answered = await this.clicks(person, message, label);
    return this.dialogOf(answered, message.chat, message.id);
  }

  /** Fills in a dialog and uses one of its buttons, the first when none is named. */
  submits(person: Person, dialog: Dialog, values: Record<string, string>, label?: string): Promise<Delivered> {
    const buttons = elements(dialog.card, "Action.Submit");
    const button = label === undefined ? buttons[0] : buttons.find((one) => one.title === label);
    if (button === undefined) throw new Error("The dialog has no such button.");
    const inputs = elements(dialog.card, ...inputTypes);
    const shown = Object.fromEntries(
      inputs.flatMap((input) => (input.value === undefined ? [] : [[String(input.id), String(input.value)]])),
    );
    const unknown = Object.keys(values).filter((id) => !inputs.some((input) => input.id === id));
    if (unknown.length > 0) throw new Error(`The dialog has no input ${unknown.join(", ")}.`);
    const data = { ...(button.data as object), ...shown, ...values };
    return this.invoke(person, dialog.chat, "task/submit", { data, context: { theme: "default" } });
  }

  /** Reads a dialog from an answer and refuses one that Teams could not draw. */
  dialogOf(answered: Delivered, chat: Chat, message?: string): Dialog {
    const task = (answered.body as { task?: { type: string; value: { title: string; card: { content: CardJson } } } })
      ?.task;
    if (task?.type !== "continue") throw new Error(`No dialog was opened: ${JSON.stringify(answered.body)}`);
    const card = task.value.card.content;
    const faults = cardFaults(card, "dialog");
    if (faults.length > 0) throw new Error(`Teams could not draw the dialog: ${faults.join(" ")}`);
    return { title: task.value.title, card, chat, message };
  }

  search(person: Person, chat: Chat, dataset: string, queryText: string) {
    return this.invoke(person, chat, "application/search", {
      queryText,
      dataset,
      queryOptions: { skip: 0, top: 15 },
      kind: "search",
    });
  }

  /** Agrees to a file, which the bot then puts where Teams says. */
  agrees(person: Person, message: Message, action: "accept" | "decline" = "accept") {
    const [attachment] = message.activity.attachments as { name: string; content: Record<string, unknown> }[];
    const upload = guid(message.id);
    return this.invoke(person, message.chat, "fileConsent/invoke", {
      type: "fileUpload",
      action,
      context: attachment?.content.acceptContext,
      ...(action === "accept" && {
        uploadInfo: {
          uploadUrl: `${this.serviceUrl}upload/${upload}`,
          contentUrl: `https://drive.example/${attachment?.name}`,
          name: attachment?.name,
          uniqueId: upload,
          fileType: "txt",
        },
      }),
    });
  }

  invoke(person: Person, chat: Chat, name: string, value: unknown, message?: Message) {
    return this.deliver(person, chat, {
      type: "invoke",
      id: `f:${randomUUID()}`,
      name,
      value,
      ...(message !== undefined && { replyToId: message.id }),
      ...(message?.thread !== undefined && { thread: message.thread }),
    });
  }

  /** Delivers an activity of a person, signed as Teams signs it. */
  async deliver(person: Person, chat: Chat, about: Record<string, unknown>): Promise<Delivered> {
    const { thread, ...rest } = about;
    const id = this.state.nextId();
    const root = chat.kind === "channel" ? `;messageid=${thread ?? id}` : "";
    const activity = {
      id,
      channelId: "msteams",
      serviceUrl: this.serviceUrl,
      timestamp: new Date().toISOString(),
      from: { id: person.account, aadObjectId: person.user, name: person.name },
      recipient: { id: `28:${botId}`, name: "Rounds" },
      conversation: {
        id: `${chat.id}${root}`,
        conversationType: chat.kind,
        tenantId: chat.tenant,
        ...(chat.kind !== "personal" && { isGroup: true, name: chat.name }),
      },
      channelData: { tenant: { id: chat.tenant } },
      ...rest,
    };
    return this.again({ activity });
  }

  /** Delivers the same activity once more, or with another token. */
  async again({ activity }: Pick<Delivered, "activity">, token?: string | null): Promise<Delivered> {
    const signed = token ?? (await this.login.signed({ audience: botId, serviceUrl: String(activity.serviceUrl) }));
    const answer = await fetch(`${this.bot}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${signed}` }) },
      body: JSON.stringify(activity),
    });
    const text = await answer.text();
    return { activity, status: answer.status, body: text === "" ? undefined : read(text) };
  }

  #mention(id: string, name: string) {
    return { type: "mention", text: `<at>${name}</at>`, mentioned: { id, name } };
  }

  #clientInfo(person: Person) {
    return { type: "clientInfo", locale: "en-US", country: "US", platform: "Web", timezone: person.zone };
  }
}

const inputTypes = ["Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet"];

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Starts a Teams on a free loopback port. */
export async function startTeams(): Promise<Teams> {
  const login = await createLogin(botId, botSecret);
  const web = express();
  web.use("/login", login.router);
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const teams = new Teams(url, login, async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  web.use("/amer", connectorRoutes(teams.state, login));
  return teams;
}
