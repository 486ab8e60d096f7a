import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** PostgreSQL refuses to run as root, so as root its programs run under the account that owns the data. */
export interface Account {
  uid: number;
  gid: number;
}

/** How to start a program: `spawn(file, args, options)`. */
export interface Launch {
  file: string;
  args: string[];
  options: Partial<Account>;
}

/** The database cannot be opened, and the message says what to do about it. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
}

/** The account for a new cluster: ours, or as root that of `postgres`, which is made where it is missing. */
export async function accountForNewCluster(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await findPostgres();
  if (found) return found;
  await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"]).catch(
    (cause: unknown) => {
      throw new DatabaseError(
        "PostgreSQL does not run as root, and an account named postgres could not be made for it. Start Rounds as another user, or set DATABASE_URL.",
        { cause },
      );
    },
  );
  return await findPostgres();
}

async function findPostgres(): Promise<Account | undefined> {
  try {
    const [user, group] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(user.stdout), gid: Number(group.stdout) };
  } catch {
    return undefined;
  }
}

/** The account that a cluster belongs to; nobody but root can be another than it. */
export async function accountOf(folder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = await stat(folder);
  return uid === 0 ? undefined : { uid, gid };
}

/**
 * How the account runs a program that works in a folder. Where the account cannot reach one of them, as in a clone in
 * root's own home, it gets the one capability that lets it pass closed folders.
 */
export async function launchAs(
  account: Account | undefined,
  program: string,
  args: string[],
  folder: string,
): Promise<Launch> {
  if (!account) return { file: program, args, options: {} };
  const closed = (await closedFolder(program, account)) ?? (await closedFolder(path.join(folder, "."), account));
  if (closed === undefined) return { file: program, args, options: account };
  const capability = await passingCapability();
  if (capability === undefined || !(await hasSetpriv())) throw new DatabaseError(unreachable(closed));
  const identity = ["--reuid", String(account.uid), "--regid", String(account.gid), "--clear-groups"];
  // Without the securebit access(2), by which PostgreSQL looks for its own programs, leaves capabilities out of account.
  const passing = ["--securebits", "+no_setuid_fixup", "--inh-caps", capability, "--ambient-caps", capability];
  return { file: "setpriv", args: [...identity, ...passing, "--", program, ...args], options: {} };
}

const unreachable = (folder: string): string =>
  `PostgreSQL does not run as root, and its own account cannot enter ${folder}. Move Rounds and its data (ROUNDS_DATA) out of that folder, start Rounds as another user, or set DATABASE_URL.`;

/** The first folder above a file that the account may not pass. */
async function closedFolder(file: string, account: Account): Promise<string | undefined> {
  let folder = path.dirname(file);
  const above: string[] = [];
  while (folder !== path.dirname(folder)) {
    above.unshift(folder);
    folder = path.dirname(folder);
  }
  for (const each of above) if (!mayPass(await stat(each), account)) return each;
  return undefined;
}

function mayPass(folder: { mode: number; uid: number; gid: number }, account: Account): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/** The least capability that passes closed folders, of those that we have ourselves: containers often have only the second. */
async function passingCapability(): Promise<string | undefined> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
  if (held & (1n << 2n)) return "+dac_read_search";
  if (held & (1n << 1n)) return "+dac_override";
  return undefined;
}

async function hasSetpriv(): Promise<boolean> {
  return await run("setpriv", ["--version"]).then(
    () => true,
    () => false,
  );
}
