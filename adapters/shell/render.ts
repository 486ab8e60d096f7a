import type { Block, Button, Card, Reader } from "../../src/chat/card.ts";
import type { Form, FormField } from "../../src/chat/form.ts";
import { plain, type Text } from "../../src/chat/text.ts";

/** Columns of the terminal that a line may take. */
const width = 100;

export interface ShellCard {
  text: string;
  /** In the order of their numbers on the card, from 1. */
  buttons: Button[];
}

/** A card as text; each button has a number to type. */
export function renderCard(card: Card, reader: Reader): ShellCard {
  const buttons: Button[] = [];
  const numbered = (button: Button) => `[${buttons.push(button)} ${button.label}]`;
  const lines = card.blocks.flatMap((block) =>
    blockLines(block, (text) => visible(plain(text, reader.zone)), numbered),
  );
  return { text: lines.join("\n"), buttons };
}

function blockLines(block: Block, say: (text: Text) => string, numbered: (button: Button) => string): string[] {
  switch (block.type) {
    case "heading":
      return [say(block.text), "─".repeat(Math.min(width, say(block.text).length))];
    case "paragraph":
      return wrapped(say(block.text));
    case "facts": {
      const wide = Math.max(...block.facts.map((fact) => fact.label.length));
      return block.facts.flatMap((fact) => wrapped(`${fact.label.padEnd(wide)}  ${say(fact.value)}`));
    }
    case "list":
      return block.items.flatMap((item) => [
        ...wrapped(`• ${say(item.text)}${item.button ? ` ${numbered(item.button)}` : ""}`),
        ...(item.detail ? wrapped(`  ${say(item.detail)}`) : []),
      ]);
    case "table":
      return [
        block.caption,
        block.columns.map((column) => column.label).join(" | "),
        ...block.rows.map((row) => row.map(say).join(" | ")),
      ];
    case "image":
      return [`(picture: ${block.alt})`];
    case "chart":
      return [
        block.title,
        `(chart: ${block.alt})`,
        ...block.series.map(
          (series) =>
            `${series.name}: ${series.values.map((value, index) => `${block.categories[index] ?? ""} ${value ?? "n/a"}`).join(", ")}`,
        ),
      ];
    case "divider":
      return ["─".repeat(40)];
    case "buttons":
      return wrapped(block.buttons.map(numbered).join("  "));
    case "context":
      return wrapped(`(${say(block.text)})`);
    case "notice":
      return wrapped(`${levels[block.level]}: ${say(block.text)}`);
    case "file":
      return [`${block.file.name}: ${say(block.description)}`];
  }
}

const levels = { info: "Note", warning: "Attention", urgent: "Urgent" } as const;

/** One field of a form, as it is asked for. */
export function renderField(field: FormField): string {
  const options =
    field.takes.kind === "choice" || field.takes.kind === "many"
      ? field.takes.options.map(
          (option) => `  ${option.code}: ${option.label}${option.detail ? ` (${option.detail})` : ""}`,
        )
      : [];
  const stands =
    field.shown?.join(", ") ??
    (field.kept === undefined ? field.value : `${field.kept.toLocaleString("en-US")} characters kept`);
  return [
    `${field.label}${field.required ? "" : ", optional"}${field.hint ? `. ${field.hint}` : ""}`,
    ...options,
    ...(stands === undefined ? [] : [`  Enter keeps: ${visible(String(stands))}`]),
  ].join("\n");
}

/** What comes before the fields: what the form is for, and what was wrong with what was given. */
export function renderFormHead(form: Form, reader: Reader): string {
  const wrong = form.fields.filter((field) => field.error !== undefined);
  return [
    form.title,
    ...(form.problem ? [`Attention: ${visible(plain(form.problem, reader.zone))}`] : []),
    ...wrong.map((field) => `Attention: ${field.label}. ${visible(field.error ?? "")}`),
    ...(form.intro ? [visible(plain(form.intro, reader.zone))] : []),
    "An empty line skips; a line with a single dot gives up.",
  ].join("\n");
}

/** What people typed must not move the cursor or colour the terminal. */
const visible = (text: string): string => text.replace(/(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, "");

function wrapped(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let rest = line;
    while (rest.length > width) {
      const space = rest.lastIndexOf(" ", width);
      const at = space > 0 ? space : width;
      lines.push(rest.slice(0, at));
      rest = rest.slice(at).trimStart();
    }
    return [...lines, rest];
  });
}
