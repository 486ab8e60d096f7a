import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { nodeEnvironment } from "../../src/cli/nodeFlags.mjs";
import { isAlive } from "../../src/store/cluster.ts";
import { Running } from "./miniature.ts";

const program = path.join(import.meta.dirname, "../../src/cli/rounds.ts");

/** The environment of a process that a test starts: nothing of ours that Rounds would read. */
export const bareEnvironment = (): Record<string, string> => ({
  ...nodeEnvironment(path.join(import.meta.dirname, "../..")),
  ...Object.fromEntries(
    ["PATH", "HOME", "USER"].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
});

/** The command line as a process of its own, without input: `launch(["incident", "list"], { ROUNDS_DATA })`. */
export function launch(words: string[], environment: Record<string, string>, folder?: string): Running {
  const running = launchAtTerminal(words, environment, folder);
  running.process.stdin?.end();
  return running;
}

/** The same with an input that stays open, as a terminal's does. */
export const launchAtTerminal = (words: string[], environment: Record<string, string>, folder?: string): Running =>
  new Running(
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...words], {
      cwd: folder ?? process.cwd(),
      env: { ...bareEnvironment(), ...environment },
      stdio: ["pipe", "pipe", "pipe"],
    }),
  );

/** Runs a command to its end. */
export async function rounds(words: string[], environment: Record<string, string>, folder?: string) {
  const running = launch(words, environment, folder);
  const code = await running.ending();
  return { code, out: running.out, errors: running.errors };
}

/** Whether the PostgreSQL server of a data folder runs. */
export async function databaseRuns(dataFolder: string): Promise<boolean> {
  const file = path.join(dataFolder, "postgres/data/postmaster.pid");
  const pid = Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
  return pid > 0 && isAlive(pid);
}

/** Address of the embedded database of a data folder, while it runs. */
export async function databaseUrl(dataFolder: string): Promise<string> {
  const read = (name: string) => readFile(path.join(dataFolder, "postgres", name), "utf8");
  return `postgres://rounds:${await read("password")}@127.0.0.1:${(await read("port")).trim()}/postgres`;
}
