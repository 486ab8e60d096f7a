import type { AdaptiveCardActionResponse, SearchInvokeResponse, TaskModuleResponse } from "@microsoft/teams.api";
import type { IAdaptiveCard } from "@microsoft/teams.cards";
import type { Bot } from "../../src/bot/bot.ts";
import type { Work } from "../../src/bot/work.ts";
import type { EntryKind, Form } from "../../src/chat/form.ts";
import { formCard } from "../../src/chat/formCard.ts";
import type { Answer } from "../../src/chat/reply.ts";
import type { Request } from "../../src/chat/request.ts";
import { plain } from "../../src/chat/text.ts";
import type { Answers, Went } from "./answers.ts";
import { renderForm } from "./form.ts";
import { answerMilliseconds, searchResults } from "./limits.ts";
import { isRecord, type Payload, readPayload, type Source } from "./payload.ts";
import { type Arrival, conversationId, runRequest, word } from "./read.ts";
import { renderCard } from "./render.ts";
import { readShortcut } from "./shortcut.ts";
import { submittedInput } from "./submitted.ts";
import { literal } from "./text.ts";
import { Underway } from "./underway.ts";

const stillWorking = "Still working; the answer follows here.";
const answerFollows = "Still working; Rounds sends you the answer.";
const unreadable = "This button is from an older card. Please ask again.";

/** What is answered in the HTTP response: buttons, dialogs and searches. */
export class Invokes {
  readonly #bot: Bot;
  readonly #answers: Answers;
  readonly #work: Work;

  constructor(bot: Bot, answers: Answers, work: Work) {
    this.#bot = bot;
    this.#answers = answers;
    this.#work = work;
  }

  /** A button: `update` replaces the card in the response; everything else is a message of its own below. */
  async cardAction(arrival: Arrival): Promise<AdaptiveCardActionResponse> {
    const action = isRecord(arrival.value) ? arrival.value.action : undefined;
    const payload = readPayload(isRecord(action) ? action.data : undefined);
    if (payload === undefined) return toast(unreadable);
    const source = sourceOf(arrival, payload);
    const underway = new Underway(this.#answers, arrival, source);
    const work = this.#bot.handle(runRequest(arrival, payload, payload.input), underway.show);
    const answer = await this.#work.inTime(work, answerMilliseconds);
    if (answer === undefined) {
      this.#work.background(work.then((late) => underway.deliver(late)));
      return toast(stillWorking);
    }
    await underway.shown();
    return this.#cardAnswer(arrival, payload, answer, source);
  }

  async #cardAnswer(
    arrival: Arrival,
    payload: Payload,
    answer: Answer,
    source: Source | undefined,
  ): Promise<AdaptiveCardActionResponse> {
    const { reply, reader, repeated } = answer;
    if (reply.type === "update") {
      // The response changes what this person sees; the message itself changes for everybody and for good.
      if (source !== undefined && !repeated)
        this.#work.background(
          this.#answers
            .replace(arrival, source, reply.card, reader)
            .then(() => this.#answers.offerFiles(arrival, reply.card)),
        );
      return cardAnswer(this.#answers.draw(arrival.place, reply.card, reader, payload.targeted));
    }
    if (reply.type === "form")
      return cardAnswer(this.#answers.draw(arrival.place, formCard(reply.form), reader, payload.targeted));
    const sent = this.#answers.deliver(arrival, answer, source);
    this.#work.background(sent);
    const told = sent.then(
      (went) => ({ went }),
      () => ({ went: "nowhere in the end" as const }),
    );
    const done = await this.#work.inTime(told, answerMilliseconds);
    return toast(done === undefined ? stillWorking : said[done.went]);
  }

  /** A button that opens a dialog: the form, or the card that says why there is none. */
  async openDialog(arrival: Arrival): Promise<TaskModuleResponse> {
    const payload = readPayload(isRecord(arrival.value) ? arrival.value.data : undefined);
    if (payload === undefined) return dialogMessage(unreadable);
    return this.#open(arrival, runRequest(arrival, payload, payload.input), sourceOf(arrival, payload));
  }

  /** "Report an incident" and "Add to incident" in Teams' own menus: the same, with no card that it came from. */
  async openShortcut(arrival: Arrival): Promise<TaskModuleResponse> {
    const request = readShortcut(arrival);
    return request === undefined ? dialogMessage(unreadable) : this.#open(arrival, request, undefined);
  }

  async #open(arrival: Arrival, request: Request, source: Source | undefined): Promise<TaskModuleResponse> {
    const form = this.#bot.opens(request);
    const work = this.#bot.handle(request);
    const answer = await this.#work.inTime(work, answerMilliseconds);
    if (answer !== undefined)
      return this.#dialogAnswer(arrival, answer, source) ?? dialogMessage("Nothing to do here.");
    if (form !== undefined) return dialogForm(form, source);
    this.#work.background(work.then((late) => this.#answers.deliver(arrival, late, source)));
    return dialogMessage(stillWorking);
  }

  /** A filled-in form: the same dialog again with what is wrong, or it closes and the card it came from changes. */
  async submitDialog(arrival: Arrival): Promise<TaskModuleResponse | undefined> {
    const data = isRecord(arrival.value) ? arrival.value.data : undefined;
    const payload = readPayload(data);
    if (payload === undefined || !isRecord(data)) return dialogMessage(unreadable);
    const source = this.#answers.source(arrival, payload.source);
    const fields = this.#bot.menu.find(payload.command)?.input ?? {};
    const work = this.#bot.handle(runRequest(arrival, payload, submittedInput(fields, payload.input, data)));
    const answer = await this.#work.inTime(work, answerMilliseconds);
    if (answer === undefined) {
      this.#work.background(work.then((late) => this.#answers.deliver(arrival, late, source)));
      return dialogMessage(source === undefined ? answerFollows : stillWorking);
    }
    if (answer.reply.type === "form" || source === undefined) return this.#dialogAnswer(arrival, answer, source);
    this.#work.background(this.#answers.deliver(arrival, answer, source));
    return undefined;
  }

  /** The dialog that shows an answer; undefined when there is nothing to show. */
  #dialogAnswer(arrival: Arrival, answer: Answer, source: Source | undefined): TaskModuleResponse | undefined {
    const { reply, reader } = answer;
    switch (reply.type) {
      case "nothing":
        return undefined;
      case "form":
        return dialogForm(reply.form, source);
      case "privately":
      case "here":
      case "update": {
        // One person sees a dialog, wherever it was opened.
        const shown = { ...this.#answers.shown(arrival.place, false), personal: true, dialog: true };
        return dialog(plain(reply.card.summary, reader.zone), renderCard(reply.card, reader, shown));
      }
    }
  }

  /** Entries of our directory for what is typed in a form's field. */
  async search(arrival: Arrival): Promise<SearchInvokeResponse> {
    const value = isRecord(arrival.value) ? arrival.value : {};
    const directory = word(value.dataset);
    const found = isDirectory(directory)
      ? await this.#work.inTime(
          this.#bot.options(arrival.identity, directory, word(value.queryText)),
          answerMilliseconds,
        )
      : undefined;
    const results = (found ?? []).slice(0, searchResults).map((option) => ({
      title: literal(option.detail === undefined ? option.label : `${option.label}, ${option.detail}`),
      value: option.code,
    }));
    return { statusCode: 200, type: "application/vnd.microsoft.search.searchResponse", value: { results } };
  }
}

/** The card that the button of this activity belongs to. */
const sourceOf = (arrival: Arrival, payload: Payload): Source | undefined =>
  arrival.replyToId === undefined
    ? undefined
    : {
        conversation: conversationId(arrival.place),
        message: arrival.replyToId,
        targeted: payload.targeted,
      };

const directories: Record<EntryKind, true> = {
  unit: true,
  person: true,
  job: true,
  course: true,
  metric: true,
  line: true,
};
const isDirectory = (name: string): name is EntryKind => Object.hasOwn(directories, name);

/** What Teams shows under the card whose button was used. */
const said: Record<Went | "nowhere in the end", string> = {
  here: "The answer is below.",
  targeted: "The answer is below; only you see it.",
  "own chat": "The answer is in your own chat with Rounds.",
  nowhere: "Done.",
  "nowhere in the end": "Teams did not take the answer. Please ask again in your own chat with Rounds.",
};

const toast = (value: string): AdaptiveCardActionResponse => ({
  statusCode: 200,
  type: "application/vnd.microsoft.activity.message",
  value,
});

const cardAnswer = (value: IAdaptiveCard): AdaptiveCardActionResponse => ({
  statusCode: 200,
  type: "application/vnd.microsoft.card.adaptive",
  value,
});

const dialogMessage = (value: string): TaskModuleResponse => ({ task: { type: "message", value } });

const dialogForm = (form: Form, source: Source | undefined): TaskModuleResponse =>
  dialog(form.title, renderForm(form, source));

const dialog = (title: string, card: IAdaptiveCard): TaskModuleResponse => ({
  task: {
    type: "continue",
    value: {
      title,
      height: "medium",
      width: "medium",
      card: { contentType: "application/vnd.microsoft.card.adaptive", content: card },
    },
  },
});
