import { deliverAll } from "../../src/jobs/deliver.ts";
import { sweep } from "../../src/jobs/sweep.ts";
import { type Hospital, silentLog } from "../support/hospital.ts";
import { memoryMessenger } from "./messenger.ts";

/** Delivers what is due whenever it is called, and answers with whom it went to and what it says. */
export function delivering(hospital: Hospital): () => Promise<string[]> {
  const platform = memoryMessenger("web");
  const parts = {
    store: hospital.store,
    services: hospital.services,
    messengers: new Map([["web" as const, platform.messenger]]),
    clock: () => hospital.clock.now,
    log: silentLog,
  };
  return async () => {
    const due: (readonly string[])[] = [];
    const before = platform.sent.length;
    const queue: Parameters<typeof sweep>[1] = {
      deliver: async (given) => void due.push(...given.map(({ notices }) => notices)),
    };
    await sweep(hospital.store, queue, hospital.clock.now);
    for (const notices of due) await deliverAll(parts, hospital.organisationId, notices);
    return platform.sent
      .slice(before)
      .map(({ to, text }) => `${to}: ${text}`)
      .sort();
  };
}
