import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { renderCard } from "../../adapters/shell/render.ts";
import { formCard } from "../chat/formCard.ts";
import type { Config } from "../config.ts";
import { openRounds } from "./open.ts";

/** `rounds incident list open --as jlee`: runs a command of the menu and prints its answer; `--json` prints the reply. */
export async function runMenuCommand(given: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: given,
    allowPositionals: true,
    strict: false,
    options: { as: { type: "string" }, json: { type: "boolean" } },
  });
  if (typeof values.as !== "string") {
    console.error("Say who asks: add --as HANDLE. “rounds help” lists what there is.");
    return 2;
  }
  const rounds = await openRounds(config);
  try {
    const asker = await rounds.identify(values.as);
    if (!asker) {
      console.error(`Nobody here has the handle “${values.as}”.`);
      return 2;
    }
    const place = {
      platform: asker.platform,
      tenant: asker.tenant,
      conversation: asker.user,
      kind: "personal",
    } as const;
    const { reply, reader, refused } = await rounds.bot.handle({
      id: randomUUID(),
      asker,
      place,
      body: { type: "text", text: positionals.map(quoted).join(" ") },
    });
    if (reply.type === "nothing") return 0;
    const card = reply.type === "form" ? formCard(reply.form) : reply.card;
    const text = renderCard({ ...card, blocks: card.blocks.filter((block) => block.type !== "buttons") }, reader).text;
    if (refused || reply.type === "form") console.error(text);
    else console.log(values.json ? JSON.stringify(reply) : text);
    return refused ? 1 : reply.type === "form" ? 2 : 0;
  } finally {
    await rounds.close();
  }
}

/** What the shell took apart with its quotes is put together again. */
const quoted = (word: string): string => {
  const keyed = /^([a-z][a-z-]*):(.*\s.*)$/s.exec(word);
  if (keyed) return `${keyed[1]}:"${keyed[2]}"`;
  return word;
};
