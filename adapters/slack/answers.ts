import type { Bot } from "../../src/bot/bot.ts";
import { button, buttons, type Card, divider, formButton, type Reader } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import { formCard } from "../../src/chat/formCard.ts";
import type { Answer } from "../../src/chat/reply.ts";
import type { Place } from "../../src/chat/request.ts";
import type { Log } from "../../src/log.ts";
import type { Shown } from "./block.ts";
import type { Connector, Response } from "./connector.ts";
import { renderForm } from "./form.ts";
import { triggerMilliseconds } from "./limits.ts";
import type { Source } from "./metadata.ts";
import { type Arrival, runRequest, sourceOf } from "./read.ts";
import { renderCardView, renderHome } from "./render.ts";
import { once, patient } from "./retry.ts";

/** Sends answers to where they belong. What is private never becomes public: without a way to the person it is not sent. */
export class Answers {
  readonly #bot: Bot;
  readonly #connector: Connector;
  readonly #log: Log;
  readonly #triggers = new Set<string>();

  constructor(bot: Bot, connector: Connector, log: Log) {
    this.#bot = bot;
    this.#connector = connector;
    this.#log = log;
  }

  /** Sends an answer. Delivered again, it was sent already. */
  async deliver(arrival: Arrival, { reply, reader, repeated }: Answer): Promise<void> {
    if (repeated) return;
    switch (reply.type) {
      case "nothing":
        return;
      case "form":
        if (await this.#opensForm(arrival, reply.form, reader)) return;
        return this.privately(arrival, formCard(reply.form), reader);
      case "privately":
        if (await this.#inModal(arrival, reply.card, reader)) return;
        return this.privately(arrival, reply.card, reader);
      case "here":
        return this.#here(arrival, reply.card, reader);
      case "update":
        if (await this.#inModal(arrival, reply.card, reader)) return;
        if (arrival.replaces && (await this.#replace(arrival, arrival.replaces, reply.card, reader)))
          return this.#giveFiles(arrival, reply.card);
        return this.privately(arrival, reply.card, reader);
    }
  }

  /**
   * Shows how far something is: in the card whose button was used, or in a message of its own in the person's own chat.
   * Returns the arrival with the card that the answer replaces.
   */
  async showProgress(arrival: Arrival, card: Card, reader: Reader): Promise<Arrival> {
    if (arrival.place.kind !== "personal" || arrival.modal !== undefined || arrival.home) return arrival;
    try {
      const { channel, message } = arrival.replaces ?? {};
      if (channel !== undefined && message !== undefined) {
        await this.#connector.update({ ...arrival.place, conversation: channel }, message, card, reader, once);
        return { ...arrival, progress: true };
      }
      const posted = await this.#connector.post(arrival.place, card, reader, once);
      return {
        ...arrival,
        replaces: { channel: arrival.place.conversation, message: posted, replaces: true },
        progress: true,
      };
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "progress", cause }, "It could not be shown how far something is.");
      return arrival;
    }
  }

  /** Claims a trigger, which opens one modal; false when it was claimed, because the delivery came again. */
  claims(trigger: string): boolean {
    if (this.#triggers.has(trigger)) return false;
    this.#triggers.add(trigger);
    setTimeout(() => this.#triggers.delete(trigger), claimedFor).unref();
    return true;
  }

  /**
   * In the person's own chat a message; elsewhere one that only they see, and where there is no way to that, their own
   * chat. A chat of two people looks like the person's own, and takes no message of ours.
   */
  async privately(arrival: Arrival, card: Card, reader: Reader): Promise<void> {
    const { place, identity, thread } = arrival;
    const asMessage = () => this.#connector.post(place, card, reader, patient);
    const withPictures = (send: () => Promise<void>) => () => send().then(() => this.givePictures(arrival, card));
    const ways = [
      ...(place.kind === "personal" && !arrival.slash ? [asMessage] : []),
      withPictures(() =>
        this.#respond(arrival, card, reader, { response_type: "ephemeral", replace_original: false }, true),
      ),
      withPictures(() => this.#connector.postEphemeral(place.conversation, identity.user, thread, card, reader)),
      () => this.#connector.post(ownChat(arrival), card, reader, patient),
    ];
    await this.#firstThatWorks(ways);
    await this.#giveFiles(arrival, card);
  }

  /** Shows a card in place of the modal's form; false when the person has closed it. */
  async showInModal(view: string, card: Card, reader: Reader): Promise<boolean> {
    try {
      await this.#connector.updateView(view, renderCardView(card, reader, "Rounds"));
      return true;
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "view", cause }, "A modal could not be changed.");
      return false;
    }
  }

  async #inModal(arrival: Arrival, card: Card, reader: Reader): Promise<boolean> {
    if (arrival.modal === undefined || !(await this.showInModal(arrival.modal, card, reader))) return false;
    await this.givePictures(arrival, card);
    return true;
  }

  async showForm(view: string, form: Form, source: Source, reader: Reader): Promise<boolean> {
    try {
      await this.#connector.updateView(view, renderForm(form, { source, zone: reader.zone }));
      return true;
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "view", cause }, "A modal could not be changed.");
      return false;
    }
  }

  /** What waits for this person, on their App Home. */
  async publishHome(arrival: Arrival): Promise<void> {
    const request = runRequest({ ...arrival, id: `${arrival.id}:home` }, "todo", {});
    const { reply, reader, refused } = await this.#bot.handle(request);
    if (reply.type === "form" || reply.type === "nothing") return;
    const { blocks } = reply.card;
    const offers = (command: string) =>
      blocks.some((block) => block.type === "buttons" && block.buttons.some((one) => one.command === command));
    const begun = refused ? [] : atHome.filter(({ command }) => this.#bot.menu.find(command) && !offers(command));
    const shown = begun.length === 0 ? blocks : [...blocks, divider(), buttons(...begun)];
    await this.#connector.publishHome(arrival.identity.user, renderHome({ ...reply.card, blocks: shown }, reader));
  }

  async #opensForm(arrival: Arrival, form: Form, reader: Reader): Promise<boolean> {
    const source = sourceOf(arrival);
    if (arrival.modal !== undefined) return this.showForm(arrival.modal, form, source, reader);
    if (!arrival.trigger || Date.now() - arrival.trigger.arrived > triggerMilliseconds) return false;
    if (!this.claims(arrival.trigger.id)) return true;
    try {
      await this.#connector.openView(arrival.trigger.id, renderForm(form, { source, zone: reader.zone }));
      return true;
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "trigger", cause }, "A modal could not be opened.");
      return false;
    }
  }

  /**
   * For everybody; where the bot may not write it is still said to the person who asked. In a chat of two people, which
   * looks like the person's own, it is for the asker alone.
   */
  async #here(arrival: Arrival, card: Card, reader: Reader): Promise<void> {
    if (arrival.slash && arrival.place.kind === "personal") return this.privately(arrival, card, reader);
    const asCommand = () =>
      this.#respond(arrival, card, reader, { response_type: "in_channel", replace_original: false }, false);
    const asMessage = () => this.#connector.post(arrival.place, card, reader, patient).then(() => undefined);
    const both = hasPictures(card) ? [asMessage, asCommand] : [asCommand, asMessage];
    const ways = arrival.slash ? both : [asMessage];
    try {
      await this.#firstThatWorks(ways);
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "here", cause }, "An answer for everybody is given privately.");
      return this.privately(arrival, card, reader);
    }
    await this.#giveFiles(arrival, card);
  }

  async #replace(arrival: Arrival, source: Source, card: Card, reader: Reader): Promise<boolean> {
    const { message, channel } = source;
    const known = message !== undefined && channel !== undefined ? { message, channel } : undefined;
    const asResponse = () => this.#respond(arrival, card, reader, { replace_original: true }, known === undefined);
    const asUpdate =
      known &&
      (() =>
        this.#connector.update(
          { ...arrival.place, conversation: known.channel },
          known.message,
          card,
          reader,
          patient,
        ));
    const both = hasPictures(card) ? [asUpdate, asResponse] : [asResponse, asUpdate];
    const ways = both.filter((way) => way !== undefined);
    try {
      await this.#firstThatWorks(ways);
      if (known === undefined) await this.givePictures(arrival, card);
      return true;
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "update", cause }, "A card could not be replaced.");
      return false;
    }
  }

  /** `forOne`: the person alone sees it. */
  async #respond(arrival: Arrival, card: Card, reader: Reader, how: Response, forOne: boolean): Promise<void> {
    if (arrival.responseUrl === undefined) throw new NoWay();
    const shown: Shown = {
      surface: "message",
      personal: arrival.place.kind === "personal",
      ...(forOne && { picturesApart: true }),
    };
    await this.#connector.respond(arrival.responseUrl, card, reader, shown, {
      ...how,
      ...(arrival.thread !== undefined && { thread_ts: arrival.thread }),
    });
  }

  async #firstThatWorks(ways: readonly (() => Promise<unknown>)[]): Promise<void> {
    let failed: unknown = new NoWay();
    for (const way of ways) {
      try {
        await way();
        return;
      } catch (cause) {
        failed = cause;
      }
    }
    throw failed;
  }

  /** Files are given in a person's own chat, whoever saw the card. */
  async #giveFiles(arrival: Arrival, card: Card): Promise<void> {
    if (!card.blocks.some((block) => block.type === "file")) return;
    await this.#connector.giveFiles(await this.#connector.channelOf(ownChat(arrival), patient), card, patient);
  }

  /** Slack shows no file in what one person alone sees, nor in a modal: pictures follow, said in words by the card already. */
  async givePictures(arrival: Arrival, card: Card): Promise<void> {
    if (!hasPictures(card)) return;
    try {
      await this.#connector.givePictures(await this.#connector.channelOf(ownChat(arrival), patient), card, patient);
    } catch (cause) {
      this.#log.warn({ platform: "slack", reason: "picture", cause }, "A picture could not be given.");
    }
  }
}

const hasPictures = (card: Card): boolean => card.blocks.some(({ type }) => type === "image");

/** What can be begun from App Home, whatever waits there. */
const atHome = [formButton("Report an incident", "incident report"), button("Help", "help")];

/** Longer than Slack tries a delivery again at once. */
const claimedFor = 60_000;

/** There is no such way to the person here. */
class NoWay extends Error {}

/** The person's own chat, which is opened when something is sent there. */
const ownChat = ({ identity }: Arrival): Place => ({
  platform: "slack",
  tenant: identity.tenant,
  conversation: identity.user,
  kind: "personal",
});
