import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A message that the platform took. */
export interface Accepted {
  id: string;
  conversation: string;
  /** By the clock of the month, and by that of the machine. */
  at: number;
  really: number;
}

/** A platform on a loopback port that writes down what it takes; while it is held, it takes and does not answer. */
export async function recordingPlatform(clock: () => number) {
  const accepted: Accepted[] = [];
  const waiting: { count: number; reached: () => void }[] = [];
  let held: Promise<void> | undefined;
  const server = createServer(async (request, response) => {
    const id = `m${accepted.length + 1}`;
    accepted.push({ id, conversation: (request.url ?? "").slice(1), at: clock(), really: Date.now() });
    for (const one of waiting.splice(0)) {
      if (accepted.length >= one.count) one.reached();
      else waiting.push(one);
    }
    await held;
    response.end(JSON.stringify(id));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    /** Comes when so many messages were taken. */
    reached: (count: number) =>
      accepted.length >= count
        ? Promise.resolve()
        : new Promise<void>((reached) => void waiting.push({ count, reached })),
    hold(): () => void {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = undefined;
        release();
      };
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
