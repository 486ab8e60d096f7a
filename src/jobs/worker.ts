import type { Log } from "../log.ts";
import { connectionTo, type JobData, type JobQueue, type QueueHome, queueName, sweepEvery } from "./queue.ts";

export interface JobWork {
  sweep(): Promise<void>;
  deliver(organisation: string, notices: readonly string[]): Promise<void>;
}

export interface JobWorker {
  /** Ends when the jobs in hand are done. */
  close(): Promise<void>;
}

/** Deliveries at the same time: most of each is waiting for a platform. */
const atOnce = 8;
/** A job of a process that was killed is taken up again after some seconds; both only ask the rows, so twice is harmless. */
const patience = { lockDuration: 15_000, stalledInterval: 5_000 };

/**
 * Works the queue. Every process starts a sweep on its own timer, not one that the queue keeps, so that a queue that was
 * emptied fills again.
 * @param stalled in milliseconds of the queue's own clock, which is another one than `clock` where time is simulated
 */
export function startWorker(
  home: QueueHome,
  queue: JobQueue,
  work: JobWork,
  log: Log,
  clock: () => Date,
  stalled: typeof patience = patience,
): JobWorker {
  const { connection, classes, close } = connectionTo(home, log);
  const worker = new classes.Worker<JobData, void>(
    queueName,
    async (job) => {
      const { organisation, notices } = job.data;
      if (job.name === "sweep") await work.sweep();
      else if (organisation !== undefined && notices !== undefined) await work.deliver(organisation, notices);
    },
    { connection, concurrency: atOnce, maxStalledCount: 5, ...stalled },
  );
  worker.on("error", (cause) => log.warn({ cause, reason: "queue" }, "the worker cannot reach its queue"));
  worker.on("failed", (job, cause) =>
    log.error({ cause, job: job?.name ?? "unknown" }, "a job failed; the next sweep takes it up again"),
  );
  const sweep = () =>
    queue.sweep(clock()).catch((cause) => log.warn({ cause, reason: "queue" }, "could not queue a sweep"));
  const timer = setInterval(sweep, sweepEvery);
  void sweep();
  queue.wake();
  return {
    async close() {
      clearInterval(timer);
      await worker.close();
      await close();
    },
  };
}
