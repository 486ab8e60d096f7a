// What the real Slack refuses with invalid_blocks: unknown properties, missing ones, lengths and counts. The figures are of
// https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/block-kit/block-elements.

import { element, inputs, rich } from "./blockElements.ts";
import {
  counted,
  duplicateAction,
  first,
  isObject,
  type Json,
  list,
  oddProperty,
  plainFault,
  textFault,
} from "./faults.ts";

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

/** The first thing that Slack would refuse in these blocks, or undefined. */
export function blockFault(blocks: unknown, surface: "message" | "view"): string | undefined {
  if (!Array.isArray(blocks)) return "blocks: not a list";
  const most = surface === "message" ? 50 : 100;
  if (blocks.length > most) return `blocks: more than ${most}`;
  const ids = blocks.map((block: Json) => block.block_id).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) return "blocks: block_id twice";
  const count = (type: string) => blocks.filter((block: Json) => block.type === type).length;
  if (surface === "message" && count("table") > 1) return "only_one_table_allowed";
  if (surface === "message" && count("data_visualization") > 2) return "more than 2 charts";
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
        first(list(block.elements), (one) => (isSmallPrint(one) ? "text in actions" : element(one, surface)))
      );
    case "context":
      return (
        counted(block.elements, 1, 10) ??
        first(list(block.elements), (one) => (isSmallPrint(one) ? element(one, surface) : "no text in context"))
      );
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

/** What a context holds, and nothing else does. */
const isSmallPrint = (one: unknown): boolean =>
  isObject(one) && ["mrkdwn", "plain_text", "image"].includes(String(one.type));

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
