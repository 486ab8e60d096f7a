import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { renderCard } from "../../adapters/shell/render.ts";
import { loadMenu, type Menu } from "../bot/menu.ts";
import type { Card } from "../chat/card.ts";
import type { Form } from "../chat/form.ts";
import { formCard } from "../chat/formCard.ts";
import type { Config } from "../config.ts";
import { menuFolder } from "./menuFolder.ts";
import { Misuse } from "./misuse.ts";
import { openRounds } from "./open.ts";

/** `rounds incident list open --as jlee`: runs a command of the menu and prints its answer; `--json` prints the reply. */
export async function runMenuCommand(given: string[], config: Config): Promise<number> {
  const { values, positionals: words } = parseArgs({
    args: given,
    allowPositionals: true,
    options: { as: { type: "string" }, json: { type: "boolean" } },
  });
  const meant = isMeant(await loadMenu(menuFolder), words);
  if (values.as === undefined)
    throw new Misuse(
      meant
        ? "Say who asks: add --as HANDLE. “rounds help” lists what there is."
        : `There is no “${words[0] ?? ""}”. “rounds help” lists what there is.`,
    );
  const rounds = await openRounds(config);
  try {
    const asker = await rounds.identify(values.as);
    const { platform, tenant, user: conversation } = asker;
    const { reply, reader, refused } = await rounds.bot.handle({
      id: randomUUID(),
      asker,
      place: { platform, tenant, conversation, kind: "personal" },
      body: { type: "text", text: words.join(" "), words },
    });
    if (reply.type === "nothing") return 0;
    const asks = reply.type === "form";
    const text = renderCard(withoutButtons(asks ? formCard(reply.form) : reply.card), reader).text;
    const done = meant && !refused && !asks;
    if (done) console.log(values.json ? JSON.stringify(reply) : text);
    else console.error(text);
    if (asks) console.error(`Give what is needed by its name: ${names(reply.form)}.`);
    return done ? 0 : refused ? 1 : 2;
  } finally {
    await rounds.close();
  }
}

/** Whether the words begin with a command, or are an area alone. */
const isMeant = (menu: Menu, words: readonly string[]): boolean =>
  [1, 2, 3].some((length) => menu.find(words.slice(0, length).join(" ").toLowerCase()) !== undefined) ||
  (words.length === 1 && menu.areas.includes(words[0]?.toLowerCase() ?? ""));

/** Nothing can be clicked in an answer that is printed once. */
function withoutButtons(card: Card): Card {
  const blocks = card.blocks
    .filter((block) => block.type !== "buttons")
    .map((block) =>
      block.type === "list" ? { ...block, items: block.items.map(({ button: _, ...item }) => item) } : block,
    );
  return { ...card, blocks };
}

/** `where:…` for each field that is missing or wrong; for all of them where the form says itself what is the matter. */
function names({ fields }: Form): string {
  const wanted = fields.filter((field) => field.error !== undefined || (field.required && field.value === undefined));
  return (wanted.length > 0 ? wanted : fields).map((field) => `${field.name}:…`).join(" ");
}
