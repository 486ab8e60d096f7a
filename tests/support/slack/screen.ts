import type { Block, SlackView } from "./workspace.ts";

type Payload = Record<string, unknown>;
export type Element = Record<string, unknown> & { type: string; action_id: string };

/** The button with this label, wherever it is in the blocks. */
export function findButton(blocks: readonly Block[], label: string): { block: Block; element: Element } {
  const found: string[] = [];
  for (const block of blocks) {
    for (const element of [
      ...((block.elements ?? []) as Element[]),
      ...(block.accessory ? [block.accessory as Element] : []),
    ]) {
      if (element.type !== "button") continue;
      const text = (element.text as { text: string }).text;
      if (text === label) return { block, element };
      found.push(text);
    }
  }
  throw new Error(`There is no button “${label}”, only ${found.join(", ") || "none"}.`);
}

/** The input block of a field: its block_id begins with the field's name, or is it. */
export function inputBlock(view: SlackView, field: string): Block {
  const block = view.blocks.find((one) => one.type === "input" && String(one.block_id).split(/[:|]/).includes(field));
  if (!block)
    throw new Error(
      `The modal has no field “${field}”, only ${view.blocks
        .filter((one) => one.type === "input")
        .map((one) => one.block_id)
        .join(", ")}.`,
    );
  return block;
}

/** The state of an element as it is shown at first. */
export function shown(element: Element): Payload {
  const {
    initial_value: value,
    initial_option: option,
    initial_options: options,
    initial_date: date,
    initial_time: time,
    initial_date_time: dateTime,
  } = element;
  return {
    type: element.type,
    value: value ?? null,
    selected_option: option ?? null,
    selected_options: options ?? [],
    selected_date: date ?? null,
    selected_time: time ?? null,
    selected_date_time: dateTime ?? null,
  };
}

export function chosen(element: Element, value: string | boolean | string[]): Payload {
  const option = (wanted: unknown) =>
    (element.options as { value: string }[] | undefined)?.find((one) => one.value === wanted) ?? {
      value: wanted,
      text: { type: "plain_text", text: String(wanted) },
    };
  switch (element.type) {
    case "static_select":
    case "radio_buttons":
    case "external_select":
      return { type: element.type, selected_option: option(value) };
    case "multi_static_select":
    case "multi_external_select":
      return { type: element.type, selected_options: (value as string[]).map(option) };
    case "checkboxes":
      return {
        type: element.type,
        selected_options:
          value === true ? (element.options as unknown[]) : Array.isArray(value) ? value.map(option) : [],
      };
    case "file_input":
      return { type: element.type, files: [JSON.parse(String(value))] };
    case "datepicker":
      return { type: element.type, selected_date: value };
    case "timepicker":
      return { type: element.type, selected_time: value };
    case "datetimepicker":
      return { type: element.type, selected_date_time: Math.floor(Date.parse(`${String(value)}Z`) / 1000) };
    default:
      return { type: element.type, value };
  }
}

/** Every text in blocks, a line each: what a person reads. */
export function textOf(blocks: readonly unknown[]): string {
  const lines: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const { type, elements } = value as { type?: string; elements?: Record<string, unknown>[] };
      if (type === "rich_text_section" || type === "rich_text_preformatted" || type === "rich_text_quote")
        lines.push((elements ?? []).map((one) => String(one.text ?? one.fallback ?? one.user_id ?? "")).join(""));
      else
        for (const [key, inner] of Object.entries(value))
          (key === "text" || key === "alt_text") && typeof inner === "string" ? lines.push(inner) : visit(inner);
    }
  };
  visit(blocks);
  return lines.join("\n");
}
