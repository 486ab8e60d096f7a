// Installs the packages of the lock file and makes the database client, each where that is due. launch.mjs runs it as a
// process of its own, which ends what it has begun when launch.mjs is killed: two installations at once spoil both.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { clientIsCurrent, clientSource, clientStamp, ownNode, packagesAreCurrent } from "./prepared.mjs";
import { inTurn } from "./turn.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const onWindows = process.platform === "win32";
let running;

for (const ending of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(ending, stop);
await inTurn(`Rounds is being prepared in ${root}`, prepare, () =>
  console.error("Waiting for another start that prepares Rounds."),
);
process.exit(0);

async function prepare() {
  if (!packagesAreCurrent(root)) {
    const npm = npmCommand();
    await step("Installing packages", npm.file, [...npm.args, "ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  if (!clientIsCurrent(root)) {
    await step("Making the database client", ownNode(root) ?? process.execPath, [
      path.join(root, "node_modules/prisma/build/index.js"),
      "generate",
    ]);
    writeFileSync(clientStamp(root), clientSource(root));
  }
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const current = process.env.npm_execpath ?? "";
  if (/npm-cli\.c?js$/.test(current)) return { file: process.execPath, args: [current] };
  return { file: onWindows ? "npm.cmd" : "npm", args: [] };
}

/** Runs a program quietly, and shows how long it takes; what it said is shown when it fails. */
async function step(label, file, args) {
  const done = showProgress(label);
  running = spawn(file, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that all of it can be ended.
    detached: !onWindows,
    shell: file.endsWith(".cmd"),
  });
  let said = "";
  const hear = (words) => {
    said = (said + words).slice(-4000);
  };
  running.stdout.on("data", hear);
  running.stderr.on("data", hear);
  const code = await new Promise((resolve) => {
    running.once("error", (error) => resolve(error.message));
    running.once("close", resolve);
  });
  running = undefined;
  done();
  if (code === 0) return;
  console.error(`${said.trim()}\n\n${label} did not succeed (${code}). Once the cause above is gone, start again.`);
  process.exit(1);
}

function stop() {
  try {
    if (running) process.kill(onWindows ? running.pid : -running.pid, "SIGKILL");
  } finally {
    process.exit(1);
  }
}

/** Counts the seconds in a terminal; elsewhere the line is completed when the step is done. */
function showProgress(label) {
  const began = performance.now();
  const line = () => `${label} … ${((performance.now() - began) / 1000).toFixed(1)} s`;
  const { isTTY } = process.stderr;
  if (!isTTY) console.error(`${label} …`);
  const timer = isTTY ? setInterval(() => process.stderr.write(`\r${line()}`), 100) : undefined;
  return () => {
    clearInterval(timer);
    process.stderr.write(`${isTTY ? "\r" : ""}${line()}\n`);
  };
}
