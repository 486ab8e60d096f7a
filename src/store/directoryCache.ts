import pg from "pg";
import type { Identity } from "../chat/request.ts";
import type { Log } from "../log.ts";
import type { Asker } from "./askers.ts";

/** People are forgotten all together beyond this, which is more than any hospital's staff online. */
const keptAtMost = 20_000;
const reconnectAfter = 1_000;

export interface DirectoryCache {
  asker(identity: Identity, find: () => Promise<Asker | undefined>): Promise<Asker | undefined>;
  close(): Promise<void>;
}

/**
 * Keeps who asks, so that a command that only reads costs no query for it. The database tells every process of each change
 * to people, units, identities and organisations (triggers of the migration `directory_changes`); while its word cannot be
 * heard nothing is kept, so that access that was taken away is gone at once.
 */
export function openDirectoryCache(url: string, log: Log): DirectoryCache {
  const kept = new Map<string, Asker>();
  let hearing = false;
  /** Counts what was forgotten: an answer that was read before must not be kept after. */
  let forgotten = 0;
  let client: pg.Client | undefined;
  let closed = false;
  let again: NodeJS.Timeout | undefined;

  const forget = () => {
    forgotten += 1;
    kept.clear();
  };
  const lost = () => {
    if (client === undefined) return;
    hearing = false;
    client = undefined;
    forget();
    if (!closed) again = setTimeout(hear, reconnectAfter);
  };
  const hear = () => {
    const listening = new pg.Client({ connectionString: url, keepAlive: true });
    client = listening;
    listening.on("notification", forget);
    listening.on("error", lost);
    listening.on("end", lost);
    listening
      .connect()
      .then(() => listening.query("LISTEN rounds_directory"))
      .then(() => {
        forget();
        hearing = client === listening;
      })
      .catch((cause) => {
        log.warn(
          { cause, reason: "directory" },
          "changes of the directory cannot be heard; nothing of it is kept meanwhile",
        );
        lost();
      });
  };
  hear();

  return {
    async asker({ platform, tenant, user }, find) {
      const key = `${platform}/${tenant}/${user}`;
      const known = hearing ? kept.get(key) : undefined;
      if (known) return known;
      const before = forgotten;
      const found = await find();
      if (found?.person && hearing && before === forgotten) {
        if (kept.size >= keptAtMost) forget();
        kept.set(key, found);
      }
      return found;
    },
    async close() {
      closed = true;
      clearTimeout(again);
      await client?.end().catch(() => {});
    },
  };
}
