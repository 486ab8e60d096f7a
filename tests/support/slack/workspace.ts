import { createHash, randomUUID } from "node:crypto";
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

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: Record<string, unknown>;
}
export type Arguments = Record<string, unknown>;

/** A trigger opens one view, and none when it is older than this. How busy the machine is makes none of them older. */
const triggerLives = 3_000;
const responseUrlLives = 30 * 60_000;
const responseUrlUses = 5;

/**
 * What people see in a Slack, and what it lets happen: messages by channel, those for one user alone, the open view of
 * each user, and their Home.
 */
export class Workspace {
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
  readonly files = new Map<string, { name: string; bytes: Buffer; channel?: string; comment?: string }>();
  /** What downloads of files are answered with instead, by their ids. */
  readonly downloads = new Map<string, { status: number; headers: Record<string, string>; body: string }>();
  /** While set, downloads wait for it. */
  holdDownloads: Promise<void> | undefined;
  /** Messages with a picture that are refused because it is still being looked at, before one is taken. */
  processing = 0;
  /** Messages a second and channel, as the real Slack takes them; Infinity takes all. */
  messagesPerSecond = Number.POSITIVE_INFINITY;
  url = "";
  #triggers = new Map<string, { user: string; age: number; used: boolean }>();
  #responseUrls = new Map<
    string,
    { channel: string; user: string; message: string | undefined; madeAt: number; uses: number }
  >();
  #sent = new Map<string, number[]>();
  #clock = 1_700_000_000;

  addUser(id: string, user: Partial<Omit<SlackUser, "id">> = {}): void {
    this.users.set(id, {
      id,
      name: `${id} Person`,
      email: `${id.toLowerCase()}@test.example`,
      tz: "America/New_York",
      ...user,
    });
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

  /** A trigger that a user's click brings, and how old it is. */
  trigger(user: string, age = 0): string {
    const id = `${++this.#clock}.${randomUUID()}`;
    this.#triggers.set(id, { user, age, used: false });
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
    const onlyFor = answer.response_type === "in_channel" ? undefined : user;
    const fault = (answer.blocks ? blockFault(answer.blocks, "message") : undefined) ?? this.fileFault(answer, onlyFor);
    if (fault) throw new Error(`Slack would not show this answer: ${fault}`);
    this.keep(channel, answer, onlyFor);
  }

  /**
   * What is wrong with the files of a message. Nobody can open a file in what one person alone sees:
   * https://github.com/slackapi/node-slack-sdk/issues/1790
   */
  fileFault(given: Arguments, onlyFor?: string): string | undefined {
    const shown = ((given.blocks ?? []) as Block[]).flatMap(({ slack_file }) =>
      slack_file ? [(slack_file as { id: string }).id] : [],
    );
    if (shown.length === 0) return undefined;
    if (onlyFor !== undefined) return "a file in a message for one person";
    if (shown.some((id) => (this.files.get(id)?.bytes.length ?? 0) === 0)) return "invalid slack file";
    if (this.processing === 0) return undefined;
    this.processing -= 1;
    return "invalid slack file: not ready";
  }

  keep(channel: string, given: Arguments, onlyFor?: string): SlackMessage {
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

  respond(id: string, given: Arguments): Answer {
    const url = this.#responseUrls.get(id);
    if (!url) return { status: 404, body: { ok: false, error: "used_url" } };
    url.uses += 1;
    if (url.uses > responseUrlUses || Date.now() - url.madeAt > responseUrlLives)
      return { status: 404, body: { ok: false, error: url.uses > responseUrlUses ? "used_url" : "expired_url" } };
    const replaced =
      given.replace_original === true ? this.messages.find((message) => message.ts === url.message) : undefined;
    const onlyFor = replaced ? replaced.onlyFor : given.response_type === "in_channel" ? undefined : url.user;
    const fault = (given.blocks ? blockFault(given.blocks, "message") : undefined) ?? this.fileFault(given, onlyFor);
    if (fault) return { status: 400, body: { ok: false, error: "invalid_blocks", fault } };
    if (given.delete_original === true) this.messages = this.messages.filter((message) => message.ts !== url.message);
    else if (replaced) Object.assign(replaced, { text: String(given.text ?? ""), blocks: given.blocks ?? [] });
    else this.keep(url.channel, given, onlyFor);
    return { body: { ok: true } };
  }

  /** Seconds to wait where a channel has had its messages of this second; a short burst is taken. */
  tooMany(channel: string): number {
    const recent = (this.#sent.get(channel) ?? []).filter((at) => at > Date.now() - 1_000);
    if (recent.length >= this.messagesPerSecond) return 1;
    this.#sent.set(channel, [...recent, Date.now()]);
    return 0;
  }

  /** Uses a trigger up; what Slack says where it opens nothing. */
  useTrigger(id: string): string | undefined {
    const trigger = this.#triggers.get(id);
    if (!trigger) return "invalid_trigger_id";
    if (trigger.used) return "exchanged_trigger_id";
    if (trigger.age > triggerLives) return "expired_trigger_id";
    trigger.used = true;
    return undefined;
  }

  /** Whose trigger this is. */
  ownerOf = (trigger: string): string => this.#triggers.get(trigger)?.user ?? "";

  open(user: string, view: SlackView, id = `V${randomUUID()}`): SlackView {
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
      this.open(user, answer.view, view.id);
    } else this.views.delete(user);
  }
}
