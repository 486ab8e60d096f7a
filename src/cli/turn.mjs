// One process at a time, by a port of this machine: the system frees it however the process ends, so that a crash
// leaves nothing behind, as a lock file would.
import { createHash } from "node:crypto";
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const HOST = "127.0.0.1";
/** Outside the ports that systems give to outgoing connections. */
const FIRST_PORT = 10_000;
const PORTS = 6_000;
/** How long, in milliseconds, a process may take to say what it is at. */
const PATIENCE = 10_000;

/** Does the work when no other process is at work under the same name; `onWait` is told when there is one. */
export async function inTurn(name, work, onWait) {
  let port = FIRST_PORT + (createHash("sha256").update(name).digest().readUInt32BE() % PORTS);
  for (;;) {
    const giveBack = await take(port, name);
    if (giveBack) return await work().finally(giveBack);
    if (await outlast(port, name, onWait)) continue;
    port += 1;
  }
}

/** Takes the port, and tells everyone who asks what for; gives what gives it back, or nothing when the port is taken. */
async function take(port, name) {
  const waiting = new Set();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on("error", () => waiting.delete(socket));
    socket.write(`${name}\n`);
  });
  const giveBack = () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
  return await new Promise((resolve, reject) => {
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(port, HOST, () => resolve(giveBack));
  });
}

/** Waits until whoever has the port under this name is gone. A program that is none of ours is not waited for. */
async function outlast(port, name, onWait) {
  const socket = connect(port, HOST);
  let said = "";
  let isOurs = false;
  socket.setTimeout(PATIENCE, () => socket.destroy());
  socket.on("data", (words) => {
    said += words;
    if (isOurs || said !== `${name}\n`) return;
    isOurs = true;
    socket.setTimeout(0);
    onWait();
  });
  // Refused or cut off: whoever it was has just gone.
  socket.on("error", () => {
    isOurs = true;
  });
  await new Promise((resolve) => socket.once("close", resolve));
  await wait(50);
  return isOurs;
}
