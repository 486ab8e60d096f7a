import type { JobQueue } from "../jobs/queue.ts";
import { NotConnected } from "./notConnected.ts";

/** In milliseconds: a queue that does not answer is reported rather than waited for. */
const patience = 10_000;

/** Looks whether the queue takes a job: a sweep, which does no harm. Throws {@link NotConnected}. */
export async function queueAnswers(queue: JobQueue, redisUrl: string | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error("no answer")), patience);
  });
  const place = redisUrl === undefined ? "The queue in the database" : `The Redis at ${new URL(redisUrl).host}`;
  try {
    await Promise.race([queue.sweep(new Date()), late]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "no answer";
    throw new NotConnected(
      `${place} cannot be used: ${reason}. ${redisUrl === undefined ? "Start again in a moment" : "Check REDIS_URL, or leave it out and the queue lives in the database"}.`,
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}
