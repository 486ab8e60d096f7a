import { createHash, randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { blockFault, viewFault } from "./blocks.ts";

export interface SlackMessage {
  channel: string;
  ts: string;
  text: string;
  blocks: Block[];
  /** Only this user sees it. */
  onlyFor?: string;
  thread?: string;
}
export type Block = Record<string, unknown> & { type: string };
export interface SlackView {
  id: string;
  hash: string;
  type: string;
  blocks: Block[];
  title?: { text: string };
  submit?: { text: string };
  private_metadata?: string;
  callback_id?: string;
  /** What Slack's client keeps of a refused submission: what was typed, and what is wrong with it, by block. */
  kept?: { typed: Record<string, Record<string, unknown>>; errors: Record<string, string> };
}
export interface SlackUser {
  id: string;
  name: string;
  email: string;
  tz: string;
  guest?: boolean;
  bot?: boolean;
  /** Of another team, over Slack Connect. */
  team?: string;
}

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: Record<string, unknown>;
}
type Arguments = Record<string, unknown>;

/** A trigger opens one view, within this many milliseconds. */
export const triggerLives = 3_000;
const responseUrlLives = 30 * 60_000;
const responseUrlUses = 5;

/**
 * A Slack on loopback that refuses what the real one refuses. It keeps what people would see: messages by channel, those
 * for one user alone, the open view of each user, and their Home.
 */
export class LoopbackSlack {
  readonly team = "T0LOOPBACK";
  readonly bot = { user: "UROUNDS", id: "BROUNDS" };
  readonly token = "xoxb-loopback";
  readonly appToken = "xapp-loopback";
  readonly signingSecret = "0123456789abcdef0123456789abcdef";
  readonly users = new Map<string, SlackUser>();
  /** Channels that the bot may not write to. */
  readonly closedChannels = new Set<string>();
  messages: SlackMessage[] = [];
  /** Every call of the Web API in the order it came, by method. */
  calls: { method: string; given: Arguments; at: number }[] = [];
  readonly views = new Map<string, SlackView>();
  readonly homes = new Map<string, SlackView>();
  readonly files = new Map<string, { name: string; bytes: Buffer; channel?: string }>();
  /** Messages a second and channel, as the real Slack takes them; Infinity takes all. */
  messagesPerSecond = Number.POSITIVE_INFINITY;
  /** Milliseconds before each answer of the Web API, and before those of single methods. */
  delay = 0;
  readonly delays = new Map<string, number>();
  /** While set, a posted message is accepted and its answer is held back: what a killed sender never hears. */
  hold: Promise<void> | undefined;
  /** Answers that these methods give instead, once each. */
  readonly failures: { method: string; answer: Answer }[] = [];
  readonly scopes: string[] = [];
  url = "";
  #server = http.createServer((request, response) => void this.#serve(request, response));
  #sockets = new Set<WebSocket>();
  #socketAnswers = new Map<string, (payload: unknown) => void>();
  #triggers = new Map<string, { user: string; madeAt: number; used: boolean }>();
  #responseUrls = new Map<
    string,
    { channel: string; user: string; message: string | undefined; madeAt: number; uses: number }
  >();
  #sent = new Map<string, number[]>();
  #clock = 1_700_000_000;

  async start(): Promise<void> {
    const sockets = new WebSocketServer({ server: this.#server, path: "/socket" });
    sockets.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("message", (data) => {
        const said = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown };
        this.#socketAnswers.get(said.envelope_id)?.(said.payload);
      });
      socket.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: "A1" } }));
    });
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  addUser(id: string, user: Partial<Omit<SlackUser, "id">> = {}): void {
    this.users.set(id, {
      id,
      name: `${id} Person`,
      email: `${id.toLowerCase()}@test.example`,
      tz: "America/New_York",
      ...user,
    });
  }

  get isConnectedBySocket(): boolean {
    return this.#sockets.size > 0;
  }

  /** Forgets what was sent and shown. */
  forget(): void {
    this.messages = [];
    this.calls = [];
    this.views.clear();
    this.homes.clear();
  }

  /** Every response URL has been used five times. */
  spendResponseUrls(): void {
    for (const url of this.#responseUrls.values()) url.uses = responseUrlUses;
  }

  /** Ends the socket, as Slack does every few hours. */
  cutSocket(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** A trigger that a user's click brings; `age` makes it as old as that already. */
  trigger(user: string, age = 0): string {
    const id = `${++this.#clock}.${randomUUID()}`;
    this.#triggers.set(id, { user, madeAt: Date.now() - age, used: false });
    return id;
  }

  responseUrl(channel: string, user: string, message?: string): string {
    const id = randomUUID();
    this.#responseUrls.set(id, { channel, user, message, madeAt: Date.now(), uses: 0 });
    return this.url.replace("/api/", `/response/${id}`);
  }

  /** What a user sees in a channel, the newest last. */
  sees(user: string, channel: string): SlackMessage[] {
    return this.messages.filter(
      (message) => message.channel === channel && (message.onlyFor === undefined || message.onlyFor === user),
    );
  }

  directChannel = (user: string): string => `D${user.slice(1)}`;

  /** Sends a payload over Socket Mode and returns what it is acknowledged with. */
  async bySocket(type: string, payload: unknown): Promise<unknown> {
    const [socket] = this.#sockets;
    if (!socket) throw new Error("Nobody is connected by Socket Mode.");
    const envelope = randomUUID();
    return new Promise((acknowledged) => {
      this.#socketAnswers.set(envelope, acknowledged);
      socket.send(JSON.stringify({ envelope_id: envelope, type, payload, accepts_response_payload: true }));
    });
  }

  /** A file that somebody hands in with a form, as the form brings it; it is given out to the bot's token alone. */
  handIn(name: string, mimetype: string, bytes: Buffer): Record<string, unknown> {
    const id = `F${this.files.size + 1}`;
    this.files.set(id, { name, bytes });
    const url_private_download = this.url.replace("/api/", `/download/${id}`);
    return { id, name, mimetype, size: bytes.length, url_private_download };
  }

  /** Shows an ephemeral answer that came in the response to a slash command. */
  takeCommandAnswer(channel: string, user: string, answer: Record<string, unknown>): void {
    if (!answer.text && !answer.blocks) return;
    const fault = answer.blocks ? blockFault(answer.blocks, "message") : undefined;
    if (fault) throw new Error(`Slack would not show this answer: ${fault}`);
    this.#keep(channel, answer, answer.response_type === "in_channel" ? undefined : user);
  }

  #keep(channel: string, given: Arguments, onlyFor?: string): SlackMessage {
    const message: SlackMessage = {
      channel,
      ts: `${++this.#clock}.000100`,
      text: String(given.text ?? ""),
      blocks: (given.blocks ?? []) as Block[],
      ...(onlyFor !== undefined && { onlyFor }),
      ...(typeof given.thread_ts === "string" && { thread: given.thread_ts }),
    };
    this.messages.push(message);
    return message;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [, room, rest = ""] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    if (room === "download") {
      const isAllowed = request.headers.authorization === `Bearer ${this.token}`;
      response.writeHead(isAllowed ? 200 : 403).end(isAllowed ? this.files.get(rest)?.bytes : undefined);
      return;
    }
    const answer = await this.#answer(room, rest, request, body);
    const delay = this.delays.get(rest) ?? this.delay;
    if (delay > 0) await new Promise((passed) => setTimeout(passed, delay));
    if (room === "api" && /^chat\.post/.test(rest) && this.hold) await this.hold;
    response.writeHead(answer.status ?? 200, {
      "content-type": "application/json",
      "x-oauth-scopes": this.scopes.join(","),
      ...answer.headers,
    });
    response.end(JSON.stringify(answer.body));
  }

  async #answer(room: string | undefined, rest: string, request: http.IncomingMessage, body: Buffer): Promise<Answer> {
    if (room === "upload") {
      const file = this.files.get(rest);
      if (file) file.bytes = body;
      return { body: { ok: true } };
    }
    if (room === "response") return this.#respond(rest, JSON.parse(body.toString()) as Arguments);
    if (room !== "api") return { status: 404, body: { ok: false } };
    const given = readArguments(request.headers["content-type"] ?? "", body);
    this.calls.push({ method: rest, given, at: Date.now() });
    const token = request.headers.authorization?.replace("Bearer ", "") ?? given.token;
    if (token !== (rest === "apps.connections.open" ? this.appToken : this.token))
      return { body: { ok: false, error: token ? "invalid_auth" : "not_authed" } };
    const failure = this.failures.findIndex((one) => one.method === rest);
    const planned = failure >= 0 ? this.failures.splice(failure, 1)[0] : undefined;
    return planned?.answer ?? this.#method(rest, given);
  }

  #respond(id: string, given: Arguments): Answer {
    const url = this.#responseUrls.get(id);
    if (!url) return { status: 404, body: { ok: false, error: "used_url" } };
    url.uses += 1;
    if (url.uses > responseUrlUses || Date.now() - url.madeAt > responseUrlLives)
      return { status: 404, body: { ok: false, error: url.uses > responseUrlUses ? "used_url" : "expired_url" } };
    const fault = given.blocks ? blockFault(given.blocks, "message") : undefined;
    if (fault) return { status: 400, body: { ok: false, error: "invalid_blocks", fault } };
    const replaced =
      given.replace_original === true ? this.messages.find((message) => message.ts === url.message) : undefined;
    if (given.delete_original === true) this.messages = this.messages.filter((message) => message.ts !== url.message);
    else if (replaced) Object.assign(replaced, { text: String(given.text ?? ""), blocks: given.blocks ?? [] });
    else this.#keep(url.channel, given, given.response_type === "in_channel" ? undefined : url.user);
    return { body: { ok: true } };
  }

  #method(method: string, given: Arguments): Answer {
    const no = (error: string, more: Record<string, unknown> = {}): Answer => ({ body: { ok: false, error, ...more } });
    const yes = (body: Record<string, unknown> = {}): Answer => ({ body: { ok: true, ...body } });
    const user = this.users.get(String(given.user ?? given.user_id ?? ""));
    switch (method) {
      case "auth.test":
        return yes({
          url: "https://loopback.slack.example/",
          team: "Loopback General",
          team_id: this.team,
          user: "rounds",
          user_id: this.bot.user,
          bot_id: this.bot.id,
          is_enterprise_install: false,
        });
      case "apps.connections.open":
        return yes({ url: this.url.replace("http", "ws").replace("/api/", "/socket") });
      case "users.info":
        if (!user) return no("user_not_found");
        return yes({
          user: {
            id: user.id,
            team_id: user.team ?? this.team,
            name: user.name,
            real_name: user.name,
            deleted: false,
            is_bot: user.bot ?? false,
            is_restricted: user.guest ?? false,
            is_ultra_restricted: false,
            is_stranger: user.team !== undefined,
            tz: user.tz,
            profile: { real_name: user.name, email: user.email },
          },
        });
      case "conversations.open": {
        const opened = String(given.users ?? "");
        return this.users.has(opened) ? yes({ channel: { id: this.directChannel(opened) } }) : no("user_not_found");
      }
      case "conversations.info":
        return yes({ channel: { id: given.channel, is_im: String(given.channel).startsWith("D") } });
      case "chat.getPermalink":
        return yes({
          channel: given.channel,
          permalink: `https://loopback.slack.example/archives/${String(given.channel)}/p${String(given.message_ts).replace(".", "")}`,
        });
      case "chat.postMessage":
      case "chat.postEphemeral":
        return this.#post(method, given, yes, no);
      case "chat.update": {
        const message = this.messages.find(
          (one) => one.ts === given.ts && one.channel === given.channel && one.onlyFor === undefined,
        );
        if (!message) return no("message_not_found");
        const fault = blockFault(given.blocks ?? [], "message");
        if (fault) return no("invalid_blocks", { fault });
        Object.assign(message, { text: String(given.text ?? ""), blocks: given.blocks ?? [] });
        return yes({ channel: message.channel, ts: message.ts, text: message.text });
      }
      case "views.open": {
        const fault = this.#useTrigger(String(given.trigger_id ?? "")) ?? viewFault(given.view);
        const opener = this.#triggers.get(String(given.trigger_id))?.user ?? "";
        return fault
          ? no(fault.includes("trigger") ? fault : "invalid_arguments", { response_metadata: { messages: [fault] } })
          : yes({ view: this.#open(opener, given.view as SlackView) });
      }
      case "views.update": {
        const fault = viewFault(given.view);
        const found = [...this.views].find(([, view]) => view.id === given.view_id);
        if (!found) return no("not_found");
        if (fault) return no("invalid_arguments", { response_metadata: { messages: [fault] } });
        return yes({ view: this.#open(found[0], given.view as SlackView, found[1].id) });
      }
      case "views.publish": {
        const fault = viewFault(given.view);
        if (fault) return no("invalid_arguments", { response_metadata: { messages: [fault] } });
        this.homes.set(String(given.user_id), { ...(given.view as SlackView), id: `VHOME${String(given.user_id)}` });
        return yes({ view: given.view });
      }
      case "files.getUploadURLExternal": {
        const id = `F${this.files.size + 1}`;
        this.files.set(id, { name: String(given.filename), bytes: Buffer.alloc(0) });
        return yes({ upload_url: this.url.replace("/api/", `/upload/${id}`), file_id: id });
      }
      case "files.completeUploadExternal": {
        const done = (typeof given.files === "string" ? JSON.parse(given.files) : given.files) as { id: string }[];
        for (const { id } of done) {
          const file = this.files.get(id);
          if (file && given.channel_id) file.channel = String(given.channel_id);
        }
        return yes({ files: done.map(({ id }) => ({ id, name: this.files.get(id)?.name })) });
      }
      default:
        return no("unknown_method");
    }
  }

  #post(
    method: string,
    given: Arguments,
    yes: (body?: Record<string, unknown>) => Answer,
    no: (error: string, more?: Record<string, unknown>) => Answer,
  ): Answer {
    const channel = String(given.channel ?? "");
    // A chat of two people is none of ours.
    const isOurs = !channel.startsWith("D") || [...this.users.keys()].some((id) => this.directChannel(id) === channel);
    if (!/^[CDG]/.test(channel) || !isOurs) return no("channel_not_found");
    if (this.closedChannels.has(channel))
      return no(method === "chat.postEphemeral" ? "channel_not_found" : "not_in_channel");
    if (String(given.text ?? "").length > 40_000) return no("msg_too_long");
    if (!given.text && !given.blocks) return no("no_text");
    const fault = given.blocks ? blockFault(given.blocks, "message") : undefined;
    if (fault) return no("invalid_blocks", { fault });
    const wait = this.#tooMany(channel);
    if (wait > 0)
      return { status: 429, headers: { "retry-after": String(wait) }, body: { ok: false, error: "ratelimited" } };
    const message = this.#keep(channel, given, method === "chat.postEphemeral" ? String(given.user) : undefined);
    return yes(
      message.onlyFor ? { message_ts: message.ts } : { channel, ts: message.ts, message: { text: message.text } },
    );
  }

  /** Seconds to wait where a channel has had its messages of this second; a short burst is taken. */
  #tooMany(channel: string): number {
    const recent = (this.#sent.get(channel) ?? []).filter((at) => at > Date.now() - 1_000);
    if (recent.length >= this.messagesPerSecond) return 1;
    this.#sent.set(channel, [...recent, Date.now()]);
    return 0;
  }

  #useTrigger(id: string): string | undefined {
    const trigger = this.#triggers.get(id);
    if (!trigger) return "invalid_trigger_id";
    if (trigger.used) return "exchanged_trigger_id";
    if (Date.now() - trigger.madeAt > triggerLives) return "expired_trigger_id";
    trigger.used = true;
    return undefined;
  }

  #open(user: string, view: SlackView, id = `V${randomUUID()}`): SlackView {
    const opened = { ...view, id, hash: createHash("sha1").update(JSON.stringify(view)).digest("hex") };
    this.views.set(user, opened);
    return opened;
  }

  /** What a modal does with the answer to its submission. */
  takeSubmissionAnswer(
    user: string,
    answer: { response_action?: string; view?: SlackView; errors?: Record<string, string> } | undefined,
    typed: Record<string, Record<string, unknown>>,
  ): void {
    const view = this.views.get(user);
    if (!view) return;
    if (answer?.response_action === "errors") {
      const unknown = Object.keys(answer.errors ?? {}).find(
        (id) => !view.blocks.some((block) => block.block_id === id && block.type === "input"),
      );
      if (unknown) throw new Error(`Slack knows no input block ${unknown} to put an error under.`);
      view.kept = { typed, errors: answer.errors ?? {} };
      return;
    }
    if (answer?.response_action === "update" && answer.view) {
      const fault = viewFault(answer.view);
      if (fault) throw new Error(`Slack would not show this view: ${fault}`);
      this.#open(user, answer.view, view.id);
    } else this.views.delete(user);
  }
}

function readArguments(contentType: string, body: Buffer): Arguments {
  if (contentType.includes("json")) return JSON.parse(body.toString() || "{}") as Arguments;
  const given: Arguments = {};
  for (const [key, value] of new URLSearchParams(body.toString()))
    given[key] = ["blocks", "view", "attachments"].includes(key) ? JSON.parse(value) : value;
  return given;
}
