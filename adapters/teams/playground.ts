import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import express, { type RequestHandler } from "express";
import type { Bot } from "../../src/bot/bot.ts";
import { type Messenger, SendFailed } from "../../src/chat/messenger.ts";
import type { Place } from "../../src/chat/request.ts";
import type { Log } from "../../src/log.ts";
import { activitiesPath, createTeams } from "./app.ts";
import type { PersonalPlaces } from "./people.ts";

/** Microsoft's licence lets it be fetched, not shipped. */
export const playgroundPackage = "@microsoft/m365agentsplayground@0.2.28";

/** The bot's id in the Playground. */
export const playgroundBot = "00000000-0000-0000-0000-000000000011";

/** It starts with neither more nor fewer. */
const peopleShown = 6;

/** Fetching the package may take a while on a slow line. */
const startMilliseconds = 180_000;

interface PlaygroundPerson {
  /** The directory's id of the person. */
  user: string;
  name: string;
  email: string;
}

export interface PlaygroundOptions extends PersonalPlaces {
  /** The tenant that its people belong to. */
  tenant: string;
  /** Whom one can be there, the first to begin with: six at least, of whom the Playground takes the first six. */
  people: readonly PlaygroundPerson[];
  bot: Bot;
  log: Log;
  /** Tells the person who started it. */
  say(line: string): void;
}

export interface Playground {
  /** The Playground's own page. */
  url: string;
  /** Where the Playground delivers, on loopback. */
  endpoint: string;
  messenger: Messenger;
  /** Resolves when the Playground ends, by itself or because it was stopped. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Serves the Teams side beside Microsoft's Agents Playground. Requests are unsigned here, so that it listens on loopback
 * only and takes nothing that came through a proxy. For demonstration data only.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { bot, log, say } = options;
  const port = await freePort();
  const connector = `http://localhost:${port}/_connector`;
  const web = express();
  web.use(onlyFromHere(connector));
  const teams = createTeams({
    bot,
    web,
    log,
    settings: { clientId: playgroundBot, playground: true, token: () => unsignedToken },
    remember: options.remember,
    personalPlace: options.personalPlace,
  });
  await teams.start();
  const server = createServer(web);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}${activitiesPath}`;

  const folder = await mkdtemp(path.join(tmpdir(), "rounds-playground-"));
  await writeFile(path.join(folder, ".m365agentsplayground.yml"), configuration(options));
  say("Starting Microsoft's Agents Playground; the first time it is fetched, which may take a minute.");
  const program = spawnPlayground(endpoint, port, folder);
  const ended = once(program, "exit").then(() => undefined);
  // Whatever ends us while it is still being fetched: it does not stay behind.
  const leaveNothing = () => end(program);
  process.once("exit", leaveNothing);
  program.once("exit", () => process.off("exit", leaveNothing));
  const stop = async () => {
    end(program);
    await ended;
    await teams.stop();
    await closed(server);
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  try {
    await answers(`${url}/_internal/v1/config`, program);
  } catch (cause) {
    await stop();
    throw cause;
  }
  say(`The Agents Playground is at ${url}`);
  say("Its page listens on every network interface of this machine: others in your network can open it.");
  say("Use demonstration data only. Dialogs are not drawn there; the simulator draws them.");
  return { url, endpoint, messenger: onlyThere(teams.messenger, connector, options), ended, stop };
}

/**
 * Sends to this Playground and nowhere else: chats that were kept may be of an earlier one on another port, and somebody
 * without a chat would be looked for at Microsoft.
 */
function onlyThere(messenger: Messenger, connector: string, { personalPlace }: PersonalPlaces): Messenger {
  const there = (place: Place): Place => ({ ...place, serviceUrl: connector });
  return {
    ...messenger,
    async personal(identity) {
      const known = await personalPlace(identity);
      if (known === undefined) throw new SendFailed("This person has no chat in the Playground.", { final: true });
      return there(known);
    },
    post: (place, card, reader) => messenger.post(there(place), card, reader),
    update: (place, message, card, reader) => messenger.update(there(place), message, card, reader),
  };
}

/** The Playground's own configuration; JSON is YAML. */
function configuration({ tenant, people }: PlaygroundOptions): string {
  const [currentUser, ...users] = people.slice(0, peopleShown).map(({ user, name, email }) => {
    const [givenName = name, ...surname] = name.split(" ");
    const names = { givenName, surname: surname.join(" ") || givenName };
    return { id: `29:${user}`, aadObjectId: user, name, email, userPrincipleName: email, ...names };
  });
  return JSON.stringify({
    version: "0.1.1",
    tenantId: tenant,
    bot: { id: playgroundBot, name: "Rounds" },
    currentUser,
    users,
    personalChat: { id: "personal-chat" },
    groupChat: { id: "group-chat", name: "Huddle" },
    team: {
      id: "team",
      name: "Department",
      aadGroupId: "00000000-0000-0000-0000-000000000031",
      channels: [{ id: "team-channel", name: "Announcements" }],
    },
  });
}

/** The SDK reads the token it sends; the Playground does not. */
const unsignedToken = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from("{}").toString("base64url")}.x`;

/** Behind a tunnel every caller looks local, and a page in a browser can reach loopback too: both are refused. */
function onlyFromHere(connector: string): RequestHandler {
  const json = express.json({ limit: "1mb" });
  return (request, response, next) => {
    const { host = "", origin } = request.headers;
    const forwarded = Object.keys(request.headers).some(
      (name) => name.startsWith("x-forwarded-") || name === "forwarded",
    );
    const own = `127.0.0.1:${request.socket.localPort}`;
    if (host !== own || origin !== undefined || forwarded) {
      response.status(403).send({ error: "Only the Agents Playground on this machine is answered." });
      return;
    }
    json(request, response, (error) => {
      // Answers go to the address that an unsigned request names, so that there is only one.
      if (error === undefined && request.method === "POST" && request.body?.serviceUrl !== connector)
        response.status(403).send({ error: "This is not the Agents Playground that was started." });
      else next(error);
    });
  };
}

function spawnPlayground(endpoint: string, port: number, folder: string): ChildProcess {
  const words = ["-y", playgroundPackage, "start", "-e", endpoint, "-c", "msteams", "--dt", "-p", String(port)];
  return spawn("npx", words, {
    cwd: folder,
    stdio: "ignore",
    // npx starts the program as a child of its own: all of them are ended together.
    detached: process.platform !== "win32",
    shell: process.platform === "win32",
    env: {
      ...process.env,
      // Without it the program ends where there is no browser to open.
      TEAMSAPPTESTER_BROWSER: "none",
      M365_AGENTS_PLAYGROUND_LOGFILE: path.join(folder, "playground.log"),
    },
  });
}

function end(program: ChildProcess): void {
  if (program.pid === undefined || program.exitCode !== null || program.signalCode !== null) return;
  if (process.platform === "win32") program.kill();
  else process.kill(-program.pid, "SIGTERM");
}

async function answers(url: string, program: ChildProcess): Promise<void> {
  const until = Date.now() + startMilliseconds;
  while (Date.now() < until) {
    if (program.exitCode !== null)
      throw new Error(`The Agents Playground could not be started: npx ended with ${program.exitCode}.`);
    const ready = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await pause(250);
  }
  throw new Error("The Agents Playground did not start in three minutes.");
}

async function freePort(): Promise<number> {
  const probe = createSocketServer().listen(0);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
