// All that `npm test` checks, the quick ones first. Each runs whatever the others find; words after `npm test --` choose
// tests and leave the other checks out.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const chosen = process.argv.slice(2);

const checks: [name: string, program: string, ...args: string[]][] = [
  ["Form and habits", "@biomejs/biome/bin/biome", "check"],
  ["Types", "typescript/bin/tsc"],
  ["Unused code", "knip/bin/knip.js"],
  ["Tests", "vitest/vitest.mjs", "run", ...chosen],
];

const failed: string[] = [];
for (const [name, program, ...args] of chosen.length > 0 ? checks.slice(-1) : checks) {
  console.log(`\n${name}: ${path.basename(program)} ${args.join(" ")}`);
  if (!(await passes(program, args))) failed.push(name);
}
if (failed.length > 0) console.error(`\nNot as it should be: ${failed.join(", ")}.`);
process.exit(failed.length > 0 ? 1 : 0);

async function passes(program: string, args: string[]): Promise<boolean> {
  // Not with the flags of the service, which spare memory.
  const given = ["--disable-warning=ExperimentalWarning", path.join(root, "node_modules", program), ...args];
  const check = spawn(process.execPath, given, { cwd: root, stdio: "inherit" });
  const stop = () => {
    check.kill("SIGTERM");
    process.exit(1);
  };
  const stops = ["SIGINT", "SIGTERM", "disconnect"];
  for (const stopping of stops) process.once(stopping, stop);
  const [code] = await once(check, "exit");
  for (const stopping of stops) process.off(stopping, stop);
  return code === 0;
}
