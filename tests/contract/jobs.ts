import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { deliverAll } from "../../src/jobs/deliver.ts";
import type { JobQueue } from "../../src/jobs/queue.ts";
import { sweep } from "../../src/jobs/sweep.ts";
import { type Hospital, silentLog } from "../support/hospital.ts";

/** The real sweep and the real delivery, one notice after another; the queue between them has tests of its own. */
export async function deliverDue(hospital: Hospital, messengers: ReadonlyMap<Platform, Messenger>): Promise<void> {
  const due: Parameters<JobQueue["deliver"]>[0][number][] = [];
  const queue: JobQueue = {
    wake() {},
    async sweep() {},
    async deliver(given) {
      due.push(...given);
    },
    async close() {},
  };
  await sweep(hospital.store, queue, hospital.clock.now);
  for (const { organisation, notices } of due)
    await deliverAll(
      { ...hospital, messengers, clock: () => hospital.clock.now, log: silentLog },
      organisation,
      notices,
    );
}
