import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { findProgram } from "./needs.ts";

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
}

/** A real Redis of its own, in a temporary folder. */
export async function startRedis(): Promise<TestRedis> {
  const program = findProgram("redis-server");
  if (program === undefined) throw new Error("redis-server is not installed.");
  const folder = await mkdtemp(path.join(tmpdir(), "rounds-redis-"));
  const { server, port } = await startServer(program, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, "exit");
      server.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** On a port that was free a moment ago; on another one where somebody took it since. */
async function startServer(program: string, folder: string): Promise<{ server: ChildProcess; port: number }> {
  for (;;) {
    const port = await freePort();
    const server = spawn(program, ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    const isReady = await new Promise<boolean>((resolve, reject) => {
      server.stdout.on("data", (words: Buffer) => {
        said += words.toString();
        if (said.includes("Ready to accept connections")) resolve(true);
      });
      server.once("error", reject);
      server.once("close", () => resolve(false));
    });
    if (isReady) return { server, port };
    if (!said.includes("Address already in use")) throw new Error(`Redis did not start: ${said}`);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}
