import { randomInt } from "node:crypto";
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  formButton,
  heading,
  list,
  notice,
  paragraph,
} from "../chat/card.ts";
import type { Reply } from "../chat/reply.ts";
import { join, strong, text, words } from "../chat/text.ts";
import type { Actor } from "../domain/staff/actor.ts";
import type { Command } from "./command.ts";
import { type Menu, mayAsk } from "./menu.ts";
import type { Reading } from "./read.ts";

/** The rule and the way on, in one sentence or two; what was typed is given back. */
export function refusalCard(message: string, typed?: string): Card {
  return card(text`${message}`, notice("info", text`${message}`), givenBack(typed));
}

const givenBack = (typed: string | undefined): Block[] =>
  typed === undefined ? [] : [paragraph(text`${strong("You wrote")}`), paragraph(text`${typed}`)];

/** A reply that says which words no input of the command took. */
export function withUnused(reply: Reply, unused: string | undefined): Reply {
  if (unused === undefined) return reply;
  const said = text`Not used: “${unused}”. “help” tells what a command takes.`;
  switch (reply.type) {
    case "privately":
    case "here":
    case "update":
      return { ...reply, card: { ...reply.card, blocks: [...reply.card.blocks, context(said)] } };
    case "form":
      return { ...reply, form: { ...reply.form, intro: [...(reply.form.intro ?? []), words(" "), ...said] } };
    case "nothing":
      return reply;
  }
}

/** Something broke on our side; the code is in the log beside the cause. */
export function failureCard(code: string, typed?: string): Card {
  return card(
    text`This did not work. Reference ${words(code)}.`,
    notice(
      "warning",
      text`This did not work, and the cause is on our side. Try again in a minute; what was saved before is safe.`,
    ),
    givenBack(typed),
    context(text`Reference ${words(code)}, for whoever runs Rounds`),
  );
}

/** Six letters and digits that are not mistaken for one another when they are read out. */
export function referenceCode(): string {
  const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join("");
}

const roleNames = { staff: "staff", manager: "managers", quality: "quality", admin: "admins" } as const;

/** The command is for others. */
export function notForYou(command: Command): string {
  const roles = command.roles === "all" ? [] : command.roles.map((role) => roleNames[role]);
  return `“${command.path}” is for ${roles.join(" and ")}. If you need it, ask your manager; “help” lists what you can do.`;
}

/** No command fits: the nearest are offered with what was typed already in them. */
export function notUnderstood(
  menu: Menu,
  actor: Actor,
  reading: Extract<Reading, { type: "misspelt" | "sentence" }>,
): Card {
  const may = (command: Command | undefined): command is Command => command !== undefined && mayAsk(actor, command);
  const filing = menu.commands
    .filter((command) => may(command) && takesNarrative(command))
    .sort((one, other) => Number(other.path === offeredFirst) - Number(one.path === offeredFirst));
  const starting = filing.filter(
    (command) =>
      reading.type === "sentence" || reading.area === undefined || command.path.startsWith(`${reading.area} `),
  );
  if (reading.type === "sentence") {
    return card(
      text`Rounds did not recognise a command.`,
      heading(text`Rounds did not recognise a command`),
      paragraph(text`Nothing was filed yet. Choose what it should become; what you wrote is kept.`),
      buttons(
        ...firstLikeliest(
          starting.map((command) => formButton(command.title, command.path, { [openInput(command)]: reading.text })),
        ),
        button("Help", "help"),
      ),
    );
  }
  const nearest = reading.nearest.filter(({ command }) => may(command));
  return card(
    text`There is no command “${reading.written}”.`,
    heading(text`There is no command “${reading.written}”`),
    nearest.length > 0
      ? [
          paragraph(
            text`Did you mean ${join(
              nearest.map(({ command }) => text`${words(command.path)}`),
              " or ",
            )}? What you typed is kept.`,
          ),
        ]
      : [
          paragraph(text`Nothing was done. ${words(reading.area ?? "It")} can do this:`),
          list(
            menu
              .inArea(reading.area ?? "")
              .filter(may)
              .map((command) => ({ text: text`${words(command.path)} · ${words(command.summary)}` })),
          ),
        ],
    buttons(
      ...firstLikeliest([
        ...nearest.map(({ command, input }) => button(command.title, command.path, input)),
        ...(nearest.length === 0 || isSentence(reading.text) ? starting : [])
          .filter((command) => !nearest.some((near) => near.command === command))
          .map((command) => formButton(command.title, command.path, { [openInput(command)]: reading.text })),
      ]),
      button("Help", "help"),
    ),
  );
}

const firstLikeliest = ([first, ...others]: Button[]): Button[] =>
  first ? [{ ...first, style: "primary" }, ...others] : [];

/** More than a misspelt command: "Like a fool I gave 2 mg" was not meant to be "link". */
const isSentence = (written: string): boolean => written.split(/\s+/).length > 2;

/** What a plain sentence most often is. */
const offeredFirst = "incident report";

/** A command that begins with a narrative, as filing an incident does: what a plain sentence may become. */
const takesNarrative = (command: Command): boolean => {
  const first = Object.values(command.input)[0];
  return command.changes && first?.required === true && first.takes.kind === "paragraph";
};

const openInput = (command: Command): string => Object.keys(command.input)[0] ?? "";
