import { App, ExpressReceiver, type Logger, LogLevel } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { Application } from "express";
import type { Bot } from "../../src/bot/bot.ts";
import { Work } from "../../src/bot/work.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Log } from "../../src/log.ts";
import { Answers } from "./answers.ts";
import { Arrivals } from "./arrivals.ts";
import { Connector } from "./connector.ts";
import { acknowledgedWhenDone } from "./held.ts";
import { callMilliseconds } from "./limits.ts";
import { eventsPath } from "./manifest.ts";
import { Modals } from "./modals.ts";
import { slackMessenger } from "./post.ts";
import { SocketConnection } from "./socket.ts";

export interface SlackSettings {
  botToken: string;
  /** For requests over HTTP. */
  signingSecret?: string;
  /** For Socket Mode in place of HTTP. */
  appToken?: string;
  /** Slack's Web API somewhere else, as for GovSlack. */
  apiUrl?: string;
  /** Put before every slash command. */
  prefix: string;
}

export interface SlackOptions {
  bot: Bot;
  /** Requests are taken at `/slack/events`; nothing before it may read their bodies, because they are signed. */
  web: Application;
  settings: SlackSettings;
  log: Log;
}

/** The workspace that the bot token is of. */
export interface Workspace {
  team: string;
  name: string;
}

export interface Slack {
  messenger: Messenger;
  /** Asks Slack who we are, and takes requests from then on. */
  start(): Promise<Workspace>;
  /** Asks Slack who we are, for a process that only sends. */
  identify(): Promise<Workspace>;
  /** Takes no more, and waits for the answers that are being given. */
  stop(): Promise<void>;
}

export function createSlack({ bot, web, settings, log }: SlackOptions): Slack {
  const logger = quiet(log);
  const clientOptions = {
    ...(settings.apiUrl !== undefined && { slackApiUrl: withSlash(settings.apiUrl) }),
    logger,
    // What is worth a retry is decided where it is known whether somebody waits.
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: callMilliseconds,
  };
  const connector = new Connector(
    new WebClient(settings.botToken, clientOptions),
    settings.botToken,
    settings.apiUrl,
    log,
  );
  const work = new Work("slack", log);
  const answers = new Answers(bot, connector, log);
  const modals = new Modals(bot, connector, answers, work, log);
  const { appToken, signingSecret = "" } = settings;
  const socket = appToken === undefined ? undefined : new SocketConnection(appToken, clientOptions, logger, log);
  let known: ReturnType<Connector["identity"]> | undefined;

  /** Asked once; a failure is asked again. */
  const identity = () => {
    known ??= connector.identity().catch((cause: unknown) => {
      known = undefined;
      throw cause;
    });
    return known;
  };
  const workspace = async (): Promise<Workspace> => {
    const { team, name } = await identity();
    return { team, name };
  };

  return {
    messenger: slackMessenger(connector, log),
    identify: workspace,
    async start() {
      const self = await identity();
      const app = new App({
        receiver: acknowledgedWhenDone(
          socket?.receiver ?? new ExpressReceiver({ app: web, endpoints: eventsPath, signingSecret, logger }),
        ),
        socketMode: socket !== undefined,
        authorize: async () => ({ botToken: settings.botToken, botId: self.bot, botUserId: self.user }),
        clientOptions,
        logger,
        convoStore: false,
      });
      const { downloads } = connector;
      new Arrivals({
        bot,
        answers,
        modals,
        work,
        downloads,
        log,
        prefix: settings.prefix,
        ownUser: self.user,
      }).listen(app);
      await socket?.start();
      return workspace();
    },
    async stop() {
      await socket?.stop();
      await work.finished();
    },
  };
}

const withSlash = (url: string): string => (url.endsWith("/") ? url : `${url}/`);

/** The SDK's own messages quote payloads and answers, so that only the fact is kept. */
function quiet(log: Log): Logger {
  const cause = (told: unknown[]) => ({ cause: told.find((part) => part instanceof Error) });
  return {
    error: (...told) => log.error({ platform: "slack", reason: "sdk", ...cause(told) }, "The Slack SDK met an error."),
    warn: (...told) => log.warn({ platform: "slack", reason: "sdk", ...cause(told) }, "The Slack SDK warns."),
    info: () => undefined,
    debug: () => undefined,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
