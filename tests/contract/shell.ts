import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createShell } from "../../adapters/shell/app.ts";
import { openHospital } from "../support/hospital.ts";
import type { Driver, Handle } from "./driver.ts";

/** The shell, with what would be printed kept and what would be typed given. */
export async function shellDriver(): Promise<Driver> {
  const hospital = await openHospital({ platform: "shell", tenant: "contract" });
  const terminals = new Map<Handle, ReturnType<typeof terminal>>();
  let last: { who: Handle; text: string; id: string } | undefined;
  let deliveries = 0;

  function terminal(who: Handle) {
    let printed = "";
    let prompts = "";
    let asked: ((line: string) => void) | undefined;
    let wait: (() => void) | undefined;
    const shell = createShell({
      bot: hospital.bot,
      asker: hospital.identity(who),
      write: (text) => {
        printed += text;
      },
      readLine: (prompt) =>
        new Promise((typed) => {
          prompts = prompt;
          printed += prompt;
          asked = typed;
          wait?.();
        }),
    });
    /** What the shell does with the line that was typed last. */
    let inHand = Promise.resolve();
    /** Goes on until the shell waits for a line or has answered. */
    const goesOn = () => Promise.race([inHand, new Promise<void>((waits) => (wait = waits))]);
    return {
      shell,
      says(text: string, id?: string) {
        inHand = shell.line(text, id);
        return goesOn();
      },
      sees: () => printed,
      prompt: () => prompts,
      async answers(line: string) {
        const typed = asked;
        asked = undefined;
        const next = goesOn();
        typed?.(line);
        await next;
      },
      waits: () => asked !== undefined,
    };
  }
  const at = (who: Handle) => {
    const known = terminals.get(who) ?? terminal(who);
    terminals.set(who, known);
    return known;
  };

  return {
    platform: "shell",
    hospital,
    async says(who, text) {
      last = { who, text, id: `line-${++deliveries}` };
      await at(who).says(text, last.id);
    },
    async sends(who, name, text) {
      const folder = await mkdtemp(path.join(tmpdir(), "rounds shell-"));
      await writeFile(path.join(folder, name), text);
      await at(who).says(`import "${path.join(folder, name)}"`, `line-${++deliveries}`);
      await rm(folder, { recursive: true });
    },
    async repeats() {
      if (last) await at(last.who).says(last.text, last.id);
    },
    asksBeforeOthers: { instead: "a terminal has one reader" },
    sees: async (who) => at(who).sees(),
    async clicks(who, label) {
      const number = [
        ...at(who)
          .sees()
          .matchAll(new RegExp(`\\[(\\d+) ${label}\\]`, "g")),
      ].at(-1)?.[1];
      if (!number) throw new Error(`There is no button ${label} in:\n${at(who).sees()}`);
      await at(who).says(number, `line-${++deliveries}`);
    },
    form: async (who) => at(who).sees().slice(-3000),
    async fills(who, values) {
      const label = () => at(who).prompt().split("\n")[0] ?? "";
      const first = label();
      for (let asked = 0; at(who).waits() && (asked === 0 || label() !== first); asked += 1) {
        const value = Object.entries(values).find(([name]) => labels[name] && label().startsWith(labels[name]))?.[1];
        await at(who).answers(value ?? "");
      }
    },
    messages: async (who) => at(who).sees().length,
    asksInThread: { instead: "answers stand below what was typed" },
    hearsItself: { instead: "a terminal delivers nothing back" },
    reads: { instead: "it is sent to the person’s chat, and `settings digests` shows it" },
    delivers: { instead: "`todo` shows what fell due; the notice itself goes to the person's chat" },
    close: () => hospital.close(),
  };
}

const labels: Record<string, string> = {
  what: "What happened",
  where: "Where",
  when: "When",
  to: "To",
  changed: "What changed",
  note: "Note",
};
