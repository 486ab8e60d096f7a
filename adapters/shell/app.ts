import { randomUUID } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import path from "node:path";
import type { Bot } from "../../src/bot/bot.ts";
import type { Button, Input, Json } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import type { Answer, ShowProgress } from "../../src/chat/reply.ts";
import type { Identity, Place, Request } from "../../src/chat/request.ts";
import type { SentFile } from "../../src/chat/sentFile.ts";
import { renderCard, renderField, renderFormHead } from "./render.ts";

export interface ShellOptions {
  bot: Bot;
  asker: Identity;
  write(text: string): void;
  /** Reads a line; undefined at the end of input. */
  readLine(prompt: string): Promise<string | undefined>;
}

/** The bot in a terminal: lines are said, numbers click, forms are asked field by field. */
export function createShell({ bot, asker, write, readLine }: ShellOptions) {
  const place: Place = { platform: "shell", tenant: asker.tenant, conversation: asker.user, kind: "personal" };
  let buttons: Button[] = [];

  const show: ShowProgress = (card, reader) => write(`${renderCard(card, reader).text}\n`);
  const handle = (body: Request["body"], id: string = randomUUID()): Promise<Answer> =>
    bot.handle({ id, asker, place, body }, show);

  /** Shows the answer, and asks for what a form wants until it is given or given up. */
  async function answered(answer: Answer): Promise<void> {
    const { reply, reader } = answer;
    switch (reply.type) {
      case "nothing":
        return;
      case "form": {
        write(`${renderFormHead(reply.form, reader)}\n`);
        const input = await fill(reply.form);
        if (!input) return write("Given up; nothing was done.\n");
        return answered(await handle({ type: "run", command: reply.form.command, input }));
      }
      case "privately":
      case "here":
      case "update": {
        const card = renderCard(reply.card, reader);
        buttons = card.buttons;
        return write(`${card.text}\n`);
      }
    }
  }

  async function fill(form: Form): Promise<Input | undefined> {
    const input: Input = { ...form.carried };
    for (const field of form.fields) {
      const given = await readLine(`${renderField(field)}\n> `);
      if (given === undefined || given.trim() === ".") return undefined;
      // What stands in the field stays when nothing is typed; what is kept aside is carried anyway.
      const value: Json | undefined = given.trim() === "" ? field.value : given;
      if (value !== undefined) input[field.name] = value;
    }
    return input;
  }

  const shell = {
    /** One line: a number clicks a button of the last card, anything else is said. */
    async line(line: string, id?: string): Promise<void> {
      const button = /^\d{1,2}$/.test(line.trim()) ? buttons[Number(line) - 1] : undefined;
      if (button)
        await answered(
          await handle(
            { type: "run", command: button.command, input: button.input, ...(button.form && { form: true }) },
            id,
          ),
        );
      else if (line.trim() !== "") await answered(await handle({ type: "text", ...withFile(line) }, id));
    },
    /** Reads lines until the end of input or "exit". */
    async run(): Promise<void> {
      for (
        let line = await readLine("> ");
        line !== undefined && !/^(exit|quit)$/i.test(line.trim());
        line = await readLine("> ")
      )
        await shell.line(line);
    },
  };
  return shell;
}

/** A line that is the path of a file, as terminals write one that is dropped on them, or an import that ends with one. */
function withFile(line: string): { text: string; files?: SentFile[] } {
  const [, words = "", written = ""] =
    /^\s*(\/?import(?:\s+(?:budget|ledger|kpi))?(?=\s))?\s*(.*?)\s*$/i.exec(line) ?? [];
  const named = /^(["'])(.+)\1$/.exec(written)?.[2] ?? written.replace(/\\(.)/g, "$1");
  const file = named === "" ? undefined : statSync(named, { throwIfNoEntry: false });
  if (!file?.isFile()) return { text: line };
  return { text: words, files: [{ name: path.basename(named), size: file.size, read: () => createReadStream(named) }] };
}
