import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

const beginning = `
const { appendFileSync, existsSync } = require("node:fs");
const log = (word) => appendFileSync(__dirname + "/../../installed.log", word + " ");
log("begun");`;

const installation = `${beginning}
log("ended");`;

/** Goes on until the file `released` is there. */
export const heldInstallation = `${beginning}
const look = setInterval(() => {
  if (!existsSync(__dirname + "/../../released")) return;
  clearInterval(look);
  log("ended");
}, 20);`;

const makingClient = `
const fs = require("node:fs");
fs.mkdirSync("prisma/generated", { recursive: true });
fs.appendFileSync("made.log", "made ");`;

/**
 * A clone in small, with the real launcher and the real npm: its packages are folders of its own, so that they are
 * installed at once and without a network. `installed.log` and `made.log` tell what has been done to it.
 */
export async function makeMiniature(): Promise<Miniature> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "rounds-launch-")));
  const miniature = new Miniature(folder);
  for (const file of ["launch.mjs", "nodeFlags.mjs", "prepare.mjs", "prepared.mjs", "turn.mjs"])
    await cp(path.join(root, "src/cli", file), path.join(folder, "src/cli", file));
  await miniature.write("prisma/schema.prisma", "// a schema\n");
  await miniature.write("packages/node/package.json", '{ "name": "node", "version": "1.0.0" }');
  await mkdir(path.join(folder, "packages/node/bin"));
  await symlink(process.execPath, path.join(folder, "packages/node/bin/node"));
  await miniature.write("packages/prisma/package.json", '{ "name": "prisma", "version": "1.0.0" }');
  await miniature.write("packages/prisma/build/index.js", makingClient);
  await miniature.writePackage("1.0.0");
  const start = { start: "node src/cli/launch.mjs src/main.ts" };
  await miniature.write("package.json", JSON.stringify({ name: "miniature", type: "module", scripts: start }));
  const packages = ["node", "prisma", "logged"].map((name) => `./packages/${name}`);
  await run("npm", ["install", "--package-lock-only", "--no-audit", ...packages], { cwd: folder });
  return miniature;
}

class Miniature {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The package that logs its installation has a new version, as after `git pull`. */
  async update(version: string, given = installation): Promise<void> {
    const lock = JSON.parse(await this.read("package-lock.json"));
    lock.packages["packages/logged"].version = version;
    await this.write("package-lock.json", JSON.stringify(lock));
    await this.writePackage(version, given);
  }

  async writePackage(version: string, given = installation): Promise<void> {
    const scripts = { install: "node install.js" };
    await this.write("packages/logged/package.json", JSON.stringify({ name: "logged", version, scripts }));
    await this.write("packages/logged/install.js", given);
  }

  async write(file: string, content: string): Promise<void> {
    await mkdir(path.dirname(path.join(this.folder, file)), { recursive: true });
    await writeFile(path.join(this.folder, file), content);
  }

  /** What the file says; nothing where it is not there. */
  async read(file: string): Promise<string> {
    return await readFile(path.join(this.folder, file), "utf8").catch(() => "");
  }

  launch(...given: string[]): Running {
    return this.start(process.execPath, ["src/cli/launch.mjs", "src/main.ts", ...given]);
  }

  start(program: string, args: string[]): Running {
    const { npm_lifecycle_event: _, npm_execpath: __, CI: ___, ...env } = process.env;
    return new Running(spawn(program, args, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

export class Running {
  readonly process: ChildProcessByStdio<Writable | null, Readable, Readable>;
  readonly #closed: Promise<number | NodeJS.Signals>;
  out = "";
  errors = "";

  constructor(child: ChildProcessByStdio<Writable | null, Readable, Readable>) {
    this.process = child;
    this.#closed = once(child, "close").then(([code, signal]) => code ?? signal);
    child.stdout.on("data", (words: Buffer) => {
      this.out += words.toString();
    });
    child.stderr.on("data", (words: Buffer) => {
      this.errors += words.toString();
    });
  }

  /** How it ended or will, once nobody writes to its output any more, its children included. */
  ending(): Promise<number | NodeJS.Signals> {
    return this.#closed;
  }
}
