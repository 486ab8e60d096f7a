import type { Application } from "express";
import type { Bot } from "../bot/bot.ts";
import { type Messenger, SendFailed } from "../chat/messenger.ts";
import type { Platform } from "../chat/request.ts";
import type { Config } from "../config.ts";
import { listen } from "../http.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services.ts";
import type { Progress } from "../store/database.ts";
import { mainOrganisation, mapWorkspace } from "../store/organisations.ts";
import type { Store } from "../store/store.ts";
import { NotConnected } from "./notConnected.ts";
import { simulatorPeople } from "./simulatorPeople.ts";

export interface ConnectParts {
  config: Config;
  bot: Bot;
  store: Store;
  services: Services;
  /** Filled with the platforms that are connected. */
  messengers: Map<Platform, Messenger>;
  web: Application;
  log: Log;
  clock: () => Date;
  progress: Progress;
  /** Takes requests; a process that only works the queue sends and takes none. */
  answers: boolean;
}

export interface Connected {
  /** The Slack team's name. */
  slack: string | undefined;
  /** The Teams tenant's id. */
  teams: string | undefined;
  /** The simulator's address. */
  simulator: string | undefined;
  stop(): Promise<void>;
}

/** Connects what the environment names; each platform's packages are loaded only where it is used. */
export async function connectPlatforms(parts: ConnectParts): Promise<Connected> {
  const slack = parts.config.slack ? await connectSlack(parts, parts.config.slack) : undefined;
  const teams = parts.config.teams ? await connectTeams(parts, parts.config.teams) : undefined;
  if (parts.config.demonstration) await seed(parts);
  const playground = parts.config.playground ? await openPlayground(parts) : undefined;
  const simulator = parts.config.simulator && parts.answers ? await openSimulator(parts) : undefined;
  const ends = [simulator?.stop, playground?.stop, teams?.stop, slack?.stop].filter((stop) => stop !== undefined);
  return {
    slack: slack?.name,
    teams: teams?.name,
    simulator: simulator?.name,
    stop: async () => void (await Promise.all(ends.map((stop) => stop()))),
  };
}

/** What the demonstration is made of is loaded where there is one. */
const demonstration = () => import("../../prisma/seed.ts");

async function seed({ config, store, clock, progress }: ConnectParts): Promise<void> {
  const { seedDemonstration } = await demonstration();
  await seedDemonstration(store, { zone: config.environment.ROUNDS_ZONE, now: clock(), progress });
}

interface Platformed {
  name: string;
  stop(): Promise<void>;
}

async function connectSlack(
  { config, bot, store, messengers, web, log, progress, answers }: ConnectParts,
  settings: NonNullable<Config["slack"]>,
): Promise<Platformed> {
  const done = progress.step("Connecting Slack");
  const { createSlack } = await import("../../adapters/slack/app.ts");
  const slack = createSlack({ bot, web, settings, log });
  messengers.set("slack", slack.messenger);
  const { team, name } = await slack.identify().catch(refusedBySlack);
  await mapWorkspace(store, { platform: "slack", tenant: team, name, zone: config.environment.ROUNDS_ZONE });
  if (answers) await slack.start().catch(refusedBySlack);
  done();
  return { name, stop: () => slack.stop() };
}

function refusedBySlack(cause: Error): never {
  if (!(cause instanceof SendFailed)) throw cause;
  throw new NotConnected(
    `Slack is not connected. ${cause.message} Check SLACK_BOT_TOKEN, SLACK_API_URL and the network, or leave out SLACK_BOT_TOKEN to start without Slack.`,
    { cause },
  );
}

async function connectTeams(
  { config, bot, store, services, messengers, web, log, clock, progress }: ConnectParts,
  settings: NonNullable<Config["teams"]>,
): Promise<Platformed> {
  const done = progress.step("Connecting Teams");
  const { createTeams } = await import("../../adapters/teams/app.ts");
  const { recipients } = services;
  const teams = createTeams({
    bot,
    web,
    settings: { ...settings, playground: false },
    log,
    remember: (identity, chat) => recipients.keepChat(identity, chat, clock()),
    personalPlace: (identity) => recipients.chat(identity, clock()),
    seen: (identity, conversation, until) => services.digests.seen(identity, conversation, until, clock()),
  });
  messengers.set("teams", teams.messenger);
  await mapWorkspace(store, {
    platform: "teams",
    tenant: settings.tenantId,
    name: "Our hospital",
    zone: config.environment.ROUNDS_ZONE,
  });
  await teams.start();
  done();
  return { name: settings.tenantId, stop: () => teams.stop() };
}

/** Microsoft's page beside our Teams side, with the demonstration's people. */
async function openPlayground({ bot, store, services, messengers, log, clock }: ConnectParts): Promise<Platformed> {
  const { playgroundPackage, startPlayground } = await import("../../adapters/teams/playground.ts");
  const { demonstrationPeople, playgroundTenant } = await demonstration();
  const { recipients } = services;
  const playground = await startPlayground({
    tenant: playgroundTenant,
    people: (await demonstrationPeople(store)).map(({ playgroundUser: user, name, email }) => ({ user, name, email })),
    bot,
    log,
    say: (line) => console.error(line),
    remember: (identity, chat) => recipients.keepChat(identity, chat, clock()),
    personalPlace: (identity) => recipients.chat(identity, clock()),
  }).catch((cause: Error) => {
    throw new NotConnected(
      `${cause.message} It is fetched from npm the first time: “npx -y ${playgroundPackage} --version” shows what npm says.`,
      { cause },
    );
  });
  messengers.set("teams", playground.messenger);
  return { name: playground.url, stop: playground.stop };
}

/** On loopback and a port of its own, whatever else listens: behind a tunnel every caller looks local. */
async function openSimulator({ config, bot, store, messengers, log }: ConnectParts): Promise<Platformed> {
  const { createSimulator } = await import("../../adapters/web/simulator.ts");
  const { demonstrationPeople } = await demonstration();
  const organisation = await mainOrganisation(store);
  const simulator = createSimulator({
    bot,
    log,
    people: () =>
      config.demonstration || !organisation ? demonstrationPeople(store) : simulatorPeople(store, organisation.id),
    channels: [{ id: "huddle", name: "4-west-huddle" }],
  });
  messengers.set("web", simulator.messenger);
  const listening = await listen(
    simulator.app,
    "127.0.0.1",
    config.demonstration ? config.environment.PORT : undefined,
  );
  simulator.servedAt(listening.port);
  return {
    name: `http://127.0.0.1:${listening.port}`,
    stop: async () => {
      await simulator.stop();
      await listening.close();
    },
  };
}
