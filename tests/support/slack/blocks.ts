// What the real Slack refuses with invalid_blocks: unknown properties, missing ones, lengths and counts. The figures are of
// https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/block-kit/block-elements.

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const blockProperties: Record<string, string[]> = {
  section: ["text", "fields", "accessory", "expand"],
  header: ["text"],
  divider: [],
  image: ["image_url", "slack_file", "alt_text", "title"],
  actions: ["elements"],
  context: ["elements"],
  input: ["label", "element", "dispatch_action", "hint", "optional"],
  rich_text: ["elements"],
  table: ["rows", "column_settings"],
  data_visualization: ["title", "chart"],
};

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

const inputs = Object.keys(elementProperties).filter(
  (type) => !["button", "overflow", "image", "mrkdwn", "plain_text"].includes(type),
);

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

/** The first thing that Slack would refuse in these blocks, or undefined. */
export function blockFault(blocks: unknown, surface: "message" | "view"): string | undefined {
  if (!Array.isArray(blocks)) return "blocks: not a list";
  const most = surface === "message" ? 50 : 100;
  if (blocks.length > most) return `blocks: more than ${most}`;
  const ids = blocks.map((block: Json) => block.block_id).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) return "blocks: block_id twice";
  const characters = charactersIn(blocks);
  if (surface === "message" && characters > 13_200) return `msg_blocks_too_long: ${characters} characters`;
  for (const [index, block] of blocks.entries()) {
    const fault = oneBlock(block, surface);
    if (fault) return `blocks[${index}]: ${fault}`;
  }
  return undefined;
}

function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charactersIn(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum +
      (["text", "fallback", "alt_text"].includes(key) && typeof inner === "string"
        ? inner.length
        : charactersIn(inner)),
    0,
  );
}

function oneBlock(block: unknown, surface: "message" | "view"): string | undefined {
  if (!isObject(block)) return "not an object";
  const type = String(block.type);
  const allowed = blockProperties[type];
  if (!allowed) return `unknown block ${type}`;
  const odd = oddProperty(block, [...allowed, "type", "block_id"]);
  if (odd) return `${type} has no property ${odd}`;
  if (String(block.block_id ?? "").length > 255) return "block_id too long";
  switch (type) {
    case "section": {
      if (!block.text && list(block.fields).length === 0) return "section without text";
      if (list(block.fields).length > 10) return "more than 10 fields";
      return (
        (block.text ? textFault(block.text, 3000) : undefined) ??
        first(list(block.fields), (field) => textFault(field, 2000)) ??
        (block.accessory ? element(block.accessory, surface) : undefined)
      );
    }
    case "header":
      return plainFault(block.text, 150);
    case "image":
      return !block.alt_text || String(block.alt_text).length > 2000
        ? "image without alt_text"
        : block.image_url || block.slack_file
          ? undefined
          : "image without a picture";
    case "actions":
      return (
        counted(block.elements, 1, 25) ??
        duplicateAction(block.elements) ??
        first(list(block.elements), (one) => element(one, surface))
      );
    case "context":
      return counted(block.elements, 1, 10) ?? first(list(block.elements), (one) => element(one, surface));
    case "input":
      if (surface === "message") return "input in a message";
      return (
        plainFault(block.label, 2000) ??
        (block.hint ? plainFault(block.hint, 2000) : undefined) ??
        (isObject(block.element) && inputs.includes(String(block.element.type))
          ? element(block.element, surface)
          : "input without an input element")
      );
    case "rich_text":
      return counted(block.elements, 1, 1000) ?? first(list(block.elements), rich);
    case "table":
      return table(block);
    case "data_visualization":
      return chart(block);
    default:
      return undefined;
  }
}

function element(value: unknown, surface: "message" | "view"): string | undefined {
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

function rich(value: unknown): string | undefined {
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

function table(block: Json): string | undefined {
  const rows = list(block.rows);
  if (rows.length === 0 || rows.length > 100) return "table with no or more than 100 rows";
  if (rows.some((row) => list(row).length === 0 || list(row).length > 20))
    return "table row with no or more than 20 cells";
  if (charactersIn(rows) > 10_000) return "table with more than 10,000 characters";
  return first(rows.flatMap(list), (cell) => {
    if (!isObject(cell)) return "cell is no object";
    if (cell.type === "raw_text")
      return typeof cell.text === "string" ? oddProperty(cell, ["type", "text"]) : "cell without text";
    return cell.type === "rich_text" ? first(list(cell.elements), rich) : `unknown cell ${String(cell.type)}`;
  });
}

function chart(block: Json): string | undefined {
  if (String(block.title ?? "").length > 50) return "chart title above 50";
  const value = block.chart;
  if (!isObject(value) || !["pie", "bar", "area", "line"].includes(String(value.type))) return "chart type";
  if (list(value.series).length > 6) return "more than 6 series";
  return undefined;
}

/** The first thing that Slack would refuse in this view, or undefined. */
export function viewFault(view: unknown): string | undefined {
  if (!isObject(view)) return "view is no object";
  const odd = oddProperty(view, [
    "type",
    "title",
    "blocks",
    "submit",
    "close",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
  ]);
  if (odd) return `view has no property ${odd}`;
  if (String(view.private_metadata ?? "").length > 3000) return "private_metadata above 3000";
  if (String(view.callback_id ?? "").length > 255) return "callback_id above 255";
  const blocks = blockFault(view.blocks, "view");
  if (view.type === "home") return blocks;
  const needsSubmit = list(view.blocks).some((block) => isObject(block) && block.type === "input");
  if (needsSubmit && !view.submit) return "inputs without submit";
  return (
    plainFault(view.title, 24) ??
    (view.submit ? plainFault(view.submit, 24) : undefined) ??
    (view.close ? plainFault(view.close, 24) : undefined) ??
    blocks
  );
}

const oddProperty = (value: Json, allowed: string[]): string | undefined =>
  Object.keys(value).find((key) => !allowed.includes(key));
const first = <Value>(values: Value[], fault: (value: Value) => string | undefined): string | undefined =>
  values.map(fault).find((found) => found !== undefined);
const counted = (value: unknown, least: number, most: number): string | undefined =>
  list(value).length < least || list(value).length > most ? `needs ${least} to ${most} elements` : undefined;

function duplicateAction(elements: unknown): string | undefined {
  const ids = list(elements)
    .map((one) => (isObject(one) ? one.action_id : undefined))
    .filter((id) => id !== undefined);
  return new Set(ids).size === ids.length ? undefined : "action_id twice in a block";
}

function textFault(value: unknown, most: number): string | undefined {
  if (!isObject(value)) return "text is no object";
  if (!["plain_text", "mrkdwn"].includes(String(value.type))) return "text type";
  const text = value.text;
  if (typeof text !== "string" || text.length === 0) return "empty text";
  return text.length > most ? `text above ${most}` : oddProperty(value, ["type", "text", "emoji", "verbatim"]);
}

const plainFault = (value: unknown, most: number): string | undefined =>
  isObject(value) && value.type === "mrkdwn" ? "plain_text is needed" : textFault(value, most);
