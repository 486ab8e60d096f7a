import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { digestCard } from "../src/cards/digest.ts";
import { nodeFlags } from "../src/cli/nodeFlags.mjs";
import { noProgress } from "../src/cli/progress.ts";
import { createServices } from "../src/services.ts";
import { openDatabase } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { openStore, type Store } from "../src/store/store.ts";
import { due, settleDigests } from "./digestHospital.ts";

const processes = 2;

/** Digests of so many units with five readers each, prepared by two processes; and what one person waits for. */
export async function timeDigests(units: number): Promise<object[]> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-digests-"));
  const database = await openDatabase({ dataFolder, progress: noProgress });
  await migrate(database.url);
  const store = openStore(database.url);
  const { organisationId } = await settleDigests(store, units);
  const one = await timeOne(store, organisationId);
  const began = performance.now();
  const parts = await Promise.all(
    Array.from({ length: processes }, (_, part) => prepare(database.url, organisationId, part)),
  );
  const seconds = (performance.now() - began) / 1000;
  await store.close();
  await database.stop();
  await rm(dataFolder, { recursive: true, force: true });
  const sum = (of: "prepared" | "processorSeconds") => parts.reduce((total, part) => total + part[of], 0);
  return [
    ...one,
    {
      name: `digests prepared by ${processes} processes, starts included`,
      digests: sum("prepared"),
      seconds: Number(seconds.toFixed(1)),
      processorSeconds: Number(sum("processorSeconds").toFixed(1)),
      atMost: 60,
    },
  ];
}

async function prepare(
  databaseUrl: string,
  organisationId: string,
  part: number,
): Promise<{ prepared: number; processorSeconds: number }> {
  const program = path.join(import.meta.dirname, "digestsPart.ts");
  const given = [databaseUrl, organisationId, String(part), String(processes)];
  const child = spawn(process.execPath, [...nodeFlags, program, ...given], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return JSON.parse(said);
}

/** The median of some, in milliseconds: a digest's card with its picture known, and the readings of fifty measures alone. */
async function timeOne(store: Store, organisationId: string): Promise<object[]> {
  const { digests, kpis, recipients } = createServices(store);
  const bound = store.of(organisationId);
  const follow = await bound.follow.findFirstOrThrow();
  const reader = await recipients.find(organisationId, follow.ownerId, new Set(["web"]), due);
  if (typeof reader === "string") throw new Error(`The reader is ${reader}.`);
  const { actor } = reader;
  const { unitId } = follow;
  const time = async (name: string, atMost: number, work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let count = 0; count < 60; count += 1) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
    const median = times.slice(10).sort((one, other) => one - other)[25] ?? 0;
    return { name, milliseconds: Number(median.toFixed(1)), atMost };
  };
  return [
    await time("digest card of 50 measures, 36 months", 50, async () =>
      digestCard(await digests.show(actor, { unitId, metrics: [], inPublic: false }, due), {}),
    ),
    await time("readings of 50 measures, 36 months", 100, () => kpis.readings(actor, { unitIds: [unitId] }, due)),
  ];
}
