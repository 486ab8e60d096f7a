import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createShell } from "../../adapters/shell/app.ts";
import type { Config } from "../config.ts";
import { Misuse } from "./misuse.ts";
import { openRounds } from "./open.ts";

/** Rounds in this terminal, as one person. */
export async function shellProgram(given: string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: given, options: { as: { type: "string" } } });
  const rounds = await openRounds(config);
  try {
    const first = await rounds.bound.person.findFirst({
      where: { active: true, access: { equals: ["staff"] } },
      orderBy: { handle: "asc" },
      select: { handle: true },
    });
    const handle = values.as ?? first?.handle;
    if (handle === undefined) throw new Misuse("There is nobody here yet. Import staff first.");
    const asker = await rounds.identify(handle);
    console.log(
      `Rounds at ${rounds.organisation.name}, as ${handle}. Say what you want, or “help”; a number clicks; “exit” ends. --as HANDLE is somebody else.`,
    );
    const readLine = lineReader();
    await createShell({ bot: rounds.bot, asker, write: (text) => process.stdout.write(text), readLine }).run();
    return 0;
  } finally {
    await rounds.close();
  }
}

/** Reads a line at a time, from a terminal or a pipe; none is lost while an answer is made. */
function lineReader(): (prompt: string) => Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, terminal: false })[Symbol.asyncIterator]();
  return async (prompt) => {
    process.stdout.write(prompt);
    const { value, done } = await lines.next();
    return done ? undefined : value;
  };
}
