import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { DatabaseError } from "./account.ts";
import { isAlive } from "./cluster.ts";

/** "roun" as a number: keeps our advisory locks apart from those of others. */
const OURS = 0x726f_756e;
/** Shared by every process that uses the embedded database. */
export const PRESENCE = 1;
/** Had by the one service of a data folder. */
const SERVICE = 2;
/** Had by the process that applies migrations. */
const MIGRATION = 3;

/** How long, in milliseconds, the next service waits for one that runs, and for one that is ending or gone. */
const PATIENCE = 1_500;
const ENDING_PATIENCE = 15_000;

/** Takes an advisory lock for as long as the connection lasts, if it is to be had now. A share is given up to be alone. */
export async function claim(client: pg.Client, lock: number, how: "shared" | "alone"): Promise<boolean> {
  if (how === "shared") return await ask(client, "pg_try_advisory_lock_shared", lock);
  await ask(client, "pg_advisory_unlock_shared", lock);
  return await ask(client, "pg_try_advisory_lock", lock);
}

async function ask(client: pg.Client, what: string, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ answer: boolean }>(`SELECT ${what}($1, $2) AS answer`, [OURS, lock]);
  return rows[0]?.answer === true;
}

/** Makes this process the one service of the data folder, or says which process is. */
export async function holdAsService(client: pg.Client, folder: string): Promise<void> {
  const began = Date.now();
  while (!(await claim(client, SERVICE, "alone"))) {
    const holder = await findHolder(client);
    // Whoever had it has just gone, or was killed, and a busy server has not noticed yet.
    const isLeaving = !holder || holder.ending || !isAlive(holder.pid);
    const patience = isLeaving ? ENDING_PATIENCE : PATIENCE;
    if (Date.now() - began > patience) throw new DatabaseError(held(folder, holder));
    await wait(50);
  }
}

/** Lets a service that starts now wait for us instead of being refused. */
export async function announceEnd(client: pg.Client): Promise<void> {
  await client.query("SELECT set_config('application_name', $1, false)", [`rounds ${process.pid} ending`]);
}

const held = (folder: string, holder: Holder | undefined): string =>
  `Rounds already runs on the data in ${folder}${holder ? `, as process ${holder.pid}` : ""}. End that one first, or set ROUNDS_DATA to another folder.`;

interface Holder {
  pid: number;
  ending: boolean;
}

/** The process that has the hold; it has written its number into the name of its connection. */
async function findHolder(client: pg.Client): Promise<Holder | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted`,
    [OURS, SERVICE],
  );
  const [, pid, ending] = /^rounds (\d+)( ending)?$/.exec(rows[0]?.name ?? "") ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), ending: ending !== undefined };
}

/** Waits until this process is the one that applies migrations. */
export async function claimMigration(client: pg.Client): Promise<void> {
  await client.query("SELECT pg_advisory_lock($1, $2)", [OURS, MIGRATION]);
}
