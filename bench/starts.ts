import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const dueSeconds = { "new data folder": 15, "data folder there": 4 };

/** Seconds from `npm start` to the first answer, on a new data folder and on one that is there. */
export async function timeStarts(): Promise<object[]> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-start-"));
  const lines: object[] = [];
  for (const folder of ["new data folder", "data folder there"] as const) {
    lines.push({
      name: `start to first answer, ${folder}`,
      seconds: await startOnce(dataFolder),
      atMost: dueSeconds[folder],
    });
  }
  // npm ends before the service that it started has left the folder.
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 40, retryDelay: 250 });
  return lines;
}

async function startOnce(dataFolder: string): Promise<number> {
  const began = performance.now();
  const service = spawn("npm", ["start"], {
    cwd: root,
    env: { ...process.env, ROUNDS_DATA: dataFolder, PORT: "0" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const url = await new Promise<string>((printed) => {
    let output = "";
    service.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Open (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (found) printed(found);
    });
  });
  await fetch(url).then((page) => page.text());
  const seconds = (performance.now() - began) / 1000;
  const ended = once(service, "exit");
  service.kill("SIGTERM");
  await ended;
  return Number(seconds.toFixed(2));
}
