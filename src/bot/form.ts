import { z } from "zod";
import type { Input } from "../chat/card.ts";
import type { Form, FormField } from "../chat/form.ts";
import { type Text, text, words } from "../chat/text.ts";
import type { Command } from "./command.ts";
import { isBlank } from "./menu.ts";

/** What is known beside the input when a form is made. */
export interface FormState {
  errors?: Record<string, string>;
  shown?: Record<string, string[]>;
  problem?: Text;
}

/** A value longer than this does not fit Slack's text field (3,000 characters) with room to correct it. */
const longestInForm = 2900;

const writtenForm = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/**
 * The form for a command's missing input: what is required, what the command asks besides, and what was given. A
 * reference that is already known is carried and named above the fields.
 */
export function formOf(command: Command, input: Input, state: FormState = {}): Form {
  const carried: Input = {};
  const fields: FormField[] = [];
  const about: string[] = [];
  for (const [name, field] of Object.entries(command.input)) {
    const error = state.errors?.[name];
    const given = isBlank(input[name]) ? undefined : writtenForm.safeParse(input[name]).data;
    if (field.takes.kind === "ref" && given !== undefined && error === undefined) {
      carried[name] = given;
      about.push(String(given));
    } else if (field.required || field.ask || (given !== undefined && !field.carried) || error !== undefined) {
      const kept = typeof given === "string" && given.length > longestInForm ? given.length : undefined;
      const value = given ?? (field.fallback === "now" ? undefined : field.fallback);
      const shown = state.shown?.[name];
      fields.push({
        name,
        label: field.label,
        required: field.required && field.fallback === undefined,
        takes: field.takes,
        ...(field.hint !== undefined && { hint: field.hint }),
        ...(kept !== undefined ? { kept } : value !== undefined && { value }),
        ...(shown !== undefined && { shown }),
        ...(error !== undefined && { error }),
      });
    } else if (input[name] !== undefined) carried[name] = input[name];
  }
  const intro =
    about.length > 0 ? text`${about.join(", ")} · ${words(command.summary)}` : text`${words(command.summary)}`;
  return {
    command: command.path,
    title: command.title,
    submit: "Send",
    intro,
    fields,
    carried,
    ...(state.problem && { problem: state.problem }),
  };
}
