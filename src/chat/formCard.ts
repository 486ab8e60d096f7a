import { buttons, type Card, card, context, facts, formButton, heading, list, notice, paragraph } from "./card.ts";
import type { Form, FormField } from "./form.ts";
import { data, text, words } from "./text.ts";

/**
 * A form where no form can open: no live trigger in Slack, a text in Teams. It shows what was understood and what is
 * missing, and its button opens the form with all of it.
 */
export function formCard(form: Form): Card {
  const wrong = form.fields.filter((field) => field.error !== undefined);
  const missing = form.fields.filter(
    (field) => field.required && field.value === undefined && field.error === undefined,
  );
  const given = form.fields.filter((field) => field.value !== undefined && field.error === undefined);
  const input = {
    ...form.carried,
    ...Object.fromEntries(
      form.fields.flatMap((field) => (field.value === undefined ? [] : [[field.name, field.value]])),
    ),
  };
  return card(
    text`${words(form.title)}: more is needed.`,
    heading(text`${words(form.title)}`),
    form.problem ? [notice("warning", form.problem)] : [],
    form.intro ? [paragraph(form.intro)] : [],
    wrong.length > 0
      ? [notice("warning", text`Please check what is marked below. Nothing that you typed is lost.`)]
      : [],
    wrong.length > 0 ? [list(wrong.map((field) => ({ text: text`${words(field.label)}: ${field.error ?? ""}` })))] : [],
    given.length > 0
      ? [facts(...given.map((field) => ({ label: field.label, value: text`${data(shownValue(field))}` })))]
      : [],
    missing.length > 0 ? [context(text`Still needed: ${words(missing.map((field) => field.label).join(", "))}`)] : [],
    buttons(formButton("Fill in the form", form.command, input, "primary")),
  );
}

/** The value as a person reads it, cut to a line. */
function shownValue(field: FormField): string {
  const value = field.shown?.join(", ") ?? label(field) ?? String(field.value ?? "");
  return value.length > 200 ? `${value.slice(0, 199)}…` : value;
}

function label(field: FormField): string | undefined {
  return field.takes.kind === "choice"
    ? field.takes.options.find((option) => option.code === field.value)?.label
    : undefined;
}
