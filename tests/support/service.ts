import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { bareEnvironment } from "./rounds.ts";

const source = path.join(import.meta.dirname, "../../src");

/** Rounds as a process of its own. */
export interface Service {
  process: ChildProcess;
  /** Everything it printed. */
  output(): string;
  /** The address that it printed: the simulator's, or else the one that platforms reach. */
  url: string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts Rounds and waits until it says that it is running; fails with what it printed where it ends instead.
 * @param words of the command line; without any it is started as `npm start` does
 */
export async function startService(environment: Record<string, string>, words: string[] = []): Promise<Service> {
  const program = path.join(source, words.length === 0 ? "main.ts" : "cli/rounds.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...words], {
    env: { ...bareEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  await new Promise<void>((running, failed) => {
    const look = () => printed.includes("Ctrl-C ends it") && running();
    child.stdout?.on("data", look);
    child.once("exit", (code, signal) =>
      failed(new Error(`Rounds ended (${code ?? signal}) before it ran:\n${printed}`)),
    );
  });
  return {
    process: child,
    output: () => printed,
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "",
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
  };
}
