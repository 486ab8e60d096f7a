import type { Answer, ShowProgress } from "../../src/chat/reply.ts";
import type { Answers, Went } from "./answers.ts";
import type { Source } from "./payload.ts";
import type { Arrival } from "./read.ts";

/** Work that may take its time: how far it is stands in one message, which the answer replaces. */
export class Underway {
  readonly #answers: Answers;
  readonly #arrival: Arrival;
  readonly #source: Source | undefined;
  /** What has to be shown, one after the other; in the end the message that shows it. */
  #shown: Promise<Source | undefined> = Promise.resolve(undefined);

  /** With the card whose button was used, where one was. */
  constructor(answers: Answers, arrival: Arrival, source?: Source) {
    this.#answers = answers;
    this.#arrival = arrival;
    this.#source = source;
  }

  readonly show: ShowProgress = (card, reader) => {
    this.#shown = this.#shown.then((shown) =>
      this.#answers.showProgress(this.#arrival, shown ?? this.#source, card, reader),
    );
  };

  /** Goes on when nothing of the progress is on its way any more, which would come after the answer. */
  async shown(): Promise<void> {
    await this.#shown;
  }

  /** Sends the answer, in place of what was shown of the progress. */
  async deliver(answer: Answer): Promise<Went> {
    const shown = await this.#shown;
    const { reply } = answer;
    if (shown === undefined || reply.type !== "privately")
      return this.#answers.deliver(this.#arrival, answer, shown ?? this.#source);
    return this.#answers.deliver(this.#arrival, { ...answer, reply: { type: "update", card: reply.card } }, shown);
  }
}
