import type { ModalView, PlainTextOption } from "@slack/types";
import type { Bot } from "../../src/bot/bot.ts";
import type { Work } from "../../src/bot/work.ts";
import { card, paragraph } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import type { Answer } from "../../src/chat/reply.ts";
import type { Request } from "../../src/chat/request.ts";
import { text } from "../../src/chat/text.ts";
import type { Log } from "../../src/log.ts";
import type { Answers } from "./answers.ts";
import type { Connector } from "./connector.ts";
import { entryOptions } from "./field.ts";
import { directoryOf, errorsIn, fieldOf, renderForm, savingView } from "./form.ts";
import { answerMilliseconds } from "./limits.ts";
import { isRecord, readMetadata, type Source, word } from "./metadata.ts";
import { type Arrival, readSubmission, runRequest, sourceOf, teamOf } from "./read.ts";
import { renderCardView } from "./render.ts";
import { submittedInput, typedIn } from "./submitted.ts";

type Payload = Record<string, unknown>;

/** What Slack does with a modal that was sent; undefined closes it. */
export type SubmissionAnswer =
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "update"; view: ModalView }
  | { response_action: "clear" };

/** Forms: opened before anything slow is done, and answered in time when they are sent. */
export class Modals {
  readonly #bot: Bot;
  readonly #connector: Connector;
  readonly #answers: Answers;
  readonly #work: Work;
  readonly #log: Log;

  constructor(bot: Bot, connector: Connector, answers: Answers, work: Work, log: Log) {
    this.#bot = bot;
    this.#connector = connector;
    this.#answers = answers;
    this.#work = work;
    this.#log = log;
  }

  /** The form opens at once; what the bot says of it follows. A trigger that opens nothing any more is answered by a card. */
  async open(arrival: Arrival, form: Form, trigger: string, request: Request): Promise<void> {
    if (!this.#answers.claims(trigger)) return;
    const source = sourceOf(arrival);
    const first = renderForm(form, { source });
    const opening = this.#connector.openView(trigger, first).catch((cause: unknown) => {
      this.#log.warn({ platform: "slack", reason: "trigger", cause }, "A modal could not be opened.");
      return undefined;
    });
    const answer = await this.#bot.handle(request);
    const view = await opening;
    const { trigger: _, ...withoutTrigger } = arrival;
    if (view === undefined) return this.#answers.deliver(withoutTrigger, answer);
    await this.#show(withoutTrigger, view, answer, source, first);
  }

  /** The bot's answer in the modal that is open: another form, or a card in its place. */
  async #show(arrival: Arrival, view: string, answer: Answer, source: Source, shown?: ModalView): Promise<void> {
    const { reply, reader } = answer;
    switch (reply.type) {
      case "form":
        if (shown !== undefined && isSame(shown, renderForm(reply.form, { source, zone: reader.zone }))) return;
        // Where it is gone, the person has sent or closed it meanwhile.
        await this.#answers.showForm(view, reply.form, source, reader);
        return;
      case "nothing":
        await this.#answers.showInModal(view, done, reader);
        return;
      case "privately":
        if (await this.#answers.showInModal(view, reply.card, reader))
          await this.#answers.givePictures(arrival, reply.card);
        else await this.#answers.deliver(arrival, answer);
        return;
      case "here":
      case "update":
        await this.#answers.showInModal(view, reply.card, reader);
        await this.#answers.deliver(arrival, answer);
        return;
    }
  }

  /** A filled-in form: errors under its fields, or it closes and the answer goes to where the form came from. */
  async submit(body: Payload): Promise<SubmissionAnswer> {
    const view = isRecord(body.view) ? body.view : {};
    const metadata = readMetadata(view.private_metadata);
    const arrival = metadata && readSubmission(body, metadata.source);
    if (metadata === undefined || arrival === undefined)
      return { response_action: "update", view: renderCardView(outdated, { zone: "UTC", mentions: {} }, "Rounds") };
    const fields = this.#bot.menu.find(metadata.command)?.input ?? {};
    const download = (file: Payload) => this.#connector.download(file);
    const work = submittedInput(fields, metadata, view, download).then((input) =>
      this.#bot.handle(runRequest(arrival, metadata.command, input)),
    );
    const answer = await this.#work.inTime(work, answerMilliseconds);
    if (answer === undefined) {
      this.#work.background(work.then((late) => this.#showLate(arrival, word(view.id), late, metadata.source)));
      const title = isRecord(view.title) ? word(view.title.text) : "Rounds";
      return { response_action: "update", view: savingView(title, typedIn(view, metadata.zone)) };
    }
    if (answer.reply.type === "form") {
      const { form } = answer.reply;
      const errors = errorsIn(form, view.blocks);
      if (errors !== undefined) return { response_action: "errors", errors };
      const asked = { source: metadata.source, zone: answer.reader.zone };
      return { response_action: "update", view: renderForm(form, asked) };
    }
    this.#work.background(this.#answers.deliver(arrival, answer));
    return { response_action: "clear" };
  }

  /** The person may have closed the modal by now: the answer is sent as well, unless the form is open to be corrected. */
  async #showLate(arrival: Arrival, view: string, answer: Answer, source: Source): Promise<void> {
    const { reply, reader } = answer;
    const shown =
      reply.type === "form"
        ? await this.#answers.showForm(view, reply.form, source, reader)
        : await this.#answers.showInModal(view, reply.type === "nothing" ? done : reply.card, reader);
    if (!shown || reply.type !== "form") await this.#answers.deliver(arrival, answer);
  }

  /** Entries of our directory for what is typed in a form's field. */
  async suggest(body: Payload): Promise<PlainTextOption[]> {
    const { user, view } = body;
    const directory = directoryOf(body.block_id);
    if (directory === undefined || !isRecord(user)) return [];
    const asker = { platform: "slack", tenant: teamOf(body, user), user: word(user.id) } as const;
    const typed = word(body.value);
    const search = this.#bot.options(asker, directory, typed);
    // What is found too late is shown when the person types on.
    this.#work.background(search);
    const found = await this.#work.inTime(search, answerMilliseconds).catch(() => []);
    const metadata = readMetadata(isRecord(view) ? view.private_metadata : undefined);
    const takes = this.#bot.menu.find(metadata?.command ?? "")?.input[fieldOf(word(body.block_id))]?.takes;
    const mayBeHere = takes?.kind === "entry" && takes.here === true && "this place here".includes(typed.toLowerCase());
    return entryOptions(found ?? [], mayBeHere);
  }
}

/** The person sees the same and it carries the same, apart from the zone. */
function isSame(one: ModalView, other: ModalView): boolean {
  const what = ({ blocks, title, private_metadata }: ModalView) =>
    JSON.stringify([blocks, title, readMetadata(private_metadata)?.carried]);
  return what(one) === what(other);
}

const done = card(text`There is nothing to fill in.`, paragraph(text`There is nothing to fill in here.`));
export const outdated = card(
  text`This is from an older card.`,
  paragraph(text`This is from an older card. Please ask again for what you want to see.`),
);
