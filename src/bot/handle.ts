import { type Input, staffIn } from "../chat/card.ts";
import type { Messenger } from "../chat/messenger.ts";
import { type Answer, ask, privately, type Reply, type ShowProgress } from "../chat/reply.ts";
import type { Identity, Platform, Request } from "../chat/request.ts";
import { text } from "../chat/text.ts";
import { Refusal, Warning } from "../domain/refusal.ts";
import type { Known } from "../domain/staff/members.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services.ts";
import { formFor, keepAside } from "./aside.ts";
import type { Bot } from "./bot.ts";
import type { Command, Context } from "./command.ts";
import { answeredOnce } from "./deliveries.ts";
import { openDrafts } from "./drafts.ts";
import { areaHelp, help, welcome } from "./help.ts";
import { type Checked, checkInput, clean, cleanInput, type Lookup } from "./input.ts";
import { lookupFor } from "./lookup.ts";
import { isBlank, type Menu, mayAsk, missing } from "./menu.ts";
import { bareCommand, type Reading, readText } from "./read.ts";
import { failureCard, notForYou, notUnderstood, referenceCode, refusalCard, withUnused } from "./refusal.ts";
import { typedIn } from "./typed.ts";
import { type Underway, underway } from "./underway.ts";

export interface BotParts {
  menu: Menu;
  services: Services;
  /** The platforms that a profile can be read from. */
  messengers: ReadonlyMap<Platform, Pick<Messenger, "profile">>;
  clock: () => Date;
  log: Log;
  /** Something was written that may have left a notice: the queue looks at once instead of at its next sweep. */
  changed: () => void;
}

interface Turn {
  request: Request;
  /** Becomes another one where a visitor joins. */
  known: Known;
  now: Date;
  lookup: Lookup;
  /** Something of who asked may stay. */
  leavesTrace: boolean;
  /** What was given so far says that nothing of who asks may stay. */
  unnamed: boolean;
  /** A rule refused it, or it failed, and the form says so. */
  refused: boolean;
  progress: Underway;
}

export function createBot(parts: BotParts): Bot {
  const { menu, services, clock, log } = parts;
  const onlyRead = new WeakSet<Request>();
  const drafts = openDrafts(services.drafts, log);
  const takesFiles = menu.commands.find((command) => command.takesFiles);

  async function answerTo(request: Request, show?: ShowProgress): Promise<Answer> {
    let zone = "UTC";
    const progress = underway((card) => show?.(card, { zone, mentions: {} }));
    try {
      const now = clock();
      const known = await services.members.identify(request.asker, profileOf(request.asker), now);
      zone = known.actor.zone;
      const lookup = lookupFor(services, () => turn.known, request);
      const turn: Turn = { request, known, now, lookup, leavesTrace: true, unnamed: false, refused: false, progress };
      const reply = await respond(turn);
      const carried = await drafts.keptAside(reply, writing(turn), turn.unnamed, now);
      if (known.moved && turn.leavesTrace)
        void services.members
          .seen(known.actor, request.asker)
          .catch((cause) => log.warn({ cause, reason: "seen" }, "could not note where a person was seen"));
      noteUse(known, request);
      return await addressed(carried, turn);
    } catch (error) {
      return {
        reply: privately(
          error instanceof Refusal
            ? refusalCard(error.message, typedIn(menu, request))
            : failureCard(failed(error, request), typedIn(menu, request)),
        ),
        reader: { zone, mentions: {} },
        refused: true,
        repeated: false,
      };
    } finally {
      progress.ended();
    }
  }

  /** Notes, beside the answer, that a button of a digest was used. */
  function noteUse({ actor }: Known, { body }: Request): void {
    if (body.type !== "run" || typeof body.input.told !== "string") return;
    void services.digests
      .acted(actor, body.input.told, clock())
      .catch((cause) => log.warn({ cause, reason: "used" }, "could not note that a digest was used"));
  }

  const profileOf = (asker: Identity) => async () => parts.messengers.get(asker.platform)?.profile(asker);

  function failed(cause: unknown, request: Request): string {
    const code = referenceCode();
    log.error(
      {
        code,
        cause,
        platform: request.asker.platform,
        ...(request.body.type === "run" && { command: menu.find(request.body.command)?.path ?? "unknown" }),
      },
      "a request failed",
    );
    return code;
  }

  async function addressed(reply: Reply, { known: { actor }, request, refused, leavesTrace }: Turn): Promise<Answer> {
    const named = reply.type === "form" || reply.type === "nothing" ? [] : staffIn(reply.card);
    const mentions = named.length === 0 ? {} : await services.people.mentions(actor, named, request.asker);
    const reader = { zone: actor.zone, mentions };
    return { reply, reader, refused, repeated: false, ...(!leavesTrace && { withoutTrace: true }) };
  }

  async function respond(turn: Turn): Promise<Reply> {
    const { body } = turn.request;
    if (body.type === "text") return respondToText(turn, body.words ?? body.text);
    const command = menu.find(body.command);
    if (!command)
      throw new Refusal("This button is from an older version of Rounds. Ask again for what you want to see.");
    return run(turn, command, body.input, body.form === true);
  }

  async function respondToText(turn: Turn, written: string | readonly string[]): Promise<Reply> {
    const reading = await readText(menu, written, { now: turn.now, zone: turn.known.actor.zone }, turn.lookup);
    if (takesFiles && isAboutFiles(takesFiles, turn.request, reading))
      return run(turn, takesFiles, reading.type === "command" ? reading.input : {}, false);
    switch (reading.type) {
      case "command":
        return withUnused(await run(turn, reading.command, reading.input, false), reading.unused);
      case "area":
        return privately(areaHelp(menu, turn.known.actor, reading.area));
      case "empty":
        return privately(help(menu, turn.known.actor));
      case "misspelt":
      case "sentence":
        return privately(notUnderstood(menu, turn.known.actor, reading));
    }
  }

  async function run(turn: Turn, command: Command, given: Input, asForm: boolean): Promise<Reply> {
    if (!mayAsk(turn.known.actor, command)) throw new Refusal(notForYou(command));
    const input = cleanInput(await drafts.whole(writing(turn), given));
    const incomplete = asForm || missing(command, input).length > 0;
    // Whoever changes something joins; where that may leave no trace, once it is known that it is to leave one.
    if (turn.known.visiting && command.changes && !command.withoutTrace && !incomplete) await joins(turn);
    const checked = await checkInput(command, input, { now: turn.now, zone: turn.known.actor.zone }, turn.lookup);
    turn.unnamed = command.withoutTrace?.(checked.values as never) === true;
    if (incomplete || Object.keys(checked.errors).length > 0) {
      // Whether it is to leave a trace may still be chosen in the form.
      turn.leavesTrace = command.withoutTrace === undefined;
      await mayStillBeAsked(turn, command, checked);
      return ask(formFor(command, input, checked));
    }
    // The input has passed every field's schema; TypeScript cannot follow a name to its type.
    const values = checked.values as never;
    turn.leavesTrace = command.withoutTrace?.(values) !== true;
    try {
      if (turn.leavesTrace && command.changes && turn.known.visiting) await joins(turn);
      if (!turn.leavesTrace && tells(command, input)) await services.drafts.dropAll(turn.known.author);
      const reply = await command.run(contextOf(turn), values);
      if (command.changes) parts.changed();
      else onlyRead.add(turn.request);
      await drafts.drop(writing(turn));
      return reply;
    } catch (error) {
      const typed = Object.entries(command.input).some(
        ([name, field]) => (field.takes.kind === "paragraph" || field.takes.kind === "text") && !isBlank(input[name]),
      );
      const field = error instanceof Refusal && error.field && command.input[error.field] ? error.field : undefined;
      // A number that leads nowhere and nothing beside it: a form would ask for the same number again.
      const onlyNumber = field !== undefined && command.input[field]?.takes.kind === "ref";
      if (!typed && (field === undefined || onlyNumber)) throw error;
      turn.refused = true;
      if (error instanceof Warning)
        return ask({ ...formFor(command, { ...input, [error.flag]: true }, checked), problem: text`${error.message}` });
      // What was typed is shown again under the reason, so that it is not lost with the refusal or with our failure.
      if (!(error instanceof Refusal))
        return ask({
          ...formFor(command, input, checked),
          problem: text`This did not work, and the cause is on our side. What you typed is kept; try again in a minute. Reference ${failed(error, turn.request)}.`,
        });
      return field !== undefined
        ? ask(formFor(command, input, { ...checked, errors: { [field]: error.message } }))
        : ask({ ...formFor(command, input, checked), problem: text`${error.message}` });
    }
  }

  async function joins(turn: Turn): Promise<void> {
    const { asker } = turn.request;
    turn.known = await services.members.join(asker, profileOf(asker), turn.now);
  }

  /** A record that this person may not see is refused before a form about it opens. */
  async function mayStillBeAsked(turn: Turn, command: Command, checked: Checked): Promise<void> {
    for (const [name, { takes }] of Object.entries(command.input)) {
      const value = checked.values[name];
      if (takes.kind !== "ref" || value === undefined || (takes.receipt && typeof value === "string")) continue;
      await services.records.find(
        turn.known.actor,
        typeof value === "number" ? `${takes.prefixes[0]}-${value}` : `${value}`,
      );
    }
  }

  function contextOf(turn: Turn): Context {
    const {
      request,
      known: { actor },
      now,
    } = turn;
    return {
      actor,
      now,
      place: request.place,
      asker: request.asker,
      requestId: `${request.asker.platform}/${request.asker.tenant}/${request.id}`,
      services,
      files: filesIn(request),
      progress: turn.progress.note,
      async read(field, written, input) {
        const clock = { now, zone: actor.zone };
        const { values, errors } = await checkInput(
          { input: { [input]: field } },
          { [input]: written },
          clock,
          turn.lookup,
        );
        if (errors[input] !== undefined) throw new Refusal(errors[input], input);
        // It has passed the field's schema; TypeScript cannot follow a name to its type.
        return values[input] as never;
      },
      help: (area) => (area === undefined ? help(menu, actor) : areaHelp(menu, actor, area)),
    };
  }

  return {
    menu,
    handle: answeredOnce(answerTo, (request) => onlyRead.has(request)),
    opens(request) {
      const { body } = request;
      const command = body.type === "text" ? bareCommand(menu, body.text) : menu.find(body.command);
      if (!command) return undefined;
      const input = body.type === "text" ? {} : body.input;
      if (typeof input.draft === "string") return undefined;
      if (missing(command, input).length === 0 && !(body.type === "run" && body.form)) return undefined;
      const { reply } = keepAside(ask(formFor(command, cleanInput(input))), request.id, undefined);
      return reply.type === "form" ? reply.form : undefined;
    },
    async options(asker, directory, query) {
      try {
        const { actor } = await services.members.identify(asker, profileOf(asker), clock());
        const entries = await services.directory.search(actor, directory, clean(query));
        return entries.map((entry) => ({ code: entry.id, label: entry.name, detail: entry.code }));
      } catch (cause) {
        if (!(cause instanceof Refusal))
          log.error({ cause, platform: asker.platform, reason: "options" }, "a directory could not be searched");
        return [];
      }
    },
    welcome: () => welcome(menu),
  };
}

const writing = ({ request, known: { author } }: Turn) => ({ request, author });

/** A file beside another command is left aside, and so is a picture beside words: they are answered as without it. */
function isAboutFiles(command: Command, request: Request, reading: Reading): boolean {
  const files = filesIn(request);
  if (files.length === 0) return false;
  if (reading.type === "command") return reading.command === command;
  return reading.type === "empty" || files.some(({ name }) => command.takesFiles?.test(name));
}

/** Others read along elsewhere: what is sent there is not taken. */
const filesIn = ({ body, place }: Request) =>
  body.type === "text" && place.kind === "personal" ? (body.files ?? []) : [];

/** Something was written, of which there may be more in what was kept aside. */
const tells = (command: Command, input: Input): boolean =>
  Object.entries(command.input).some(([name, { takes }]) => takes.kind === "paragraph" && !isBlank(input[name]));
