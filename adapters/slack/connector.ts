import { setTimeout as pause } from "node:timers/promises";
import type { HomeView, ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Card, File, Reader } from "../../src/chat/card.ts";
import { SendFailed } from "../../src/chat/messenger.ts";
import type { Place } from "../../src/chat/request.ts";
import type { Log } from "../../src/log.ts";
import type { Shown } from "./block.ts";
import type { Downloads } from "./files.ts";
import { callMilliseconds, fileBytes, pictureMilliseconds, tokenErrors, uploadAltCharacters } from "./limits.ts";
import { word } from "./metadata.ts";
import { type Message, renderCard } from "./render.ts";
import { type Patience, patient, refusal, statusFailed, withRetry } from "./retry.ts";
import { clipped, escaped } from "./text.ts";

/** How a message answers a response URL; one that replaces another is seen by whom that was seen. */
export interface Response {
  response_type?: "ephemeral" | "in_channel";
  replace_original: boolean;
  thread_ts?: string;
}

interface Uploaded {
  channel_id?: string;
  /** What is said with it in the channel. */
  initial_comment?: string;
  alt_text?: string;
}

/** The calls to Slack. Every one throws {@link SendFailed}. */
export class Connector {
  readonly #client: WebClient;
  readonly #token: string;
  readonly #apiUrl: string | undefined;
  readonly #log: Log;

  constructor(client: WebClient, token: string, apiUrl: string | undefined, log: Log) {
    this.#client = client;
    this.#token = token;
    this.#apiUrl = apiUrl;
    this.#log = log;
  }

  /** Who the token is of. A token that Slack refuses now is a mistake to be told at once. */
  async identity() {
    const said = await withRetry(() => this.#client.auth.test().catch(finalWhereRefused), patient);
    return { team: word(said.team_id), name: word(said.team), user: word(said.user_id), bot: word(said.bot_id) };
  }

  /** Posts into a conversation and returns the message's id. */
  async post(place: Place, card: Card, reader: Reader, patience: Patience): Promise<string> {
    const channel = await this.channelOf(place, patience);
    const shown = { surface: "message", personal: place.kind === "personal" } as const;
    return this.#drawn(card, reader, shown, patience, async (message) => {
      const thread = place.thread === undefined ? {} : { thread_ts: place.thread };
      const sent = await this.#client.chat.postMessage({ channel, ...message, ...thread, ...unfurled });
      return word(sent.ts);
    });
  }

  async postEphemeral(channel: string, user: string, thread: string | undefined, card: Card, reader: Reader) {
    const shown = { surface: "message", personal: false, picturesApart: true } as const;
    await this.#drawn(card, reader, shown, patient, (message) =>
      this.#client.chat.postEphemeral({
        channel,
        user,
        ...message,
        ...(thread !== undefined && { thread_ts: thread }),
      }),
    );
  }

  async update(place: Place, ts: string, card: Card, reader: Reader, patience: Patience): Promise<void> {
    const channel = await this.channelOf(place, patience);
    const shown = { surface: "message", personal: place.kind === "personal" } as const;
    await this.#drawn(card, reader, shown, patience, (message) =>
      this.#client.chat.update({ channel, ts, ...message }),
    );
  }

  /** Answers a response URL; Slack takes five within half an hour. */
  async respond(url: string, card: Card, reader: Reader, shown: Shown, response: Response): Promise<void> {
    if (!this.#isSlacks(url)) throw new SendFailed("This is no address of Slack's.", { final: true });
    await this.#drawn(card, reader, shown, patient, async (message) => {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...message, ...response }),
        signal: AbortSignal.timeout(callMilliseconds),
      });
      if (!answer.ok) throw statusFailed(answer.status, answer.headers.get("retry-after"));
    });
  }

  /** Opens a modal and returns its id. A trigger is not worth a second try. */
  async openView(trigger: string, view: ModalView): Promise<string> {
    const opened = await withRetry(() => this.#client.views.open({ trigger_id: trigger, view }), {
      retries: 0,
      longest: 0,
    });
    return word(opened.view?.id);
  }

  async updateView(id: string, view: ModalView): Promise<void> {
    await withRetry(() => this.#client.views.update({ view_id: id, view }), patient);
  }

  async publishHome(user: string, view: HomeView): Promise<void> {
    await withRetry(() => this.#client.views.publish({ user_id: user, view }), patient);
  }

  async user(id: string, patience: Patience) {
    const { user } = await withRetry(() => this.#client.users.info({ user: id }), patience);
    return user;
  }

  /** The person's own chat with the bot. */
  async openChat(user: string, patience: Patience): Promise<string> {
    const opened = await withRetry(() => this.#client.conversations.open({ users: user }), patience);
    return word(opened.channel?.id);
  }

  /** A place may be known by its person alone, as where a shortcut was used. */
  async channelOf(place: Place, patience: Patience): Promise<string> {
    return /^[UW]/.test(place.conversation) ? this.openChat(place.conversation, patience) : place.conversation;
  }

  /** Gives the card's files in a person's own chat. */
  async giveFiles(channel: string, card: Card, patience: Patience): Promise<void> {
    for (const block of card.blocks) {
      if (block.type === "file") await this.#upload(block.file, patience, { channel_id: channel });
    }
  }

  /** Gives the card's pictures in a person's own chat, for a card that cannot hold them. */
  async givePictures(channel: string, card: Card, patience: Patience): Promise<void> {
    for (const block of card.blocks) {
      if (block.type !== "image") continue;
      const words = { initial_comment: escaped(block.alt), alt_text: clipped(block.alt, uploadAltCharacters) };
      await this.#upload(block.file, patience, { channel_id: channel, ...words });
    }
  }

  /** A file that was handed in with a form; undefined when Slack does not give it. */
  async download(file: Record<string, unknown>): Promise<File | undefined> {
    const url = word(file.url_private_download) || word(file.url_private);
    const isTooLarge = typeof file.size === "number" && file.size > fileBytes;
    if (isTooLarge || !this.#isSlacks(url)) return undefined;
    try {
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${this.#token}` },
        signal: AbortSignal.timeout(callMilliseconds),
      });
      if (!answer.ok) return undefined;
      const base64 = Buffer.from(await answer.arrayBuffer()).toString("base64");
      return { name: word(file.name), mediaType: word(file.mimetype) || "application/octet-stream", base64 };
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "download", cause }, "A file could not be fetched.");
      return undefined;
    }
  }

  /** Draws a card with its pictures; what a workspace or a picture that is not ready yet refuses is said in words. */
  async #drawn<Result>(
    card: Card,
    reader: Reader,
    shown: Shown,
    patience: Patience,
    send: (message: Message) => Promise<Result>,
  ): Promise<Result> {
    const pictures = shown.picturesApart ? nothing : await this.#pictures(card, patience);
    const message = renderCard(card, reader, { ...shown, pictures });
    const isBold = pictures.size > 0 || message.blocks.some((block) => block.type === "data_visualization");
    const waits = pictures.size > 0 ? pictureMilliseconds : [];
    for (const wait of [0, ...waits]) {
      if (wait > 0) await pause(wait);
      try {
        return await withRetry(() => send(message), patience);
      } catch (cause) {
        if (!isBold || refusal(cause) !== "invalid_blocks") throw cause;
      }
    }
    this.#log.warn({ platform: "slack", reason: "picture" }, "Slack took no picture; the card says it in words.");
    const inWords = renderCard(card, reader, { ...shown, withoutCharts: true });
    return withRetry(() => send(inWords), patience);
  }

  async #pictures(card: Card, patience: Patience): Promise<Map<File, string>> {
    const pictures = new Map<File, string>();
    for (const block of card.blocks) {
      if (block.type !== "image") continue;
      try {
        const alt_text = clipped(block.alt, uploadAltCharacters);
        const id = await this.#upload(block.file, patience, { alt_text });
        if (id !== "") pictures.set(block.file, id);
      } catch (cause) {
        this.#log.warn({ platform: "slack", reason: "picture", cause }, "A picture is said in words instead.");
      }
    }
    return pictures;
  }

  /** Returns the file's id. Without a channel nobody sees it until a message shows it. */
  async #upload(file: File, patience: Patience, more: Uploaded = {}): Promise<string> {
    const options = { file: Buffer.from(file.base64, "base64"), filename: file.name, title: file.name, ...more };
    const given = await withRetry(() => this.#client.filesUploadV2(options), patience);
    return word(given.files[0]?.files?.[0]?.id);
  }

  /** What files that people send are fetched with. */
  get downloads(): Downloads {
    return { token: this.#token, isSlacks: (url) => this.#isSlacks(url), log: this.#log };
  }

  /** Nothing of ours goes to an address that is not Slack's, whatever a payload says. */
  #isSlacks(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname, origin } = new URL(url);
    if (this.#apiUrl !== undefined && origin === new URL(this.#apiUrl).origin) return true;
    return protocol === "https:" && /(^|\.)(slack\.com|slack-gov\.com|slack-files\.com)$/.test(hostname);
  }
}

function finalWhereRefused(cause: unknown): never {
  const error = refusal(cause) ?? "";
  throw tokenErrors.includes(error) ? new SendFailed(`Slack answered ${error}.`, { final: true, cause }) : cause;
}

const nothing: ReadonlyMap<File, string> = new Map();
const unfurled = { unfurl_links: false, unfurl_media: false };
