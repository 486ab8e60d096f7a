import { randomUUID } from "node:crypto";
import type { Bot } from "../../src/bot/bot.ts";
import type { Shortcut } from "../../src/bot/shortcuts.ts";
import type { Card, Reader } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import { formCard } from "../../src/chat/formCard.ts";
import type { Answer, ShowProgress } from "../../src/chat/reply.ts";
import type { Identity, Place, Request } from "../../src/chat/request.ts";
import type { SentFile } from "../../src/chat/sentFile.ts";
import { plain } from "../../src/chat/text.ts";
import { errorsIn } from "../slack/form.ts";
import { type Conversations, type Message, ownChat } from "./conversations.ts";
import { type Draw, filesIn, type Json, type Side } from "./drawing.ts";
import type { Click, Press } from "./read.ts";

/** What the page does after something was done in it. */
export interface Done {
  /** The conversation that holds the answer, when there is one. */
  conversation?: string;
  /** The form that opens, for one platform's drawing or both. */
  opens?: Partial<Record<Side, Json>>;
  /** What is wrong in the open Slack modal, by its blocks; it stays as it is. */
  errors?: Record<string, string>;
}

export interface Said {
  asker: Identity;
  place: Place;
}

export interface Filled {
  side: Side;
  press: Press;
  /** Blocks of the open modal, where it is Slack's. */
  blocks: unknown;
}

/** From what a person does in the page to the bot, and from its answer back to the page. */
export class Turns {
  readonly #bot: Bot;
  readonly #conversations: Conversations;
  readonly #draw: Draw;
  readonly #inHand = new Map<string, Promise<Done>>();

  constructor(bot: Bot, conversations: Conversations, draw: Draw) {
    this.#bot = bot;
    this.#conversations = conversations;
    this.#draw = draw;
  }

  /**
   * Words in the composer. A slash command is between the person and Rounds on both platforms; its form opens at once in
   * Slack, and Teams shows the card that opens it.
   */
  say(said: Said, text: string): Promise<Done> {
    return this.#once([said.asker.user, said.place.conversation, "say", text], async (id) => {
      const { asker, place } = said;
      const slash = text.startsWith("/");
      const onlyFor = slash ? privateFor(said) : undefined;
      this.#conversations.add({
        conversation: place.conversation,
        author: asker.user,
        text,
        files: [],
        ...(onlyFor !== undefined && { onlyFor }),
      });
      const request: Request = { id, asker, place, body: { type: "text", text } };
      const answer = await this.#bot.handle(request);
      if (answer.reply.type !== "form") return this.#deliver(said, answer, undefined);
      return this.#offerForm(said, answer.reply.form, answer.reader, slash);
    });
  }

  /** A file that was chosen or dropped, with what stands in the composer. */
  async send(said: Said, text: string, file: SentFile): Promise<Done> {
    const { asker, place } = said;
    const { conversation } = place;
    const shown = text === "" ? file.name : `${text} (${file.name})`;
    this.#conversations.add({ conversation, author: asker.user, text: shown, files: [] });
    const progress = this.#progress(said, undefined);
    const request: Request = { id: randomUUID(), asker, place, body: { type: "text", text, files: [file] } };
    const answer = await this.#bot.handle(request, progress.show);
    return this.#deliver(said, progress.inPlace(answer), progress.shown());
  }

  /** A button in one of the drawings. Where no form can open, the card comes that opens it. */
  press(said: Said, side: Side, click: Click, source: Message | undefined): Promise<Done> {
    return this.#once([said.asker.user, source?.id, click], async (id) => {
      const answer = await this.#bot.handle(requestOf(id, said, click), this.#progress(said, source).show);
      if (answer.reply.type !== "form") return this.#deliver(said, answer, source);
      const { form } = answer.reply;
      if (click.opensForm) return this.#openForm(form, side, answer.reader);
      return this.#offerForm(said, form, answer.reader, false);
    });
  }

  /** An entry of a message's own menu, in one of the drawings. */
  choose(said: Said, side: Side, shortcut: Shortcut, message: Message): Promise<Done> {
    return this.#once([said.asker.user, message.id, side, shortcut.id], async (id) => {
      const { conversation, text = "", at } = message;
      const input = shortcut.input({ platform: "web", conversation, id: message.id, text, at: new Date(at) });
      const answer = await this.#bot.handle(requestOf(id, said, { command: shortcut.command, input, form: true }));
      if (answer.reply.type !== "form") return this.#deliver(said, answer, undefined);
      return this.#openForm(answer.reply.form, side, answer.reader);
    });
  }

  /** A filled-in form: what is wrong is marked and the rest kept, or it closes and the card it came from changes. */
  submit(said: Said, filled: Filled, source: Message | undefined): Promise<Done> {
    const { side, press, blocks } = filled;
    return this.#once([said.asker.user, source?.id, press], async (id) => {
      const answer = await this.#bot.handle(requestOf(id, said, press));
      if (answer.reply.type !== "form") return this.#deliver(said, answer, source);
      const errors = side === "slack" ? errorsIn(answer.reply.form, blocks) : undefined;
      return errors ? { errors } : this.#openForm(answer.reply.form, side, answer.reader);
    });
  }

  /** What waits for this person, as App Home shows it. */
  async home(said: Said) {
    const answer = await this.#bot.handle(requestOf(randomUUID(), said, { command: "todo", input: {}, form: false }));
    if (!("card" in answer.reply)) return undefined;
    const { zone } = answer.reader;
    return { drawn: this.#draw.home(answer.reply.card, answer.reader), zone };
  }

  /** The same thing done twice while the first is in hand is one delivery, with one effect. */
  #once(what: unknown[], act: (id: string) => Promise<Done>): Promise<Done> {
    const key = JSON.stringify(what);
    const before = this.#inHand.get(key);
    if (before) return before;
    const done = act(randomUUID()).finally(() => this.#inHand.delete(key));
    this.#inHand.set(key, done);
    return done;
  }

  /** How far something is stands in one message: the one whose button was used, or one of its own. The answer replaces it. */
  #progress(said: Said, source: Message | undefined) {
    const { place } = said;
    let shown = source;
    const show: ShowProgress = (card, reader) => {
      const drawn = this.#shown(place, card, reader, shown?.onlyFor);
      if (shown) this.#conversations.replace(shown.conversation, shown.id, drawn);
      else shown = this.#conversations.add({ conversation: place.conversation, ...drawn });
    };
    return {
      show,
      shown: () => shown,
      inPlace: (answer: Answer): Answer =>
        shown !== undefined && answer.reply.type === "privately"
          ? { ...answer, reply: { type: "update", card: answer.reply.card } }
          : answer,
    };
  }

  #deliver(said: Said, { reply, reader, repeated }: Answer, source: Message | undefined): Done {
    const { place } = said;
    if (repeated) return {};
    switch (reply.type) {
      case "nothing":
      case "form":
        return {};
      case "here":
        return this.#post(place, this.#shown(place, reply.card, reader, undefined), undefined);
      case "update":
        if (source) {
          const shown = this.#shown(place, reply.card, reader, source.onlyFor);
          const isReplaced = this.#conversations.replace(source.conversation, source.id, shown);
          if (isReplaced && source.onlyFor !== undefined) this.#givePictures(said, reply.card, reader);
          if (isReplaced) return {};
        }
        return this.#privately(said, reply.card, reader);
      case "privately":
        return this.#privately(said, reply.card, reader);
    }
  }

  #privately(said: Said, card: Card, reader: Reader): Done {
    const { place } = said;
    const onlyFor = privateFor(said);
    if (onlyFor !== undefined) this.#givePictures(said, card, reader);
    return this.#post(place, this.#shown(place, card, reader, onlyFor), onlyFor);
  }

  /** Slack shows no file in what one person alone sees: pictures are given in their own chat. */
  #givePictures({ asker }: Said, card: Card, reader: Reader): void {
    const blocks = card.blocks.filter(({ type }) => type === "image");
    if (blocks.length === 0) return;
    const { place } = inOwnChat(asker);
    const { drawn, ...shown } = this.#shown(place, { ...card, blocks }, reader, undefined);
    this.#post(place, { ...shown, drawn: { slack: drawn.slack, teams: undefined } }, undefined);
  }

  #post(place: Place, shown: Shown, onlyFor: string | undefined): Done {
    const { conversation } = place;
    this.#conversations.add({ conversation, ...shown, ...(onlyFor !== undefined && { onlyFor }) });
    return { conversation };
  }

  #offerForm(said: Said, form: Form, reader: Reader, slash: boolean): Done {
    const { place } = said;
    const onlyFor = privateFor(said);
    const shown = this.#shown(place, formCard(form), reader, onlyFor);
    if (!slash) return this.#post(place, shown, onlyFor);
    const posted = { ...shown, drawn: { slack: undefined, teams: shown.drawn.teams } };
    return { ...this.#post(place, posted, onlyFor), ...this.#openForm(form, "slack", reader) };
  }

  #openForm(form: Form, side: Side, reader: Reader): Done {
    return { opens: { [side]: this.#draw.form(form, side, reader.zone) } };
  }

  #shown(place: Place, card: Card, reader: Reader, onlyFor: string | undefined): Shown {
    return {
      drawn: this.#draw.card(card, reader, place, onlyFor),
      summary: plain(card.summary, reader.zone),
      zone: reader.zone,
      files: filesIn(card),
    };
  }
}

/** The one person who may see it; in their own chat nobody else is. */
const privateFor = ({ asker, place }: Said): string | undefined => (place.kind === "personal" ? undefined : asker.user);

type Shown = Required<Pick<Message, "drawn" | "summary" | "zone" | "files">>;

const requestOf = (id: string, { asker, place }: Said, { command, input, form }: Press): Request => ({
  id,
  asker,
  place,
  body: { type: "run", command, input, ...(form && { form: true }) },
});

/** Somebody in their own chat. */
export const inOwnChat = (asker: Identity): Said => ({
  asker,
  place: { platform: "web", tenant: asker.tenant, conversation: ownChat(asker), kind: "personal" },
});
