import type { Platform } from "../chat/request.ts";
import type { Log } from "../log.ts";

/** What is being done, so that stopping can wait for it, and so that an answer in time is not held up by it. */
export class Work {
  readonly #running = new Set<Promise<unknown>>();
  readonly #platform: Platform;
  readonly #log: Log;

  constructor(platform: Platform, log: Log) {
    this.#platform = platform;
    this.#log = log;
  }

  /** Does it without anybody waiting. */
  background(task: Promise<unknown>): void {
    const done = task
      .catch((cause: unknown) =>
        this.#log.error({ platform: this.#platform, reason: "background", cause }, "An answer could not be given."),
      )
      .finally(() => this.#running.delete(done));
    this.#running.add(done);
  }

  /** The result, or undefined when it is not there in time; it goes on then. */
  async inTime<Result extends object>(task: Promise<Result>, milliseconds: number): Promise<Result | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, milliseconds, undefined);
    });
    try {
      return await Promise.race([task, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async finished(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
