import type { Answer, ShowProgress } from "../../src/chat/reply.ts";
import type { Answers } from "./answers.ts";
import type { Arrival } from "./read.ts";

/** Work that may take its time: how far it is stands in one message, which the answer replaces. */
export class Underway {
  readonly #answers: Answers;
  /** What has to be shown, one after the other; in the end where the message stands. */
  #shown: Promise<Arrival>;

  constructor(answers: Answers, arrival: Arrival) {
    this.#answers = answers;
    this.#shown = Promise.resolve(arrival);
  }

  readonly show: ShowProgress = (card, reader) => {
    this.#shown = this.#shown.then((arrival) => this.#answers.showProgress(arrival, card, reader));
  };

  /** Sends the answer, in place of what was shown of the progress. Returns where it stands. */
  async deliver(answer: Answer): Promise<Arrival> {
    const arrival = await this.#shown;
    await this.#answers.deliver(arrival, arrival.progress ? inPlace(answer) : answer);
    return arrival;
  }
}

const inPlace = (answer: Answer): Answer =>
  answer.reply.type === "privately" ? { ...answer, reply: { type: "update", card: answer.reply.card } } : answer;
