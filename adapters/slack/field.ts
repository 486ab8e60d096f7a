import type { InputBlock, PlainTextOption } from "@slack/types";
import { DateTime } from "luxon";
import { type FormField, type Option, repeats } from "../../src/chat/form.ts";
import { inputCharacters, optionCharacters, radioOptions, selectOptions } from "./limits.ts";
import { plainText, visible } from "./text.ts";

type Element = InputBlock["element"];

/** Every input has the same action: which field it is, its block says. */
const action_id = "input";

/** The word for the place where something is said. */
const here: PlainTextOption = { text: plainText("This place", optionCharacters), value: "here" };

/** What takes a field's value. What fits no picker is shown as text, so that it is not lost. */
export function fieldElement(field: FormField, zone: string | undefined): Element {
  const { takes } = field;
  const value = typeof field.value === "string" || typeof field.value === "number" ? String(field.value) : undefined;
  switch (takes.kind) {
    case "text":
    case "paragraph":
      return textInput(value, { max: takes.max, multiline: takes.kind === "paragraph" });
    case "choice":
      return choice(takes.options, value);
    case "repeat":
      return choice(repeats, value);
    case "many":
      return many(takes.options, field.value);
    case "number":
      if (value !== undefined && !isNumber(value)) return textInput(value);
      return {
        type: "number_input",
        action_id,
        is_decimal_allowed: takes.whole !== true,
        ...(value !== undefined && { initial_value: value }),
        ...(takes.min !== undefined && { min_value: String(takes.min) }),
        ...(takes.max !== undefined && { max_value: String(takes.max) }),
      };
    case "money":
      return textInput(value, { example: "1234.50" });
    case "month":
      return textInput(value, { example: "2026-11" });
    case "ref":
      return textInput(value, { example: `${takes.prefixes[0]}-142` });
    case "flag": {
      const yes = { text: plainText("Yes", optionCharacters), value: "true" };
      const isSet = field.value === true || field.value === "true";
      return { type: "checkboxes", action_id, options: [yes], ...(isSet && { initial_options: [yes] }) };
    }
    case "date":
      if (value !== undefined && !isDate(value)) return textInput(value);
      return { type: "datepicker", action_id, ...(value !== undefined && { initial_date: value }) };
    case "time":
      if (value !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return textInput(value);
      return { type: "timepicker", action_id, ...(value !== undefined && { initial_time: value }) };
    case "date-time":
      return moment(value, zone);
    case "file":
      return { type: "file_input", action_id, max_files: 1 };
    case "entry": {
      const [first] = entries(field);
      return {
        type: "external_select",
        action_id,
        min_query_length: 0,
        placeholder: plainText("Type to search", 150),
        ...(first !== undefined && { initial_option: first }),
      };
    }
    case "entries": {
      const chosen = entries(field);
      return {
        type: "multi_external_select",
        action_id,
        min_query_length: 0,
        placeholder: plainText("Type to search", 150),
        ...(chosen.length > 0 && { initial_options: chosen }),
      };
    }
  }
}

/** The options of a directory; "This place" stands first where it may be said. */
export function entryOptions(found: readonly Option[], offersHere: boolean): PlainTextOption[] {
  const options = found.map((one) =>
    option({ code: one.code, label: one.detail === undefined ? one.label : `${one.label} (${one.detail})` }),
  );
  return [...(offersHere ? [here] : []), ...options].slice(0, selectOptions);
}

export const hasValue = (element: Element): boolean => Object.keys(element).some((key) => key.startsWith("initial_"));

function textInput(
  value: string | undefined,
  { max = 300, multiline = false, example }: { max?: number; multiline?: boolean; example?: string } = {},
): Element {
  // What was typed may be longer than the field takes: it is shown whole, to be made shorter.
  const shown = value?.slice(0, inputCharacters);
  return {
    type: "plain_text_input",
    action_id,
    max_length: Math.min(Math.max(max, shown?.length ?? 0), inputCharacters),
    ...(multiline && { multiline }),
    ...(shown && { initial_value: shown }),
    ...(example !== undefined && { placeholder: plainText(example, 150) }),
  };
}

function choice(given: readonly Option[], value: string | undefined): Element {
  const options = given.slice(0, selectOptions).map(option);
  const chosen = options.find((one) => one.value === value);
  const initial = chosen && { initial_option: chosen };
  return given.length <= radioOptions && given.some((one) => one.detail !== undefined)
    ? { type: "radio_buttons", action_id, options, ...initial }
    : { type: "static_select", action_id, options, ...initial };
}

function many(given: readonly Option[], value: FormField["value"]): Element {
  const options = given.slice(0, selectOptions).map(option);
  const chosen = options.filter((one) => Array.isArray(value) && value.includes(one.value ?? ""));
  return {
    type: "multi_static_select",
    action_id,
    options,
    ...(chosen.length > 0 && { initial_options: chosen }),
  };
}

const option = ({ code, label, detail }: Option): PlainTextOption => ({
  text: plainText(label, optionCharacters),
  value: code,
  ...(detail !== undefined && { description: plainText(detail, optionCharacters) }),
});

/** A moment without an offset is the reader's; until their zone is known the picker stays empty. */
function moment(value: string | undefined, zone: string | undefined): Element {
  if (value === undefined) return { type: "datetimepicker", action_id };
  const at = DateTime.fromISO(value, { zone: zone ?? "UTC" });
  if (!at.isValid || !/^\d{4}-\d\d-\d\d[T ]/.test(value)) return textInput(value);
  if (zone === undefined && !/(Z|[+-]\d\d:?\d\d)$/.test(value)) return { type: "datetimepicker", action_id };
  return { type: "datetimepicker", action_id, initial_date_time: Math.floor(at.toSeconds()) };
}

function entries(field: FormField): PlainTextOption[] {
  const ids = Array.isArray(field.value) ? field.value : field.value === undefined ? [] : [String(field.value)];
  return ids
    .filter((id) => id !== "")
    .map((id, index) =>
      id === here.value ? here : { text: plainText(visible(field.shown?.[index] ?? id), optionCharacters), value: id },
    );
}

const isNumber = (value: string): boolean => value.trim() !== "" && Number.isFinite(Number(value));
const isDate = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value) && DateTime.fromISO(value).isValid;
