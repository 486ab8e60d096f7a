import { createHmac, randomBytes } from "node:crypto";
import type { Answer, ShowProgress } from "../chat/reply.ts";
import type { Request } from "../chat/request.ts";

/**
 * How long a key and what was told apart by it lives, and how often there is a new one: a delivery is remembered for
 * eight to ten minutes, longer than Slack tries one again (at once, after one minute, and after five more).
 * https://docs.slack.dev/apis/events-api/#retries
 */
const keyLives = 10 * 60_000;
const newKeyAfter = 2 * 60_000;
const rememberedAtMost = 5_000;

/** A delivery that is being answered, or that was; of one that only read the answer is not kept, it can be read again. */
interface Delivery {
  answer: Promise<Answer> | undefined;
}

/** Deliveries under one key, in the order they came. */
interface Generation {
  key: Buffer;
  madeAt: number;
  known: Map<string, Delivery>;
}

/**
 * Gives the same delivery the same answer, also while the first one is still being made. Memory of this process alone: a
 * change is claimed in the database as well, unless it leaves no trace. Deliveries are told apart by keyed hashes whose
 * keys are nowhere but here and gone after ten minutes, so that nothing tells later who sent what.
 */
export function answeredOnce(
  answerTo: (request: Request, show?: ShowProgress) => Promise<Answer>,
  onlyRead: (request: Request) => boolean,
): (request: Request, show?: ShowProgress) => Promise<Answer> {
  let generations: Generation[] = [];

  /** The newest first. */
  function current(): [Generation, ...Generation[]] {
    const [newest, ...older] = generations;
    if (newest && Date.now() - newest.madeAt < newKeyAfter) return [newest, ...older];
    const made: Generation = { key: randomBytes(32), madeAt: Date.now(), known: new Map() };
    generations.unshift(made);
    setTimeout(() => {
      generations = generations.filter((one) => one !== made);
      made.key.fill(0);
      made.known.clear();
    }, keyLives).unref();
    return [made, ...generations.slice(1)];
  }

  function forgetTooMany(): void {
    const all = generations.reduce((sum, { known }) => sum + known.size, 0);
    const oldest = generations.findLast(({ known }) => known.size > 0)?.known;
    const [first] = oldest?.keys() ?? [];
    if (all >= rememberedAtMost && first !== undefined) oldest?.delete(first);
  }

  return async (request, show) => {
    const [newest, ...older] = current();
    const mark = markOf(request, newest.key);
    const before =
      newest.known.get(mark) ??
      older.map(({ key, known }) => known.get(markOf(request, key))).find((one) => one !== undefined);
    if (before) return { ...(await (before.answer ?? answerTo(request))), repeated: true };
    forgetTooMany();
    const answering = answerTo(request, show);
    const delivery: Delivery = { answer: answering };
    newest.known.set(mark, delivery);
    const answer = await answering;
    // A form is not the end of a request: the same view is submitted again, corrected.
    if (answer.reply.type === "form") newest.known.delete(mark);
    if (onlyRead(request)) delivery.answer = undefined;
    return answer;
  };
}

const markOf = ({ asker, id }: Request, key: Buffer): string =>
  createHmac("sha256", key)
    .update(JSON.stringify([asker.platform, asker.tenant, id]))
    .digest("base64url");
