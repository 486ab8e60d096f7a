import { randomUUID } from "node:crypto";
import { type Chat, guid, type Message, type Person } from "./chats.ts";
import { type ConnectorState, type Held, personalChat, until } from "./connector.ts";
import type { Login } from "./login.ts";

export const botId = "11111111-2222-4333-8444-555555555555";
export const botSecret = "loopback-secret";
export const homeTenant = guid("home tenant");

/** What the bot answered to an activity. */
export interface Delivered {
  activity: Record<string, unknown>;
  status: number;
  body: unknown;
}

let clock = Date.now();

/** Teams' message ids are times of day; none comes twice, whatever Teams it is from. */
function nextId(): string {
  clock += 1;
  return String(clock);
}

/** Login, connector, people and chats of a Teams on loopback, and how activities reach the bot. */
export class World {
  readonly state: ConnectorState;
  readonly login: Login;
  readonly url: string;
  /** Where activities are delivered; set once the bot listens. */
  bot = "";
  readonly #close: () => Promise<void>;

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
      sent: new Map(),
      nextId,
      baseUrl: () => this.serviceUrl,
    };
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

  /** A chat of two people, which the bot is not in: it has the kind of a person's own, and takes nothing from the bot. */
  between(one: Person, other: Person): Chat {
    const id = `19:${one.user}_${other.user}@unq.gbl.spaces`;
    return { id, kind: "personal", name: "", tenant: one.tenant, members: [one, other] };
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
}

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
