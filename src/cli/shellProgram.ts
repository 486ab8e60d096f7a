import { createInterface, type Interface } from "node:readline";
import { parseArgs } from "node:util";
import { createShell } from "../../adapters/shell/app.ts";
import type { Config } from "../config.ts";
import { Misuse } from "./misuse.ts";
import { openRounds } from "./open.ts";

/** Rounds in this terminal, as one person. */
export async function shellProgram(given: string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: given, options: { as: { type: "string" } } });
  const rounds = await openRounds(config);
  const lines = createInterface({ input: process.stdin, terminal: false });
  const readLine = lineReader(lines);
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
    await createShell({ bot: rounds.bot, asker, write: (text) => process.stdout.write(text), readLine }).run();
    return 0;
  } finally {
    // A terminal goes on giving lines, for which the process would stay.
    lines.close();
    await rounds.close();
  }
}

/** Reads a line at a time, from a terminal or a pipe; none is lost while an answer is made. */
function lineReader(given: Interface): (prompt: string) => Promise<string | undefined> {
  const lines = given[Symbol.asyncIterator]();
  return async (prompt) => {
    process.stdout.write(prompt);
    const { value, done } = await lines.next();
    return done ? undefined : value;
  };
}
