import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noProgress } from "../../src/cli/progress.ts";
import { DatabaseError } from "../../src/store/account.ts";
import { openDatabase } from "../../src/store/database.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rounds-folder-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const refusal = async (dataFolder: string) => {
  const error = await openDatabase({ dataFolder, progress: noProgress }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseError);
  return error instanceof Error ? error.message : "";
};

describe("a data folder that cannot be used", () => {
  it("is named, with the variable that chooses another", async () => {
    await writeFile(path.join(folder, "file"), "");
    expect(await refusal(path.join(folder, "file"))).toMatch(/^The data folder cannot be written: .*Set ROUNDS_DATA/);
  });
});

describe("a server of one's own", () => {
  it("is used as it is, and nothing is made in the data folder", async () => {
    const databaseUrl = "postgres://rounds@127.0.0.1:1/rounds";
    const database = await openDatabase({ databaseUrl, dataFolder: path.join(folder, "none"), progress: noProgress });
    expect(database).toMatchObject({ url: databaseUrl, embedded: false });
    await database.stop();
    await expect(rm(path.join(folder, "none"))).rejects.toThrow("ENOENT");
  });
});
