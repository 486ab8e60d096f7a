import type { App, RespondArguments } from "@slack/bolt";
import type { Bot } from "../../src/bot/bot.ts";
import type { Work } from "../../src/bot/work.ts";
import type { Card, Reader } from "../../src/chat/card.ts";
import type { Answer } from "../../src/chat/reply.ts";
import type { Request } from "../../src/chat/request.ts";
import type { Log } from "../../src/log.ts";
import type { Answers } from "./answers.ts";
import { type Downloads, sentFiles } from "./files.ts";
import { answerMilliseconds } from "./limits.ts";
import { type Modals, outdated } from "./modals.ts";
import {
  type Arrival,
  readAction,
  readHomeOpened,
  readMessage,
  readShortcut,
  readSlash,
  runRequest,
  textRequest,
} from "./read.ts";
import { renderCard } from "./render.ts";
import { Underway } from "./underway.ts";

type Payload = Record<string, unknown>;

interface ArrivalsParts {
  bot: Bot;
  answers: Answers;
  modals: Modals;
  work: Work;
  downloads: Downloads;
  log: Log;
  prefix: string;
  /** The bot's own user. */
  ownUser: string;
}

/** Everything that comes from Slack: each is acknowledged in time, whatever the bot is waiting for. */
export class Arrivals {
  readonly #parts: ArrivalsParts;

  constructor(parts: ArrivalsParts) {
    this.#parts = parts;
  }

  listen(app: App): void {
    const { modals } = this.#parts;
    app.command(/.*/, async ({ body, ack }) => ack(await this.#slash({ ...body })));
    app.event("app_mention", async ({ body }) => this.#message({ ...body }));
    app.event("message", async ({ body }) => this.#message({ ...body }));
    app.event("app_home_opened", async ({ body }) => this.#home({ ...body }));
    app.shortcut(/.*/, async ({ body, ack }) => {
      await ack();
      this.#shortcut({ ...body });
    });
    app.action(/.*/, async ({ body, ack }) => {
      await ack();
      this.#press({ ...body });
    });
    app.view({ type: "view_submission" }, async ({ body, ack }) => ack(await modals.submit({ ...body })));
    app.options(/.*/, async ({ body, ack }) => ack({ options: await modals.suggest({ ...body }) }));
  }

  /** The answer goes into the HTTP response when it is there in time; else it follows. */
  async #slash(body: Payload): Promise<RespondArguments | undefined> {
    const { bot, answers, work, prefix } = this.#parts;
    const read = readSlash(body, prefix);
    if (read === undefined) return undefined;
    const { arrival } = read;
    const request = textRequest(arrival, read.text);
    if (this.#opensAtOnce(arrival, request)) return undefined;
    const handled = bot.handle(request);
    const answer = await work.inTime(handled, answerMilliseconds);
    const response = answer && commandResponse(arrival, answer);
    if (response === undefined) work.background(handled.then((given) => answers.deliver(arrival, given)));
    return response;
  }

  /** Goes on until it is saved, so that Slack is told no sooner; the answer follows. A file is fetched after that. */
  async #message(body: Payload): Promise<void> {
    const { bot, answers, work, downloads, ownUser } = this.#parts;
    const read = readMessage(body, ownUser);
    if (read === undefined) return;
    const { arrival, text, files } = read;
    if (files.length > 0)
      return work.background(this.#handle(arrival, textRequest(arrival, text, sentFiles(files, downloads))));
    const answer = await bot.handle(textRequest(arrival, text));
    work.background(answers.deliver(arrival, answer));
  }

  #home(body: Payload): void {
    const arrival = readHomeOpened(body);
    if (arrival !== undefined) this.#parts.work.background(this.#parts.answers.publishHome(arrival));
  }

  #shortcut(body: Payload): void {
    const read = readShortcut(body);
    if (read !== undefined) this.#run(read.arrival, read.request);
  }

  #press(body: Payload): void {
    const { answers, work, log } = this.#parts;
    const read = readAction(body);
    if (read === undefined) return;
    const { arrival, pressed } = read;
    if (pressed !== undefined) {
      this.#run(arrival, runRequest(arrival, pressed.command, pressed.input, pressed.form));
      return;
    }
    log.warn({ platform: "slack", reason: "button" }, "A button carried nothing that could be read.");
    work.background(answers.privately(arrival, outdated, nobody));
  }

  #run(arrival: Arrival, request: Request): void {
    if (!this.#opensAtOnce(arrival, request)) this.#parts.work.background(this.#handle(arrival, request));
  }

  async #handle(arrival: Arrival, request: Request): Promise<void> {
    const { bot, answers } = this.#parts;
    const underway = new Underway(answers, arrival);
    await underway.deliver(await bot.handle(request, underway.show));
    if (arrival.home) await answers.publishHome(arrival);
  }

  /** A form that is certain opens before anything slow is done; in a modal that is open already it comes with the answer. */
  #opensAtOnce(arrival: Arrival, request: Request): boolean {
    const { bot, modals, work } = this.#parts;
    const form = arrival.modal === undefined ? bot.opens(request) : undefined;
    if (form === undefined || arrival.trigger === undefined) return false;
    work.background(modals.open(arrival, form, arrival.trigger.id, request));
    return true;
  }
}

const nobody: Reader = { zone: "UTC", mentions: {} };

/** The answer as the response to a slash command; undefined where it must be sent another way, because it opens or uploads something, or may be refused. */
function commandResponse(arrival: Arrival, { reply, reader }: Answer): RespondArguments | undefined {
  switch (reply.type) {
    case "nothing":
    case "form":
      return undefined;
    case "privately":
    case "update":
      return response(arrival, "ephemeral", reply.card, reader);
    case "here":
      return response(arrival, arrival.place.kind === "personal" ? "ephemeral" : "in_channel", reply.card, reader);
  }
}

function response(
  { place }: Arrival,
  response_type: "ephemeral" | "in_channel",
  card: Card,
  reader: Reader,
): RespondArguments | undefined {
  if (card.blocks.some(({ type }) => type === "file" || type === "image" || type === "chart")) return undefined;
  return { response_type, ...renderCard(card, reader, { surface: "message", personal: place.kind === "personal" }) };
}
