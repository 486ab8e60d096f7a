import { randomUUID } from "node:crypto";
import type { Bot } from "../../src/bot/bot.ts";
import type { Button, Input, Json } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import type { Answer } from "../../src/chat/reply.ts";
import type { Identity, Place, Request } from "../../src/chat/request.ts";
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

  const handle = (body: Request["body"], id: string = randomUUID()): Promise<Answer> =>
    bot.handle({ id, asker, place, body });

  /** Shows the answer, and asks for what a form wants until it is given or given up. */
  async function show(answer: Answer): Promise<void> {
    const { reply, reader } = answer;
    switch (reply.type) {
      case "nothing":
        return;
      case "form": {
        write(`${renderFormHead(reply.form, reader)}\n`);
        const input = await fill(reply.form);
        if (!input) return write("Given up; nothing was done.\n");
        return show(await handle({ type: "run", command: reply.form.command, input }));
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
        await show(
          await handle(
            { type: "run", command: button.command, input: button.input, ...(button.form && { form: true }) },
            id,
          ),
        );
      else if (line.trim() !== "") await show(await handle({ type: "text", text: line }, id));
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
