// `node src/cli/launch.mjs TARGET …` runs a file of Rounds on the Node of its own packages, which it installs and
// prepares first where that is due. This file and those it imports are plain JavaScript for any Node from 20 on;
// without a target they only prepare.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nodeEnvironment, nodeFlags } from "./nodeFlags.mjs";
import { clientIsCurrent, ownNode, packagesAreCurrent } from "./prepared.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const [target, ...given] = process.argv.slice(2);

if (Number.parseInt(process.versions.node, 10) < 20)
  giveUp(
    `Rounds needs Node 20 or later to start, and this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
if (!packagesAreCurrent(root) || !clientIsCurrent(root))
  await passOn(run(process.execPath, [inRoot("src/cli/prepare.mjs")]));
if (target !== undefined) await passOn(run(node(), [...nodeFlags, inRoot(target), ...given]));

function node() {
  return (
    ownNode(root) ??
    giveUp(
      "The package `node` is there without its program: packages were installed without their scripts. Run npm ci with scripts allowed.",
    )
  );
}

/** A child with our input and output. Its channel to us closes when we are killed, by which it knows to end too. */
function run(file, args) {
  return spawn(file, args, {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...nodeEnvironment(root), ...process.env },
  });
}

/** Hands our signals to the child, and ends as it ends; goes on where it ended well and more is to be done. */
async function passOn(child) {
  // Ctrl-C in a terminal reaches the child by itself, and twice would mean haste.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const onInterrupt = () => atTerminal || child.kill("SIGINT");
  const onTerminate = () => child.kill("SIGTERM");
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  const orphanWatch = followNpm(() => child.connected && child.disconnect());
  const [code, signal] = await new Promise((resolve) => {
    child.once("error", (error) => giveUp(`${child.spawnfile} could not be started: ${error.message}`));
    child.once("exit", (...ending) => resolve(ending));
  });
  clearInterval(orphanWatch);
  process.off("SIGINT", onInterrupt);
  process.off("SIGTERM", onTerminate);
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = code ?? 1;
  if (process.exitCode !== 0) process.exit();
}

/** npm that is killed, or whose shell is, leaves us behind without a word; then Rounds is to end as well. */
function followNpm(onEnd) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const from = origin();
  const watch = setInterval(() => {
    if (origin() === from) return;
    clearInterval(watch);
    onEnd();
  }, 250);
  return watch;
}

/** Whose child we are, and whose child the shell is where npm has put one between. */
function origin() {
  const parent = String(process.ppid);
  try {
    const [, name, , grandparent] = /^\d+ \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, "utf8"));
    return /^(sh|dash|bash)$/.test(name) ? `${parent} of ${grandparent}` : parent;
  } catch {
    return parent;
  }
}

function inRoot(file) {
  return path.join(root, file);
}

function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}
