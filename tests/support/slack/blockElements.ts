import { first, isObject, list, oddProperty, plainFault, textFault } from "./faults.ts";

const elementProperties: Record<string, string[]> = {
  button: ["text", "action_id", "url", "value", "style", "confirm", "accessibility_label"],
  plain_text_input: [
    "action_id",
    "initial_value",
    "multiline",
    "min_length",
    "max_length",
    "dispatch_action_config",
    "focus_on_load",
    "placeholder",
  ],
  static_select: ["action_id", "options", "option_groups", "initial_option", "confirm", "focus_on_load", "placeholder"],
  multi_static_select: [
    "action_id",
    "options",
    "option_groups",
    "initial_options",
    "confirm",
    "max_selected_items",
    "focus_on_load",
    "placeholder",
  ],
  external_select: ["action_id", "initial_option", "min_query_length", "confirm", "focus_on_load", "placeholder"],
  multi_external_select: [
    "action_id",
    "initial_options",
    "min_query_length",
    "confirm",
    "max_selected_items",
    "focus_on_load",
    "placeholder",
  ],
  radio_buttons: ["action_id", "options", "initial_option", "confirm", "focus_on_load"],
  checkboxes: ["action_id", "options", "initial_options", "confirm", "focus_on_load"],
  number_input: [
    "action_id",
    "is_decimal_allowed",
    "initial_value",
    "min_value",
    "max_value",
    "dispatch_action_config",
    "focus_on_load",
    "placeholder",
  ],
  datepicker: ["action_id", "initial_date", "confirm", "focus_on_load", "placeholder"],
  datetimepicker: ["action_id", "initial_date_time", "confirm", "focus_on_load"],
  timepicker: ["action_id", "initial_time", "confirm", "focus_on_load", "placeholder", "timezone"],
  file_input: ["action_id", "filetypes", "max_files"],
  overflow: ["action_id", "options", "confirm"],
  image: ["image_url", "slack_file", "alt_text"],
  mrkdwn: ["text", "verbatim"],
  plain_text: ["text", "emoji"],
};

export const inputs = Object.keys(elementProperties).filter(
  (type) => !["button", "overflow", "image", "mrkdwn", "plain_text"].includes(type),
);

export function element(value: unknown, surface: "message" | "view"): string | undefined {
  if (!isObject(value)) return "element is no object";
  const type = String(value.type);
  const allowed = elementProperties[type];
  if (!allowed) return `unknown element ${type}`;
  const odd = oddProperty(value, [...allowed, "type"]);
  if (odd) return `${type} has no property ${odd}`;
  if (String(value.action_id ?? "").length > 255) return "action_id too long";
  if (value.placeholder && plainFault(value.placeholder, 150)) return "placeholder";
  if (type === "mrkdwn" || type === "plain_text") return textFault(value, 3000);
  if (type === "button") {
    if (String(value.value ?? "").length > 2000) return "button value too long";
    if (value.style !== undefined && !["primary", "danger"].includes(String(value.style))) return "button style";
    return plainFault(value.text, 75);
  }
  if (type === "plain_text_input") {
    if (Number(value.max_length ?? 1) > 3000) return "max_length above 3000";
    if (String(value.initial_value ?? "").length > 3000) return "initial_value above 3000";
  }
  if (type === "file_input" && surface === "message") return "file_input in a message";
  const options = [
    ...list(value.options),
    ...list(value.initial_options),
    ...(value.initial_option ? [value.initial_option] : []),
  ];
  const most = type === "radio_buttons" || type === "checkboxes" ? 10 : 100;
  if (list(value.options).length > most) return `${type} with more than ${most} options`;
  if (
    ["static_select", "multi_static_select", "radio_buttons", "checkboxes"].includes(type) &&
    list(value.options).length === 0
  )
    return `${type} without options`;
  const initial = [...list(value.initial_options), ...(value.initial_option ? [value.initial_option] : [])];
  if (
    value.options &&
    initial.some((one) => !list(value.options).some((option) => JSON.stringify(option) === JSON.stringify(one)))
  )
    return "initial option is not one of the options";
  return first(options, optionFault);
}

export function optionFault(option: unknown): string | undefined {
  if (!isObject(option)) return "option is no object";
  const odd = oddProperty(option, ["text", "value", "description", "url"]);
  if (odd) return `option has no property ${odd}`;
  if (String(option.value ?? "").length > 150 || !option.value) return "option value";
  return textFault(option.text, 75) ?? (option.description ? textFault(option.description, 75) : undefined);
}

const richProperties: Record<string, string[]> = {
  rich_text_section: ["elements"],
  rich_text_list: ["elements", "style", "indent", "offset", "border"],
  rich_text_quote: ["elements", "border"],
  rich_text_preformatted: ["elements", "border", "language"],
  text: ["text", "style"],
  user: ["user_id", "style"],
  link: ["url", "text", "style", "unsafe"],
  date: ["timestamp", "format", "url", "fallback", "style"],
};

export function rich(value: unknown): string | undefined {
  if (!isObject(value)) return "rich text is no object";
  const type = String(value.type);
  const allowed = richProperties[type];
  if (!allowed) return `unknown rich text ${type}`;
  const odd = oddProperty(value, [...allowed, "type"]);
  if (odd) return `${type} has no property ${odd}`;
  if (type === "text" && (typeof value.text !== "string" || value.text === "")) return "empty rich text";
  if (type === "date" && (!Number.isInteger(value.timestamp) || typeof value.format !== "string"))
    return "date without timestamp and format";
  return first(list(value.elements), rich);
}
