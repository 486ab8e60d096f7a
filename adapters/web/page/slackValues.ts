import type { Choice } from "./server.ts";

interface OptionObject {
  text: { text: string };
  value: string;
  description?: { text: string };
}

/** An input of a modal, as our renderer makes it. */
export type InputElement = { action_id: string; placeholder?: { text: string } } & (
  | { type: "plain_text_input"; multiline?: boolean; max_length?: number; initial_value?: string }
  | {
      type: "number_input";
      is_decimal_allowed?: boolean;
      min_value?: string;
      max_value?: string;
      initial_value?: string;
    }
  | { type: "static_select" | "radio_buttons"; options: OptionObject[]; initial_option?: OptionObject }
  | { type: "multi_static_select" | "checkboxes"; options: OptionObject[]; initial_options?: OptionObject[] }
  | { type: "external_select"; initial_option?: OptionObject }
  | { type: "multi_external_select"; initial_options?: OptionObject[] }
  | { type: "datepicker"; initial_date?: string }
  | { type: "timepicker"; initial_time?: string }
  | { type: "datetimepicker"; initial_date_time?: number }
  | { type: "file_input"; filetypes?: string[] }
);

export interface Attached {
  name: string;
  mediaType: string;
  base64: string;
}

/** What stands in a field of the page. */
export type Typed = string | Choice[] | Attached;

export const choice = ({ text, value, description }: OptionObject): Choice => ({
  code: value,
  label: text.text,
  ...(description && { detail: description.text }),
});

const choices = (...options: (OptionObject | undefined)[]): Choice[] =>
  options.flatMap((option) => (option ? [choice(option)] : []));

/** What the view shows at first. */
export function first(element: InputElement, zone: string | undefined): Typed {
  switch (element.type) {
    case "plain_text_input":
    case "number_input":
      return element.initial_value ?? "";
    case "static_select":
    case "radio_buttons":
    case "external_select":
      return choices(element.initial_option);
    case "multi_static_select":
    case "checkboxes":
    case "multi_external_select":
      return choices(...(element.initial_options ?? []));
    case "datepicker":
      return element.initial_date ?? "";
    case "timepicker":
      return element.initial_time ?? "";
    case "datetimepicker":
      return element.initial_date_time === undefined ? "" : wallClock(element.initial_date_time * 1000, zone);
    case "file_input":
      return "";
  }
}

/** `2026-11-23T06:10` in a zone. */
function wallClock(at: number, zone: string | undefined): string {
  const look: Intl.DateTimeFormatOptions = { dateStyle: "short", timeStyle: "short", timeZone: zone };
  return new Intl.DateTimeFormat("sv-SE", look).format(at).replace(" ", "T");
}

/** The moment that a zone's clock shows so. */
function atWallClock(shown: string, zone: string | undefined): number {
  const wished = Date.parse(`${shown}Z`);
  const off = (at: number) => Date.parse(`${wallClock(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  return wished - off(wished - off(wished));
}

/** What Slack sends of a field in `view.state.values`; an attached file is sent whole, because there is no Slack to fetch it from. */
export function state(element: InputElement, typed: Typed, zone: string | undefined): object {
  const { type } = element;
  const text = typeof typed === "string" && typed !== "" ? typed : null;
  const options = (Array.isArray(typed) ? typed : []).map(({ code, label }) => ({
    text: { type: "plain_text", text: label },
    value: code,
  }));
  switch (type) {
    case "plain_text_input":
    case "number_input":
      return { type, value: text };
    case "static_select":
    case "radio_buttons":
    case "external_select":
      return { type, selected_option: options[0] ?? null };
    case "multi_static_select":
    case "checkboxes":
    case "multi_external_select":
      return { type, selected_options: options };
    case "datepicker":
      return { type, selected_date: text };
    case "timepicker":
      return { type, selected_time: text };
    case "datetimepicker":
      return { type, selected_date_time: text === null ? null : Math.floor(atWallClock(text, zone) / 1000) };
    case "file_input":
      return { type, files: typeof typed === "object" && !Array.isArray(typed) ? [typed] : [] };
  }
}

export const isEmpty = (typed: Typed): boolean => typed === "" || (Array.isArray(typed) && typed.length === 0);
