import { takeConfig } from "../config.ts";
import { explain } from "./ending.ts";
import { runMenuCommand } from "./menuCommand.ts";
import { isMisuse } from "./misuse.ts";
import { programs } from "./programs.ts";

const [first = "help", ...rest] = process.argv.slice(2);
const name = first === "--help" || first === "-h" ? "help" : first;

/** Exit codes: 0 done, 1 refused with the reason in words, 2 misuse. */
try {
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  const config = takeConfig();
  if (program && rest.some((word) => word === "--help" || word === "-h"))
    process.exitCode = (await import("./helpProgram.ts")).helpOn(program);
  else process.exitCode = program ? await program.run(rest, config) : await runMenuCommand([name, ...rest], config);
} catch (error) {
  if (isMisuse(error)) console.error(error.message);
  else explain(error);
  process.exit(isMisuse(error) ? 2 : 1);
}
