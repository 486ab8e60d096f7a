import { readConfig } from "../config.ts";
import { giveUp } from "./ending.ts";
import { runMenuCommand } from "./menuCommand.ts";
import { programs } from "./programs.ts";

/** Exit codes: 0 done, 1 refused with the reason in words, 2 misuse. */
const words = process.argv.slice(2);

try {
  const program = programs[words[0] ?? "help"];
  process.exitCode = program
    ? await program.run(words.slice(1), readConfig(process.env))
    : await runMenuCommand(words, readConfig(process.env));
} catch (error) {
  giveUp(error);
}
