import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { deliverAll } from "../../src/jobs/deliver.ts";
import type { JobQueue } from "../../src/jobs/queue.ts";
import { sweep } from "../../src/jobs/sweep.ts";
import { type Hospital, silentLog } from "../support/hospital.ts";

/** One sweep, and the delivery of all that is due by now. */
export async function runJobs(hospital: Hospital, messengers: ReadonlyMap<Platform, Messenger>): Promise<void> {
  const due: (readonly string[])[] = [];
  const queue: Pick<JobQueue, "deliver"> = {
    async deliver(notices: Parameters<JobQueue["deliver"]>[0]) {
      due.push(...notices.filter((one) => one.tryAt <= hospital.clock.now).map((one) => one.notices));
    },
  };
  await sweep(hospital.store, queue, hospital.clock.now);
  const parts = { ...hospital, messengers, clock: () => hospital.clock.now, log: silentLog };
  await Promise.all(due.map((notices) => deliverAll(parts, hospital.organisationId, notices)));
}
