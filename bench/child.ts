import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { nodeEnvironment, nodeFlags } from "../src/cli/nodeFlags.mjs";

const root = path.join(import.meta.dirname, "..");

export interface Child {
  process: ChildProcess;
  url: string;
  stop(): Promise<void>;
}

/** Runs a file of ours and waits until it prints that it runs, and where. */
export async function startChild(file: string, given: string[], environment: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, [...nodeFlags, path.join(root, file), ...given], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...nodeEnvironment(root), ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  await new Promise<void>((running, failed) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("Ctrl-C ends it")) running();
    });
    child.once("exit", (code) => failed(new Error(`${file} ended with ${code}: ${printed}`)));
  });
  return {
    process: child,
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "",
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
