import { button, buttons, type Card, card, context, facts, heading, list, paragraph } from "../chat/card.ts";
import { text, words } from "../chat/text.ts";
import type { Actor } from "../domain/staff/actor.ts";
import type { Command } from "./command.ts";
import { areaOf, type Menu, mayAsk } from "./menu.ts";

/** Made once for each set of roles of a menu, since everybody with the same ones gets the same. */
const made = new WeakMap<Menu, Map<string, Card>>();

/** What this person may do, on one screen. */
export function help(menu: Menu, actor: Pick<Actor, "access">): Card {
  const known = made.get(menu) ?? new Map<string, Card>();
  made.set(menu, known);
  const roles = actor.access.toSorted().join();
  const card = known.get(roles) ?? draw(menu, actor);
  known.set(roles, card);
  return card;
}

function draw(menu: Menu, actor: Pick<Actor, "access">): Card {
  const areas = menu.areas
    .map((area) => ({ area, commands: menu.inArea(area).filter((command) => mayAsk(actor, command)) }))
    .filter(({ commands }) => commands.length > 0);
  const isWord = ({ commands }: { commands: readonly Command[] }) => commands.every(({ path }) => !path.includes(" "));
  const single = areas.filter(isWord).map(({ area }) => area);
  return card(
    text`What you can do with Rounds`,
    heading(text`What you can do`),
    facts(
      ...areas
        .filter((one) => !isWord(one))
        .map(({ area, commands }) => ({ label: area, value: text`${words(verbs(commands))}` })),
      { label: "Also", value: text`${words(single.join(", "))}` },
    ),
    context(
      text`Type a command with what it needs, as “incident report slipped on a wet floor 4W”, or without, and a form opens. “help incident” tells more.`,
    ),
    buttons(button("Report an incident", "incident report", {}, "primary"), button("What waits for me", "todo")),
  );
}

/** "assign, close, list"; an area may be a word of its own too, as "todo" is. */
const verbs = (commands: readonly Command[]): string =>
  commands.map((command) => command.path.split(" ").slice(1).join(" ") || command.path).join(", ");

/** What an area can do for this person, each with its inputs. */
export function areaHelp(menu: Menu, actor: Pick<Actor, "access">, area: string): Card {
  const commands = menu.inArea(area).filter((command) => mayAsk(actor, command));
  if (commands.length === 0) return help(menu, actor);
  return card(
    text`What you can do with ${words(area)}`,
    heading(text`${words(area)}`),
    list(
      commands.map((command) => ({
        text: text`${words(command.path)} ${words(command.usage)}`,
        detail: text`${words(command.summary)}`,
      })),
    ),
    context(text`Words in any order; “name:value” says which is which.`),
    buttons(
      ...commands
        .filter(startsAnew)
        .toSorted((one, other) => forFew(one) - forFew(other))
        .slice(0, 3)
        .map((command) => button(command.title, command.path)),
    ),
  );
}

/** It is about no record yet, so that a button without input makes sense. */
const startsAnew = (command: Command): boolean =>
  Object.values(command.input).every((field) => field.takes.kind !== "ref" || !field.required);

const forFew = ({ roles }: Command): number => (roles === "all" ? 0 : 1);

/** What the bot says when it is added to a chat. */
export function welcome(menu: Menu): Card {
  const areas = menu.commands.filter((command) => command.roles === "all").map(areaOf);
  return card(
    text`Rounds is here.`,
    heading(text`Rounds is here`),
    paragraph(
      text`Report an incident in seconds, see what waits for you, and be reminded in time. What you ask here is answered to you alone.`,
    ),
    context(
      text`Everybody can use: ${words([...new Set(areas)].join(", "))}. Chat is no place for patients' names or record numbers in the clear; give the number in your system of record instead.`,
    ),
    buttons(button("Report an incident", "incident report", {}, "primary"), button("Help", "help")),
  );
}
