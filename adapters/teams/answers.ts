import type { Bot } from "../../src/bot/bot.ts";
import { type Card, card, paragraph, type Reader } from "../../src/chat/card.ts";
import { formCard } from "../../src/chat/formCard.ts";
import { SendFailed } from "../../src/chat/messenger.ts";
import type { Answer } from "../../src/chat/reply.ts";
import type { Place } from "../../src/chat/request.ts";
import { text } from "../../src/chat/text.ts";
import type { Log } from "../../src/log.ts";
import { type Connector, cardMessage } from "./connector.ts";
import type { Files } from "./files.ts";
import type { Source } from "./payload.ts";
import type { People } from "./people.ts";
import { type Arrival, conversationId } from "./read.ts";
import { renderCard, type Shown } from "./render.ts";
import { patient, quick } from "./retry.ts";

/** Where an answer went, so that an invoke can say it. */
export type Went = "here" | "targeted" | "own chat" | "nowhere";

/** Sends answers to where they belong. What is private never becomes public: without a way to the person it is not sent. */
export class Answers {
  readonly #bot: Bot;
  readonly #connector: Connector;
  readonly #people: People;
  readonly #files: Files;
  readonly #log: Log;

  constructor(bot: Bot, connector: Connector, people: People, files: Files, log: Log) {
    this.#bot = bot;
    this.#connector = connector;
    this.#people = people;
    this.#files = files;
    this.#log = log;
  }

  /** Sends an answer as messages; a card it replaces is named by its source. Again delivered, it was sent already. */
  async deliver(arrival: Arrival, answer: Answer, source?: Source): Promise<Went> {
    const { reply, reader, repeated } = answer;
    if (repeated) return "nowhere";
    switch (reply.type) {
      case "nothing":
        return "nowhere";
      case "form":
        return this.#privately(arrival, formCard(reply.form), reader);
      case "privately":
        return this.#privately(arrival, reply.card, reader);
      case "here":
        await this.#send(arrival.place, reply.card, reader);
        if (arrival.place.kind !== "personal") await this.offerFiles(arrival, reply.card);
        return "here";
      case "update":
        if (source !== undefined && (await this.replace(arrival, source, reply.card, reader))) {
          await this.offerFiles(arrival, reply.card);
          return "here";
        }
        return this.#privately(arrival, reply.card, reader);
    }
  }

  /** Replaces the card that a button belongs to; false when Teams no longer lets us. */
  async replace(arrival: Arrival, source: Source, card: Card, reader: Reader): Promise<boolean> {
    const drawn = this.draw(arrival.place, card, reader, source.targeted);
    try {
      await this.#connector.update(arrival.place, source.message, cardMessage(drawn), patient, source.targeted);
      return true;
    } catch (cause) {
      this.#log.warn({ platform: "teams", reason: "update", cause }, "A card could not be replaced.");
      return false;
    }
  }

  /**
   * Shows how far something is in a person's own chat: in the card of this source, or in a message of its own. Returns the
   * one that shows it.
   */
  async showProgress(
    arrival: Arrival,
    source: Source | undefined,
    card: Card,
    reader: Reader,
  ): Promise<Source | undefined> {
    const { place } = arrival;
    if (place.kind !== "personal") return undefined;
    if (source !== undefined) return (await this.replace(arrival, source, card, reader)) ? source : undefined;
    try {
      const message = await this.#connector.send(place, cardMessage(this.draw(place, card, reader, false)), quick);
      return { conversation: conversationId(place), message, targeted: false };
    } catch (cause) {
      this.#log.warn({ platform: "teams", reason: "progress", cause }, "It could not be shown how far something is.");
      return undefined;
    }
  }

  /** The source that a claim names, when it is a message of the conversation that the claim came from. */
  source(arrival: Arrival, claimed: Source | undefined): Source | undefined {
    if (claimed === undefined || !/^[\w:.-]+$/.test(claimed.message)) return undefined;
    return claimed.conversation === conversationId(arrival.place) ? claimed : undefined;
  }

  draw(place: Place, card: Card, reader: Reader, targeted: boolean) {
    return renderCard(card, reader, this.shown(place, targeted));
  }

  shown(place: Place, targeted: boolean): Shown {
    const { menu } = this.#bot;
    return { needsForm: menu.needsForm, personal: place.kind === "personal", targeted };
  }

  /** A file that was agreed to; one that is gone is said to be. */
  async giveFile(arrival: Arrival): Promise<void> {
    if (await this.#files.accept(arrival.place, arrival.value)) return;
    const gone = card(
      text`The file is no longer waiting.`,
      paragraph(text`The file is no longer waiting. Please ask for it again.`),
    );
    await this.#send(arrival.place, gone, { zone: "UTC", mentions: {} });
  }

  async welcome(place: Place): Promise<void> {
    await this.#send(place, this.#bot.welcome(), { zone: "UTC", mentions: {} });
  }

  async #privately(arrival: Arrival, card: Card, reader: Reader): Promise<Went> {
    if (arrival.place.kind === "personal") {
      await this.#send(arrival.place, card, reader);
      return "here";
    }
    try {
      const drawn = this.draw(arrival.place, card, reader, true);
      await this.#connector.send(arrival.place, cardMessage(drawn), patient, arrival.account);
      await this.offerFiles(arrival, card);
      return "targeted";
    } catch (cause) {
      if (!(cause instanceof SendFailed && cause.final)) throw cause;
    }
    // This tenant has no messages for one person among many.
    await this.#send(await this.#ownChat(arrival), card, reader);
    return "own chat";
  }

  async #send(place: Place, card: Card, reader: Reader): Promise<void> {
    await this.#connector.send(place, cardMessage(this.draw(place, card, reader, false)), patient);
    if (place.kind === "personal") await this.#files.offer(place, card, patient);
  }

  /** Files are given in a person's own chat, whoever saw the card. */
  async offerFiles(arrival: Arrival, card: Card): Promise<void> {
    if (card.blocks.some((block) => block.type === "file"))
      await this.#files.offer(await this.#ownChat(arrival), card, patient);
  }

  async #ownChat({ identity, account, place }: Arrival): Promise<Place> {
    const known = await this.#people.personalPlace(identity);
    if (known !== undefined) return known;
    const opened = await this.#connector.open(identity.tenant, account, place.serviceUrl, patient);
    await this.#people.remember(identity, opened);
    return opened;
  }
}
