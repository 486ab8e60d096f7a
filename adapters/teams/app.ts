import { PUBLIC, withOverrides } from "@microsoft/teams.api";
import { App, ExpressAdapter } from "@microsoft/teams.apps";
import type { Application } from "express";
import type { Bot } from "../../src/bot/bot.ts";
import { Work } from "../../src/bot/work.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Identity, Place, Request } from "../../src/chat/request.ts";
import type { Log } from "../../src/log.ts";
import { Answers } from "./answers.ts";
import { Connector } from "./connector.ts";
import { Files } from "./files.ts";
import { Invokes } from "./invokes.ts";
import { answerMilliseconds, sendMilliseconds } from "./limits.ts";
import { isRecord } from "./payload.ts";
import { People, type PersonalPlaces, Remembered } from "./people.ts";
import { teamsMessenger } from "./post.ts";
import { type Arrival, addsBot, readArrival, readMessage, word } from "./read.ts";
import { quick } from "./retry.ts";
import { sentFiles } from "./sentFiles.ts";
import { readShortcutArrival } from "./shortcut.ts";
import { onlyBotFramework, readsActivities, refusesBadBodies } from "./signed.ts";
import { tokensFrom } from "./token.ts";
import { Underway } from "./underway.ts";

export interface TeamsSettings {
  clientId: string;
  clientSecret?: string;
  /** The tenant that is ours; people of another are answered as strangers, and their chats are not kept. */
  tenantId?: string;
  /** Unsigned requests are taken: beside the Agents Playground only, on a loopback port of its own. */
  playground: boolean;
  /** A server that stands in for Microsoft's login and signing keys, for tests. */
  login?: string;
  /** Gives the bot's own token in place of a login. */
  token?: (scope: string | string[], tenant?: string) => string | Promise<string>;
}

export interface TeamsOptions extends PersonalPlaces {
  bot: Bot;
  /** Activities are taken at `/api/messages`. */
  web: Application;
  settings: TeamsSettings;
  log: Log;
  /** Somebody has read their own chat up to a message. */
  seen?(identity: Identity, conversation: string, until: string): Promise<void>;
}

export interface Teams {
  messenger: Messenger;
  start(): Promise<void>;
  /** Waits for the answers that are being given. */
  stop(): Promise<void>;
}

export const activitiesPath = "/api/messages";

export function createTeams(options: TeamsOptions): Teams {
  const { bot, web, settings, log } = options;
  const app = new App({
    clientId: settings.clientId,
    ...credentials(settings),
    ...(settings.tenantId !== undefined && { tenantId: settings.tenantId }),
    ...stoodInFor(settings.login),
    logger: quiet(log),
    client: { timeout: sendMilliseconds },
    httpServerAdapter: new ExpressAdapter(web, { logger: quiet(log) }),
    messagingEndpoint: activitiesPath,
    // Said here whatever the environment says.
    dangerouslyAllowUnauthenticatedRequests: settings.playground,
  });
  // Both come before the SDK's own handler of the path, which it adds when it starts.
  if (!settings.playground) web.post(activitiesPath, onlyBotFramework(app.cloud));
  web.post(activitiesPath, readsActivities());

  const connector = new Connector(app.api, settings.clientId);
  const people = new People(options);
  const files = new Files(connector, log);
  const work = new Work("teams", log);
  const keeping = keepsChats(bot, ({ asker, place }) => {
    const isOurs = settings.tenantId === undefined || settings.tenantId === asker.tenant || settings.playground;
    if (place.kind === "personal" && isOurs) work.background(people.remember(asker, place));
  });
  const answers = new Answers(bot, connector, people, files, log);
  const invokes = new Invokes(keeping, answers, work);
  const resolve = accounts(connector);
  const welcomed = new Remembered<number>();

  /** Reads who it is from. */
  async function arriving<Result>(
    activity: unknown,
    answer: (arrival: Arrival) => Promise<Result>,
  ): Promise<Result | undefined> {
    const arrival = readArrival(activity, settings.clientId);
    if (arrival === undefined) return undefined;
    note(arrival);
    return answer(arrival);
  }

  /** From a menu that is in every chat, also where the bot is not: the chat is not kept, and nothing is sent there. */
  async function fromShortcut<Result>(
    activity: unknown,
    answer: (arrival: Arrival) => Promise<Result>,
  ): Promise<Result | undefined> {
    const arrival = readShortcutArrival(activity, settings.clientId);
    if (arrival === undefined) return undefined;
    note(arrival);
    return answer(arrival);
  }

  function note({ identity, place, account, zone }: Arrival): void {
    people.note(identity, { account, place, ...(zone !== undefined && { zone }) });
  }

  async function message(activity: unknown): Promise<void> {
    await arriving(activity, async (arrival) => {
      const files = arrival.place.kind === "personal" ? sentFiles(activity, { standIn: settings.login, log }) : [];
      const request = await readMessage(activity, arrival, settings.clientId, resolve, files);
      if (request === undefined) return;
      const underway = new Underway(answers, arrival);
      const task = keeping.handle(request, underway.show).then((answer) => underway.deliver(answer));
      work.background(task);
      // A file is fetched once Teams knows that the message has come.
      if (files.length > 0) return;
      await work.inTime(
        task.then(
          () => ({}),
          () => ({}),
        ),
        answerMilliseconds,
      );
    });
  }

  /** Teams tells of an installation in two events; they are greeted once. */
  async function added(activity: unknown): Promise<void> {
    if (!addsBot(activity, settings.clientId)) return;
    await arriving(activity, async ({ identity, place }) => {
      keeping.keep({ asker: identity, place });
      const before = welcomed.get(place.conversation) ?? 0;
      welcomed.set(place.conversation, Date.now());
      if (Date.now() - before > greetedFor) work.background(answers.welcome(place));
    });
  }

  /** Comes where the manifest's permission to read receipts was given, and people have not switched them off. */
  async function read(activity: unknown): Promise<void> {
    await arriving(activity, async ({ identity, place, value }) => {
      const until = isRecord(value) ? word(value.lastReadMessageId) : "";
      if (place.kind === "personal" && until !== "" && options.seen)
        work.background(options.seen(identity, place.conversation, until));
    });
  }

  app.on("message", ({ activity }) => message(activity));
  app.on("readReceipt", ({ activity }) => read(activity));
  app.on("installationUpdate", ({ activity }) => added(activity));
  app.on("conversationUpdate", ({ activity }) => added(activity));
  app.on("card.action", ({ activity }) => arriving(activity, (arrival) => invokes.cardAction(arrival)));
  app.on("card.search", ({ activity }) => arriving(activity, (arrival) => invokes.search(arrival)));
  app.on("dialog.open", ({ activity }) => arriving(activity, (arrival) => invokes.openDialog(arrival)));
  app.on("dialog.submit", ({ activity }) => arriving(activity, (arrival) => invokes.submitDialog(arrival)));
  app.on("message.ext.open", ({ activity }) => fromShortcut(activity, (arrival) => invokes.openShortcut(arrival)));
  app.on("message.ext.submit", ({ activity }) => fromShortcut(activity, (arrival) => invokes.submitDialog(arrival)));
  app.on("file.consent.accept", async ({ activity }) => {
    await arriving(activity, async (arrival) => work.background(answers.giveFile(arrival)));
  });
  app.on("file.consent.decline", async ({ activity }) => {
    await arriving(activity, async ({ value }) => files.decline(value));
  });

  return {
    messenger: teamsMessenger(bot.menu, connector, people, files),
    async start() {
      await app.initialize();
      web.use(activitiesPath, refusesBadBodies);
    },
    stop: () => work.finished(),
  };
}

type Asked = Pick<Request, "asker" | "place">;

/** The bot, and people's own chats kept once they are answered; of what leaves no trace none is. */
function keepsChats(bot: Bot, keep: (asked: Asked) => void): Bot & { keep(asked: Asked): void } {
  return {
    menu: bot.menu,
    opens: (request) => bot.opens(request),
    options: (asker, directory, query) => bot.options(asker, directory, query),
    welcome: () => bot.welcome(),
    async handle(request, show) {
      const answer = await bot.handle(request, show);
      if (!answer.withoutTrace) keep(request);
      return answer;
    },
    keep,
  };
}

const greetedFor = 10 * 60 * 1000;

const stoodInFor = (login: string | undefined) =>
  login === undefined
    ? {}
    : { cloud: withOverrides(PUBLIC, { openIdMetadataUrl: `${login}/v1/.well-known/openidconfiguration` }) };

function credentials({ clientId, clientSecret, tenantId, login, token }: TeamsSettings) {
  if (token !== undefined) return { token };
  if (login !== undefined) return { token: tokensFrom(login, clientId, clientSecret ?? "", tenantId ?? "common") };
  return clientSecret === undefined ? {} : { clientSecret };
}

/** The directory's id behind Teams' own, asked once. */
function accounts(connector: Connector) {
  const known = new Remembered<string>();
  return async (place: Place, account: string): Promise<string> => {
    const key = `${place.tenant}/${account}`;
    const user = known.get(key);
    if (user !== undefined) return user;
    try {
      const member = await connector.member(place, account, quick);
      known.set(key, member.user ?? account);
      return member.user ?? account;
    } catch {
      return account; // nobody whom Teams knows here: the bot says that it does not know them either
    }
  };
}

/** The SDK's own messages quote activities and answers, so that only the fact is kept. */
function quiet(log: Log): App["log"] {
  const cause = (told: unknown[]) => ({ cause: told.find((part) => part instanceof Error) });
  const logger: App["log"] = {
    error: (...told) => log.error({ platform: "teams", reason: "sdk", ...cause(told) }, "The Teams SDK met an error."),
    warn: (...told) => log.warn({ platform: "teams", reason: "sdk", ...cause(told) }, "The Teams SDK warns."),
    info: () => undefined,
    debug: () => undefined,
    trace: () => undefined,
    log: (level, ...told) => (level === "error" || level === "warn" ? logger[level](...told) : undefined),
    child: () => logger,
  };
  return logger;
}
