import { z } from "zod";
import { variables } from "../../src/config.ts";

/** The table of the README's section Variables: each variable that Rounds reads, what it is without being set, and what for. */
export function variablesTable(): string {
  const { properties = {} } = z.toJSONSchema(variables, { io: "input", unrepresentable: "any" });
  const rows = Object.entries(properties).map(([name, property]) => {
    const { default: standard, description } = property as { default?: unknown; description?: string };
    return `| \`${name}\` | ${standardInWords(standard)} | ${description} |`;
  });
  return ["| variable | when not set | what it is |", "|---|---|---|", ...rows].join("\n");
}

const standardInWords = (standard: unknown): string =>
  standard === undefined || standard === "" ? "–" : `\`${standard === false ? "0" : standard}\``;
