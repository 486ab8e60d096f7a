import type { CardElementArray, IAdaptiveCard, IChoice } from "@microsoft/teams.cards";
import { type FieldKind, type Form, type FormField, type Option, repeats } from "../../src/chat/form.ts";
import type { Text } from "../../src/chat/text.ts";
import { inputCharacters } from "./limits.ts";
import type { Source } from "./payload.ts";
import { literal, runs } from "./text.ts";

/** What Teams' dialogs have no field for, and what stands in its place. */
export const fileInstead = "Send the file to Rounds in your own chat.";

type Elements = CardElementArray;

/** The form as the card of a dialog. Its button brings back the command, what is carried, and the card it came from. */
export function renderForm(form: Form, source?: Source): IAdaptiveCard {
  const wrong = form.fields.some((field) => field.error !== undefined);
  return {
    type: "AdaptiveCard",
    version: "1.5",
    fallbackText: literal(form.title),
    body: [
      ...(wrong
        ? [said("Please check what is marked below. Nothing that you typed is lost.", { weight: "Bolder" })]
        : []),
      ...(form.problem ? [problem(form.problem)] : []),
      ...(form.intro ? [{ type: "RichTextBlock" as const, inlines: runs(form.intro, "UTC") }] : []),
      ...form.fields.flatMap(fieldElements),
    ],
    actions: [
      {
        type: "Action.Submit",
        title: form.submit,
        style: "positive",
        data: { command: form.command, input: form.carried, ...(source && { source: { ...source } }) },
      },
    ],
  };
}

const problem = (text: Text): Elements[number] => ({
  type: "Container",
  style: "warning",
  items: [{ type: "RichTextBlock", inlines: runs(text, "UTC") }],
});

/** The id of a field's input; a name of ours never meets a name of the card. */
export const inputId = (field: string): string => `field.${field}`;
/** The time beside a date, for a moment. */
export const timeId = (field: string): string => `field.${field}.time`;

function fieldElements(field: FormField): Elements {
  if (field.kept !== undefined)
    return [
      said(`${field.label}: ${field.kept.toLocaleString("en-US")} characters are kept and will be filed as typed.`),
    ];
  return [
    ...inputs(field),
    ...(field.hint ? [said(field.hint, { isSubtle: true, size: "Small" })] : []),
    ...(field.error ? [said(field.error, { color: "Attention" })] : []),
  ];
}

const said = (
  text: string,
  look: { weight?: "Bolder"; color?: "Attention"; isSubtle?: true; size?: "Small" } = {},
): Elements[number] => ({
  type: "RichTextBlock",
  spacing: "Small",
  inlines: [{ type: "TextRun", text: literal(text), ...look }],
});

function inputs(field: FormField): Elements {
  const { takes } = field;
  const common = { id: inputId(field.name), label: literal(field.label), ...requirement(field) };
  const value = typeof field.value === "string" || typeof field.value === "number" ? String(field.value) : undefined;
  const shown = { ...common, ...(value !== undefined && { value }) };
  switch (takes.kind) {
    case "text":
      return [{ type: "Input.Text", ...shown, maxLength: Math.min(takes.max, inputCharacters) }];
    case "paragraph":
      return [{ type: "Input.Text", ...shown, isMultiline: true, maxLength: Math.min(takes.max, inputCharacters) }];
    case "money":
      return [{ type: "Input.Text", ...shown, placeholder: "1234.50", maxLength: 20 }];
    case "month":
      return [{ type: "Input.Text", ...shown, placeholder: "2026-11", maxLength: 20 }];
    case "ref":
      return [{ type: "Input.Text", ...shown, placeholder: `${takes.prefixes[0]}-142`, maxLength: 20 }];
    case "number":
      return [number(takes, common, value)];
    case "choice":
    case "repeat":
    case "many":
      return [choices(takes, shown, field.value)];
    case "flag":
      return [
        {
          type: "Input.Toggle",
          id: common.id,
          title: common.label,
          value: String(field.value === true || field.value === "true"),
          wrap: true,
        },
      ];
    case "date":
      return [{ type: fits(value, /^\d{4}-\d\d-\d\d$/) ? "Input.Date" : "Input.Text", ...shown }];
    case "time":
      return [{ type: fits(value, /^\d\d:\d\d$/) ? "Input.Time" : "Input.Text", ...shown }];
    case "date-time":
      return moment(field, common, value);
    case "entry":
    case "entries":
      return [entries(field, takes, common)];
    case "file":
      return [said(`${field.label}: ${fileInstead}`)];
  }
}

const requirement = (field: FormField) =>
  field.required ? { isRequired: true, errorMessage: `${literal(field.label)} is needed.` } : {};

type Common = { id: string; label: string; isRequired?: boolean; errorMessage?: string };

/** What fits no picker is shown as text, so that it is not lost. */
const fits = (value: string | undefined, written: RegExp): boolean => value === undefined || written.test(value);

/** A number that is none is shown as it was typed: Teams' number field would drop it. */
function number(
  takes: Extract<FieldKind, { kind: "number" }>,
  common: Common,
  value: string | undefined,
): Elements[number] {
  if (value !== undefined && !Number.isFinite(Number(value)))
    return { type: "Input.Text", ...common, value, maxLength: 20 };
  return {
    type: "Input.Number",
    ...common,
    ...(value !== undefined && value.trim() !== "" && { value: Number(value) }),
    ...(takes.min !== undefined && { min: takes.min }),
    ...(takes.max !== undefined && { max: takes.max }),
  };
}

function choices(
  takes: Extract<FieldKind, { kind: "choice" | "many" | "repeat" }>,
  shown: Common & { value?: string },
  value: FormField["value"],
): Elements[number] {
  const options: readonly Option[] = takes.kind === "repeat" ? repeats : takes.options;
  const explained = options.some((option) => option.detail !== undefined);
  return {
    type: "Input.ChoiceSet",
    ...shown,
    ...(takes.kind === "many" && { isMultiSelect: true, ...(Array.isArray(value) && { value: value.join(",") }) }),
    style: explained || takes.kind === "many" ? "expanded" : "compact",
    wrap: true,
    choices: options.map(choice),
  };
}

const choice = (option: Option): IChoice => ({
  title: literal(option.detail === undefined ? option.label : `${option.label}: ${option.detail}`),
  value: option.code,
});

/** Teams has no field for a moment: a date and a time beside each other. What fits neither is shown to be typed again. */
function moment(field: FormField, common: Common, value: string | undefined): Elements {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)?[T ]?(\d\d:\d\d)?$/.exec(value ?? "") ?? [];
  if (value !== undefined && value !== "" && date === undefined && time === undefined)
    return [{ type: "Input.Text", ...common, value, maxLength: 100 }];
  return [
    { type: "Input.Date", ...common, ...(date !== undefined && { value: date }) },
    {
      type: "Input.Time",
      id: timeId(field.name),
      label: `${common.label}, time`,
      spacing: "Small",
      ...(time !== undefined && { value: time }),
    },
  ];
}

/** The word for the place where something is said. */
const here = "here";

/** Searched in our directory; what is chosen already is a choice of its own, so that its name is shown. */
function entries(
  field: FormField,
  takes: Extract<FieldKind, { kind: "entry" | "entries" }>,
  common: Common,
): Elements[number] {
  const chosen = Array.isArray(field.value) ? field.value : field.value === undefined ? [] : [String(field.value)];
  return {
    type: "Input.ChoiceSet",
    ...common,
    style: "filtered",
    choices: [
      ...chosen
        .filter((id) => id !== here)
        .map((id, index) => ({ title: literal(field.shown?.[index] ?? id), value: id })),
      ...("here" in takes && takes.here ? [{ title: "Here, in this chat", value: here }] : []),
    ],
    "choices.data": { type: "Data.Query", dataset: takes.directory },
    placeholder: "Type to search",
    ...(chosen.length > 0 && { value: chosen.join(",") }),
    ...(takes.kind === "entries" && { isMultiSelect: true }),
  };
}
