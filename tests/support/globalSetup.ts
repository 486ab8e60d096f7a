import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { clusterIn, stopServer } from "../../src/store/cluster.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the database server that the test files of one run share; the first that needs it starts it. */
    databaseFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "rounds-tests-"));
  project.provide("databaseFolder", folder);
  return async () => {
    const postgres = path.join(folder, "postgres");
    if (existsSync(postgres)) await stopServer(await clusterIn(postgres), 100);
    await rm(folder, { recursive: true, force: true });
  };
}
