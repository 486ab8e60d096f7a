import type { Answer } from "../chat/reply.ts";
import type { Request } from "../chat/request.ts";

/**
 * How long a delivery is remembered, so that the same one coming again is told apart (Slack tries again for some minutes),
 * and how many at the most.
 */
const rememberedFor = 10 * 60_000;
const rememberedAtMost = 5_000;

/** A delivery that is being answered, or that was; of one that only read the answer is not kept, it can be read again. */
interface Delivery {
  answer: Promise<Answer> | undefined;
  at: number;
}

/**
 * Gives the same delivery the same answer, also while the first one is still being made. Memory of this process alone: a
 * change is claimed in the database as well.
 */
export function answeredOnce(
  answerTo: (request: Request) => Promise<Answer>,
  onlyRead: (request: Request) => boolean,
): (request: Request) => Promise<Answer> {
  /** In the order they came. */
  const deliveries = new Map<string, Delivery>();

  function forgetOld(): void {
    const old = Date.now() - rememberedFor;
    for (const [key, { at }] of deliveries) {
      if (at > old && deliveries.size < rememberedAtMost) return;
      deliveries.delete(key);
    }
  }

  return async (request) => {
    const key = `${request.asker.platform}/${request.asker.tenant}/${request.id}`;
    const before = deliveries.get(key);
    if (before) return { ...(await (before.answer ?? answerTo(request))), repeated: true };
    forgetOld();
    const answering = answerTo(request);
    const delivery: Delivery = { answer: answering, at: Date.now() };
    deliveries.set(key, delivery);
    const answer = await answering;
    // A form is not the end of a request: the same view is submitted again, corrected.
    if (answer.reply.type === "form") deliveries.delete(key);
    if (onlyRead(request)) delivery.answer = undefined;
    return answer;
  };
}
