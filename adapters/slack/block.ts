import type { Button as ButtonElement, KnownBlock, RichTextBlock, RichTextSection, TableBlock } from "@slack/types";
import type { Block, Button, File, ListItem, Reader } from "../../src/chat/card.ts";
import { type Text, words } from "../../src/chat/text.ts";
import { type ChartBlock, chartBlock, chartLines } from "./chart.ts";
import {
  altCharacters,
  buttonCharacters,
  buttonsInRow,
  chartsInMessage,
  headerCharacters,
  sectionCharacters,
  tableCharacters,
  tableColumns,
  tableRows,
  valueCharacters,
} from "./limits.ts";
import { elements, flat, plainText, visible } from "./text.ts";

export type SlackBlock = KnownBlock | ChartBlock;

/** Where a card is shown. */
export interface Shown {
  surface: "message" | "view";
  /** The person's own chat, where files are given. */
  personal: boolean;
  /** Slack's ids of the pictures that were uploaded for this message; a picture that was not is said in words. */
  pictures?: ReadonlyMap<File, string>;
  /** One person alone sees it: Slack shows no file there, and pictures follow in their own chat. */
  picturesApart?: true;
  /** The workspace refused Slack's own charts. */
  withoutCharts?: true;
}

export interface Drawing extends Shown {
  reader: Reader;
  /** What the blocks drawn so far have used up. */
  tables: number;
  charts: number;
  buttons: number;
}

/** One block of a card, in Slack's blocks. */
export function blockElements(block: Block, drawing: Drawing): SlackBlock[] {
  const { reader } = drawing;
  switch (block.type) {
    case "heading":
      return [{ type: "header", text: plainText(flat(block.text, reader), headerCharacters) }];
    case "paragraph":
      return rich([section(block.text, reader)]);
    case "facts":
      return rich(
        block.facts.map((fact, index) =>
          section([{ type: "strong", text: `${fact.label}  ` }, ...fact.value, ...lineEnd(index, block.facts)], reader),
        ),
      );
    case "list":
      return list(block.items, drawing);
    case "table":
      return table(block, drawing);
    case "image":
      return [picture(block, drawing)];
    case "chart":
      return chart(block, drawing);
    case "divider":
      return [{ type: "divider" }];
    case "buttons":
      return rows(block.buttons).map((buttons) => ({
        type: "actions",
        elements: buttons.map((button) => buttonElement(button, drawing)),
      }));
    case "context":
      return context(block.text, reader);
    case "notice":
      return rich([section([{ type: "strong", text: notices[block.level] }, words(" "), ...block.text], reader)]);
    case "file":
      return [
        ...rich([section([{ type: "strong", text: block.file.name }, words(" · "), ...block.description], reader)]),
        ...context(
          [words(drawing.personal ? "The file follows below." : "Files are given in your own chat with Rounds.")],
          reader,
        ),
      ];
  }
}

/** Colour never carries the meaning alone. */
const notices = { info: "Note:", warning: "Attention:", urgent: "Urgent:" } as const;

const section = (text: Text, reader: Reader): RichTextSection => ({
  type: "rich_text_section",
  elements: elements(text, reader),
});

/** Slack refuses a rich text that says nothing. */
function rich(sections: RichTextBlock["elements"]): RichTextBlock[] {
  const said = sections.filter((one) => one.elements.length > 0);
  return said.length === 0 ? [] : [{ type: "rich_text", elements: said }];
}

/** Sections that follow one another share a line where nothing ends it. */
const lineEnd = (index: number, all: readonly unknown[]): Text => (index < all.length - 1 ? [words("\n")] : []);

/** Small print; where it links or mentions, a line of its own, because small print reads markup instead. */
function context(text: Text, reader: Reader): KnownBlock[] {
  const isLively = text.some(
    (span) => span.type === "link" || (span.type === "staff" && reader.mentions[span.id] !== undefined),
  );
  if (isLively) return rich([section(text, reader)]);
  return text.length === 0 ? [] : [{ type: "context", elements: [plainText(flat(text, reader), sectionCharacters)] }];
}

/** Rows with a button are sections of their own; others are the points of a list. */
function list(items: readonly ListItem[], drawing: Drawing): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let points: RichTextSection[] = [];
  const endPoints = () => {
    if (points.length > 0)
      blocks.push({ type: "rich_text", elements: [{ type: "rich_text_list", style: "bullet", elements: points }] });
    points = [];
  };
  for (const item of items) {
    if (item.button === undefined) {
      const point = section(item.detail ? [...item.text, words("\n"), ...item.detail] : item.text, drawing.reader);
      if (point.elements.length > 0) points.push(point);
      continue;
    }
    endPoints();
    const lines = [item.text, item.detail].flatMap((text) => (text === undefined ? [] : [flat(text, drawing.reader)]));
    blocks.push({
      type: "section",
      text: plainText(lines.join("\n"), sectionCharacters),
      accessory: buttonElement(item.button, drawing),
    });
  }
  endPoints();
  return blocks;
}

/** Slack's table where it fits: one in a message, none in a view. */
function table(block: Extract<Block, { type: "table" }>, drawing: Drawing): KnownBlock[] {
  const { reader } = drawing;
  const caption = rich([section([{ type: "strong", text: block.caption }], reader)]);
  const all = [
    block.columns.map((column) => column.label),
    ...block.rows.map((row) => row.map((cell) => flat(cell, reader))),
  ];
  const fits =
    drawing.surface === "message" &&
    drawing.tables === 0 &&
    all.length <= tableRows &&
    block.columns.length > 0 &&
    block.columns.length <= tableColumns &&
    all.flat().join("").length <= tableCharacters;
  if (!fits)
    return [
      ...caption,
      ...rich(all.map((cells, index) => section([words(cells.join(" · ")), ...lineEnd(index, all)], reader))),
    ];
  drawing.tables += 1;
  const drawn: TableBlock = {
    type: "table",
    rows: all.map((cells) => cells.map((cell) => ({ type: "raw_text", text: visible(cell) || " " }))),
    column_settings: block.columns.map((column) => ({ align: column.align, is_wrapped: true })),
  };
  return [...caption, drawn];
}

function picture(block: Extract<Block, { type: "image" }>, drawing: Drawing): KnownBlock {
  const id = drawing.pictures?.get(block.file);
  if (id !== undefined)
    return { type: "image", slack_file: { id }, alt_text: plainText(block.alt, altCharacters).text };
  const follows = drawing.picturesApart ? " The picture follows in your own chat with Rounds." : "";
  return { type: "context", elements: [plainText(`${block.alt}${follows}`, altCharacters)] };
}

/** The chart, and in words what it shows. */
function chart(block: Extract<Block, { type: "chart" }>, drawing: Drawing): SlackBlock[] {
  const isTaken = drawing.surface === "message" && !drawing.withoutCharts && drawing.charts < chartsInMessage;
  const drawn = isTaken ? chartBlock(block) : undefined;
  const said = context([{ type: "data", text: block.alt }], drawing.reader);
  if (drawn !== undefined) {
    drawing.charts += 1;
    return [drawn, ...said];
  }
  const lines = chartLines(block);
  const title: Text = [{ type: "strong", text: block.title }, words("\n")];
  return [
    ...rich([
      section(title, drawing.reader),
      ...lines.map((line, index) => section([{ type: "data", text: line }, ...lineEnd(index, lines)], drawing.reader)),
    ]),
    ...said,
  ];
}

const rows = (buttons: Button[]): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / buttonsInRow) }, (_, index) =>
    buttons.slice(index * buttonsInRow, (index + 1) * buttonsInRow),
  );

/**
 * The button's command and a number that makes it unique in its message; its value carries the input. One that carries
 * more than Slack takes is drawn without it, so that the rest of the card is not lost with it.
 */
function buttonElement(button: Button, drawing: Drawing): ButtonElement {
  drawing.buttons += 1;
  const value = JSON.stringify({ input: button.input, ...(button.form && { form: true }) });
  return {
    type: "button",
    text: plainText(button.label, buttonCharacters),
    action_id: `${button.command}#${drawing.buttons}`,
    ...(value.length <= valueCharacters && { value }),
    ...(button.style !== "default" && { style: button.style }),
  };
}
