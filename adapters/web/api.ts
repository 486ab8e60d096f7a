import express, { type Response } from "express";
import { z } from "zod";
import type { Bot } from "../../src/bot/bot.ts";
import { shortcuts } from "../../src/bot/shortcuts.ts";
import type { EntryKind } from "../../src/chat/form.ts";
import type { Identity } from "../../src/chat/request.ts";
import type { Log } from "../../src/log.ts";
import { directoryOf, fieldOf } from "../slack/form.ts";
import type { Conversations, Message } from "./conversations.ts";
import { type Press, readClick, readSubmission } from "./read.ts";
import { inOwnChat, type Said, type Turns } from "./turns.ts";

/** Somebody whom the page can speak for. */
export interface Somebody {
  handle: string;
  name: string;
  /** Access and unit, in a line. */
  detail: string;
  identity: Identity;
}

export interface SimulatorOptions {
  bot: Bot;
  people(): Promise<Somebody[]>;
  channels: readonly { id: string; name: string }[];
  log: Log;
}

interface ApiParts extends SimulatorOptions {
  conversations: Conversations;
  turns: Turns;
}

/** Files come in forms, as JSON. */
const mostBytes = "20mb";

const who = z.object({ person: z.string() });
const where = who.extend({ conversation: z.string() });
const said = where.extend({ text: z.string().trim().min(1) });
const sentFile = where.extend({ text: z.string().trim().default(""), name: z.string().min(1).max(255) });
const sent = where.extend({ side: z.enum(["slack", "teams"]), message: z.string().optional(), sent: z.unknown() });
const chosen = where.extend({ side: z.enum(["slack", "teams"]), message: z.string(), shortcut: z.string() });
const query = z.string().max(200);
/** A field of Teams names its directory; one of Slack is its block, in a form of this command. */
const search = z.union([
  who.extend({
    directory: z.enum(["unit", "person", "job", "course", "metric", "line"] satisfies EntryKind[]),
    query,
  }),
  who.extend({ block: z.string(), command: z.string(), query }),
]);
const modal = z.looseObject({ blocks: z.unknown() });

/** What cannot be done as it was asked; the words are shown in the page. */
class Unfit extends Error {}

/** The page's way to the bot. */
export function createApi({ bot, people, channels, conversations, turns, log }: ApiParts) {
  const router = express.Router();
  const live = new Set<Response>();
  let stopped = false;
  router.use(express.json({ limit: mostBytes }));

  async function identityOf(handle: string): Promise<Identity> {
    const known = (await people()).find((somebody) => somebody.handle === handle);
    if (!known) throw new Unfit("There is nobody of this name. Choose a person at the top.");
    return known.identity;
  }

  async function saidBy({ person, conversation }: z.infer<typeof where>): Promise<Said> {
    const asker = await identityOf(person);
    const place = conversation === "home" ? inOwnChat(asker).place : conversations.place(asker, conversation);
    if (!place) throw new Unfit("This conversation is not open to this person. Choose another one.");
    return { asker, place };
  }

  router.get("/people", async (_request, answer) => {
    const all = await people();
    answer.json({
      people: all.map(({ handle, name, detail, identity }) => ({ handle, name, detail, user: identity.user })),
      channels,
      entries: shortcuts.filter(({ on }) => on === "message").map(({ id, title }) => ({ id, title })),
    });
  });

  router.get("/messages", async (request, answer) => {
    const { asker, place } = await saidBy(where.parse(request.query));
    answer.json(conversations.seen(asker.user, place.conversation).map(shown));
  });

  router.get("/home", async (request, answer) => {
    const { person } = who.parse(request.query);
    answer.json(await turns.home(inOwnChat(await identityOf(person))));
  });

  router.get("/options", async (request, answer) => {
    const asked = search.parse(request.query);
    const directory = "directory" in asked ? asked.directory : directoryOf(asked.block);
    if (!directory) throw new Unfit("This field cannot be searched. Open the form again.");
    const found = await bot.options(await identityOf(asked.person), directory, asked.query);
    answer.json("block" in asked && takesHere(bot, asked) ? [{ code: "here", label: "This place" }, ...found] : found);
  });

  router.get("/files/:message/:number", async (request, answer) => {
    const { user } = await identityOf(who.parse(request.query).person);
    const file = conversations.find(user, request.params.message)?.files[Number(request.params.number)];
    if (!file) throw new Unfit("This file is gone. Ask for it again.");
    answer.attachment(file.name).type(file.mediaType).send(Buffer.from(file.base64, "base64"));
  });

  router.post("/say", async (request, answer) => {
    const { text, ...where } = said.parse(request.body);
    answer.json(await turns.say(await saidBy(where), text));
  });

  /** The file is the request's body, which is read when the bot wants it. */
  router.post("/send", async (request, answer) => {
    const { text, name, ...where } = sentFile.parse(request.query);
    const said = await saidBy(where);
    if (said.place.kind !== "personal") throw new Unfit("Files are taken in your own chat with Rounds. Send it there.");
    answer.json(
      await turns.send(said, text, { name, size: Number(request.headers["content-length"]), read: () => request }),
    );
    request.resume();
  });

  router.post("/click", async (request, answer) => {
    const { side, message, sent: claim, ...where } = sent.parse(request.body);
    const by = await saidBy(where);
    answer.json(await turns.press(by, side, understood(readClick(side, claim)), sourceOf(by, message)));
  });

  router.post("/choose", async (request, answer) => {
    const { side, message, shortcut, ...where } = chosen.parse(request.body);
    const by = await saidBy(where);
    const under = sourceOf(by, message);
    const entry = shortcuts.find(({ id, on }) => id === shortcut && on === "message");
    if (under === undefined || entry === undefined) throw new Unfit("This message is gone. Choose another one.");
    answer.json(await turns.choose(by, side, entry, under));
  });

  router.post("/submit", async (request, answer) => {
    const { side, message, sent: claim, ...where } = sent.parse(request.body);
    const by = await saidBy(where);
    const press = understood(readSubmission(side, claim, bot.menu));
    answer.json(
      await turns.submit(by, { side, press, blocks: modal.safeParse(claim).data?.blocks }, sourceOf(by, message)),
    );
  });

  router.get("/events", async (request, answer) => {
    const { user } = await identityOf(who.parse(request.query).person);
    // A browser that is told of no content does not try again.
    if (stopped) return void answer.status(204).end();
    answer.writeHead(200, { "content-type": "text/event-stream" });
    answer.write(": open\n\n");
    const tell = (message: Message) => answer.write(`data: ${JSON.stringify(shown(message))}\n\n`);
    const end = conversations.listen(user, tell);
    live.add(answer);
    answer.on("close", () => {
      end();
      live.delete(answer);
    });
  });

  router.use((error: unknown, _request: express.Request, answer: Response, _next: express.NextFunction) => {
    if (error instanceof Unfit) return answer.status(409).json({ problem: error.message });
    if (error instanceof z.ZodError)
      return answer.status(400).json({ problem: "This request is not one that the page makes. Load the page again." });
    if (isTooLarge(error))
      return answer.status(413).json({ problem: "This is too much at once. Choose a file of less than 15 MB." });
    log.error({ platform: "web", cause: error }, "the simulator could not answer");
    answer.status(500).json({ problem: "This did not work. Try again in a moment." });
  });

  /** The message that a button stands in; it may be seen by who uses it, or there is none. */
  const sourceOf = ({ asker }: Said, id: string | undefined): Message | undefined =>
    id === undefined ? undefined : conversations.find(asker.user, id);

  return {
    router,
    async stop(): Promise<void> {
      stopped = true;
      for (const answer of live) answer.end();
    },
  };
}

function takesHere(bot: Bot, { block, command }: { block: string; command: string }): boolean {
  const takes = bot.menu.find(command)?.input[fieldOf(block)]?.takes;
  return takes?.kind === "entry" && takes.here === true;
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && "type" in error && error.type === "entity.too.large";

function understood<Read extends Press>(press: Read | undefined): Read {
  if (!press) throw new Unfit("This button is from an older message. Ask again for what you want to see.");
  return press;
}

/** A message as the page gets it: a file by its name, its bytes on request. */
const shown = ({ files, ...message }: Message) => ({ ...message, files: files.map((file) => file.name) });
