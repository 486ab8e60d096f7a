import type { Request } from "../chat/request.ts";
import { clean } from "./input.ts";
import { isBlank, type Menu } from "./menu.ts";
import { bareCommand } from "./read.ts";

/** What somebody wrote in this request, to be shown to them again where nothing could be done with it. */
export function typedIn(menu: Menu, { body }: Request): string | undefined {
  if (body.type === "text") {
    const written = clean(body.text);
    return written === "" || bareCommand(menu, written) ? undefined : written;
  }
  const written = Object.entries(menu.find(body.command)?.input ?? {}).flatMap(([name, { takes }]) => {
    const value = body.input[name];
    return (takes.kind === "text" || takes.kind === "paragraph") && typeof value === "string" && !isBlank(value)
      ? [clean(value)]
      : [];
  });
  return written.length === 0 ? undefined : written.join("\n");
}
