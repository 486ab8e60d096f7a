import type { Text } from "./text.ts";

/** JSON that travels in buttons and forms. It comes back as a stranger's claim: parsed and authorised every time. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Input = { [field: string]: Json };

export interface Button {
  label: string;
  /** The command's path, "incident close". A button is a command with its input already filled in. */
  command: string;
  input: Input;
  style: "default" | "primary" | "danger";
  /** Opens the command's form with the input in it, even when nothing is missing; the request then has `form: true`. */
  form: boolean;
}

export interface Fact {
  label: string;
  value: Text;
}

export interface ListItem {
  text: Text;
  detail?: Text;
  button?: Button;
}

interface Column {
  label: string;
  align: "left" | "right";
}

export interface Series {
  name: string;
  /** One value a category; null where there is none, never 0 in its place. */
  values: (number | null)[];
}

/** Bytes that a person can open; base64, so that a card stays plain JSON. */
export interface File {
  name: string;
  mediaType: string;
  base64: string;
}

export type Block =
  | { type: "heading"; text: Text }
  | { type: "paragraph"; text: Text }
  | { type: "facts"; facts: Fact[] }
  | { type: "list"; items: ListItem[] }
  | { type: "table"; caption: string; columns: Column[]; rows: Text[][] }
  | { type: "image"; file: File; alt: string }
  | { type: "chart"; kind: "bar" | "line"; title: string; categories: string[]; series: Series[]; alt: string }
  | { type: "divider" }
  | { type: "buttons"; buttons: Button[] }
  | { type: "context"; text: Text }
  | { type: "notice"; level: "info" | "warning" | "urgent"; text: Text }
  | { type: "file"; file: File; description: Text };

export interface Card {
  /** One plain line for notifications, screen readers and lists; holds no narrative. */
  summary: Text;
  blocks: Block[];
}

/** The reader a card is drawn for. */
export interface Reader {
  /** IANA zone of the reader, or of the facility where many read. */
  zone: string;
  /** Platform user id of each staff id that the card names and that has an identity on this platform. */
  mentions: Record<string, string>;
}

export const card = (summary: Text, ...blocks: (Block | Block[])[]): Card => ({ summary, blocks: blocks.flat() });
export const heading = (text: Text): Block => ({ type: "heading", text });
export const paragraph = (text: Text): Block => ({ type: "paragraph", text });
export const facts = (...facts: Fact[]): Block => ({ type: "facts", facts });
export const list = (items: ListItem[]): Block => ({ type: "list", items });
export const divider = (): Block => ({ type: "divider" });
export const context = (text: Text): Block => ({ type: "context", text });
export const notice = (level: "info" | "warning" | "urgent", text: Text): Block => ({ type: "notice", level, text });
export const buttons = (...buttons: Button[]): Block => ({ type: "buttons", buttons });
export const file = (file: File, description: Text): Block => ({ type: "file", file, description });

export function button(label: string, command: string, input: Input = {}, style: Button["style"] = "default"): Button {
  return { label, command, input, style, form: false };
}

/** A button that opens the command's form with this input filled in. */
export function formButton(
  label: string,
  command: string,
  input: Input = {},
  style: Button["style"] = "default",
): Button {
  return { ...button(label, command, input, style), form: true };
}

/** Every staff id that the card names, so that their platform identities can be looked up in one query. */
export function staffIn(card: Card): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === "object") {
      if ("type" in value && value.type === "staff" && "id" in value) found.add(String(value.id));
      else Object.values(value).forEach(visit);
    }
  };
  visit(card);
  return [...found];
}

/** The card with each of its buttons changed. */
export const withButtons = (card: Card, change: (button: Button) => Button): Card => ({
  ...card,
  blocks: card.blocks.map((block) => {
    if (block.type === "buttons") return { ...block, buttons: block.buttons.map(change) };
    if (block.type !== "list") return block;
    return {
      ...block,
      items: block.items.map((item) => (item.button ? { ...item, button: change(item.button) } : item)),
    };
  }),
});
