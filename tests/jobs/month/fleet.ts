import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bareEnvironment } from "../../support/rounds.ts";

const program = path.join(import.meta.dirname, "../../support/workerProcess.ts");

/**
 * Processes that work the queue, all of them by one clock that is set here. A job of one that was killed is taken up after
 * `lock`, in milliseconds of the machine.
 */
export async function openFleet(
  from: number,
  given: { databaseUrl: string; platform: string; lock: number; redisUrl: string | undefined },
) {
  const folder = await mkdtemp(path.join(tmpdir(), "rounds-month-"));
  const clockFile = path.join(folder, "clock");
  await writeFile(clockFile, String(from));
  let now = from;
  const running: ChildProcess[] = [];
  const inHand = new Map<ChildProcess, number>();
  const { databaseUrl, platform, lock, redisUrl } = given;
  const words = [clockFile, databaseUrl, platform, String(lock), ...(redisUrl ? [redisUrl] : [])];
  const start = async () => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...words], {
      // What was compiled once is not compiled again with each of the many starts.
      env: { ...bareEnvironment(), NODE_COMPILE_CACHE: path.join(folder, "compiled") },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    running.push(child);
    child.on("message", (count: number) => inHand.set(child, count));
    await once(child, "message");
  };
  return {
    start,
    now: () => now,
    /** No process has a job in hand. */
    isIdle: () => running.every((child) => (inHand.get(child) ?? 0) === 0),
    /** Thirteen digits over thirteen: nobody reads half of a time. */
    set(to: number) {
      now = to;
      writeFileSync(clockFile, String(to), { flag: "r+" });
    },
    /** Ends one at once, in the midst of what it does; the others go on. */
    async kill(which: number) {
      const [child] = running.splice(which % running.length, 1);
      if (!child) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async close() {
      for (const child of running) child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
