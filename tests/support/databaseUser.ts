import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** What the process says: the address of the database, or why it did not get it. */
export interface Saying {
  url?: string;
  refused?: string;
  lost?: string;
}

/** A process of its own that uses the embedded database of a folder (databaseProcess.ts). */
export class DatabaseUser {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  readonly #sayings: AsyncIterator<string>;

  constructor(dataFolder: string, role: "service" | "visitor", program = ownProgram) {
    this.process = spawn(process.execPath, [program, dataFolder, role], {
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    this.#sayings = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error("The process did not start.");
    return this.process.pid;
  }

  async says(): Promise<Saying> {
    const next = await this.#sayings.next();
    return next.done ? {} : JSON.parse(next.value);
  }

  /** The address that it got; fails the test when it was refused. */
  async url(): Promise<string> {
    const { url, refused } = await this.says();
    if (url === undefined) throw new Error(refused ?? "The process ended without a word.");
    return url;
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill(signal);
    await ended;
  }
}

const ownProgram = path.join(import.meta.dirname, "databaseProcess.ts");
