import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { nodeFlags } from "../src/cli/nodeFlags.mjs";

const sizes = [10_000, 100_000, 300_000];
const units = ["4W", "5E", "ED", "ICU"];

/** Seconds and megabytes at most that `rounds import ledger` takes, by rows; each brings rows that are new. */
export async function timeImports() {
  const folder = await mkdtemp(path.join(tmpdir(), "rounds-imports-"));
  const environment = { ROUNDS_DATA: path.join(folder, "data") };
  const file = path.join(folder, "file.csv");
  const measured: object[] = [];
  try {
    for (const [at, rows] of sizes.entries()) {
      await writeFile(file, `unit,line,month,kind,behaviour,amount\n${accounts(rows).join("\n")}\n`);
      await rounds(["import", "budget", file], environment);
      await writeFile(file, `unit,line,month,volume,quantity,rate,as_of\n${ledger(rows, 2027 + at).join("\n")}\n`);
      const began = performance.now();
      const megabytes = await rounds(["import", "ledger", file], environment);
      const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
      measured.push({ name: "import", rows, seconds, megabytes });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return measured;
}

const accountsOf = (rows: number) => Array.from({ length: rows / (units.length * 12) + 1 }, (_, at) => `acc${at}`);
const accounts = (rows: number) => accountsOf(rows).map((line) => `4W,${line},2026-01,expense,fixed,1`);

function ledger(rows: number, year: number): string[] {
  const all = accountsOf(rows).flatMap((line) =>
    units.flatMap((unit) =>
      Array.from({ length: 12 }, (_, month) => {
        const of = `${year}-${String(month + 1).padStart(2, "0")}`;
        return `${unit},${line},${of},1010,${month + 100},42.${month + 10},${year}-12-31`;
      }),
    ),
  );
  return all.slice(0, rows);
}

/** Runs a command and returns the megabytes that it held at most; throws where it fails. */
function rounds(words: string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [...nodeFlags, "--import", peak, "src/cli/rounds.ts", ...words], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let most = 0;
  child.on("message", (told) => {
    most = Number(told);
  });
  return new Promise((done, failed) => {
    child.on("exit", (code) => (code === 0 ? done(Math.round(most / 1024)) : failed(new Error(`${words[1]} failed.`))));
  });
}

/** Tells the most that the process has held, in kilobytes, when it ends. */
const peak = `data:text/javascript,process.on("exit",()=>process.send?.(process.resourceUsage().maxRSS))`;
