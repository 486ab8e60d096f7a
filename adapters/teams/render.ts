import type { CardElementArray, IActionSet, IAdaptiveCard, ITextBlock } from "@microsoft/teams.cards";
import type { Block, Button, Card, ListItem, Reader } from "../../src/chat/card.ts";
import { plain, type Text, words } from "../../src/chat/text.ts";
import { chartElements } from "./chart.ts";
import { buttonsInRow, cardCharacters, linesApart, pictureCharacters, summaryCharacters } from "./limits.ts";
import { action, type Opens } from "./payload.ts";
import { cut, type Drawing, lines, literal, markdown, mentionEntities, needsTextBlock, runs } from "./text.ts";

/** Where a card is shown. */
export interface Shown extends Opens {
  /** A person's own chat: no mentions, and files are given there. */
  personal: boolean;
}

type Elements = CardElementArray;

/** A card as Teams takes it: Adaptive Cards 1.5, the newest that every Teams client draws. */
export function renderCard(card: Card, reader: Reader, shown: Shown): IAdaptiveCard {
  const drawing: Drawing = { reader, personal: shown.personal, mentions: new Map() };
  const body = fitted(card.blocks, (block) => blockElements(block, drawing, shown));
  const written = JSON.stringify(body);
  const entities = mentionEntities(drawing.mentions, (text) => written.includes(JSON.stringify(text).slice(1, -1)));
  return {
    type: "AdaptiveCard",
    version: "1.5",
    fallbackText: summary(card, reader),
    body,
    msteams: { width: "full", ...(entities.length > 0 && { entities }) },
  };
}

/** The line that notifications show. */
function summary(card: Card, reader: Reader): string {
  const line = literal(plain(card.summary, reader.zone));
  return line.length > summaryCharacters ? `${line.slice(0, summaryCharacters - 1)}…` : line;
}

/**
 * Keeps the message within what Teams takes: long texts are cut first, then blocks are left out, those in front last and
 * buttons never.
 */
function fitted(blocks: readonly Block[], draw: (block: Block) => Elements): Elements {
  const drawn = new Map<Block, Elements>();
  let left = cardCharacters;
  let whole = true;
  for (const block of blocks.toSorted((one, other) => rank(one) - rank(other))) {
    const fit =
      block.type === "paragraph"
        ? fittingParagraph(block.text, left, (text) => draw({ ...block, text }))
        : { elements: draw(block), whole: true };
    const fits = rank(block) === 0 || size(fit.elements) <= left;
    if (fits) drawn.set(block, fit.elements);
    if (fits) left -= size(fit.elements);
    whole &&= fits && fit.whole;
  }
  const body = blocks.flatMap((block, index) => {
    const [first, ...rest] = drawn.get(block) ?? [];
    if (first === undefined) return [];
    const divided = blocks[index - 1]?.type === "divider";
    return [divided ? { ...first, separator: true, spacing: "Medium" as const } : first, ...rest];
  });
  return whole ? body : [...body, subtle([words("Shortened here: the whole is longer than a Teams message can be.")])];
}

/** What is drawn first has room first. */
function rank(block: Block): number {
  if (block.type === "buttons" || block.type === "heading") return 0;
  return block.type === "paragraph" ? 2 : 1;
}

function fittingParagraph(text: Text, left: number, draw: (text: Text) => Elements) {
  let most = Math.max(0, left);
  let kept = cut(text, most);
  let elements = draw(kept.text);
  while (size(elements) > left && most > 0) {
    most = Math.floor(most * 0.7);
    kept = cut(text, most);
    elements = draw(kept.whole ? kept.text : [...kept.text, words(" …")]);
  }
  return { elements: most === 0 ? [] : elements, whole: kept.whole };
}

/** Characters that the elements take in the message; pictures do not count. */
const size = (elements: Elements): number =>
  JSON.stringify(elements, (key, value) => (key === "url" && String(value).startsWith("data:") ? "" : value)).length;

function blockElements(block: Block, drawing: Drawing, shown: Shown): Elements {
  switch (block.type) {
    case "heading":
      return [textBlock(block.text, drawing, { style: "heading", size: "Large", weight: "Bolder" })];
    case "paragraph":
      return paragraph(block.text, drawing);
    case "facts":
      return [
        {
          type: "FactSet",
          facts: block.facts.map((fact) => ({
            title: markdown([words(fact.label)], drawing),
            value: markdown(fact.value, drawing),
          })),
        },
      ];
    case "list":
      return block.items.map((item) => row(item, drawing, shown));
    case "table":
      return table(block, drawing);
    case "image":
      return [picture(block)];
    case "chart":
      return chartElements(block);
    case "divider":
      return []; // a line above the element that follows
    case "buttons":
      return rows(block.buttons).map((buttons) => actions(buttons, shown));
    case "context":
      return [subtle(block.text, drawing)];
    case "notice":
      return [
        {
          type: "Container",
          style: notices[block.level].style,
          items: paragraph([{ type: "strong", text: notices[block.level].word }, words(" "), ...block.text], drawing),
        },
      ];
    case "file":
      return [
        ...paragraph([{ type: "strong", text: block.file.name }, words(" · "), ...block.description], drawing),
        subtle([
          words(
            shown.personal
              ? "Teams asks below whether it may be put into your OneDrive."
              : "Files are given in your own chat with Rounds.",
          ),
        ]),
      ];
  }
}

/** Grows to the whole screen when it is pressed; one that is too large for some clients is said in words. */
function picture({ file, alt }: Extract<Block, { type: "image" }>): Elements[number] {
  const url = `data:${file.mediaType};base64,${file.base64}`;
  if (url.length > pictureCharacters) return subtle([{ type: "data", text: alt }]);
  return { type: "Image", url, altText: alt, size: "Stretch", msteams: { allowExpand: true } };
}

/** Colour never carries the meaning alone. */
const notices = {
  info: { style: "emphasis", word: "Note:" },
  warning: { style: "warning", word: "Attention:" },
  urgent: { style: "attention", word: "Urgent:" },
} as const;

interface Look {
  size?: "Small" | "Large";
  weight?: "Bolder";
  isSubtle?: true;
  /** To what stands above. */
  spacing?: "None";
}

/** Nothing a person typed is read as Markdown in a RichTextBlock; dates and mentions need a TextBlock, which escapes. */
function paragraph(text: Text, drawing: Drawing, { spacing, ...look }: Look = {}): Elements {
  const above = spacing && { spacing };
  if (needsTextBlock(text, drawing)) return [{ ...textBlock(text, drawing, look), ...above }];
  return lines(text, linesApart).map((line, index) => ({
    type: "RichTextBlock",
    ...(index > 0 ? { spacing: "Small" as const } : above),
    inlines: runs(line, drawing.reader.zone, look),
  }));
}

const textBlock = (text: Text, drawing: Drawing, look: Look & { style?: "heading" } = {}): ITextBlock => ({
  type: "TextBlock",
  text: markdown(text, drawing),
  wrap: true,
  ...look,
});

function subtle(text: Text, drawing?: Drawing): Elements[number] {
  const look = { isSubtle: true, size: "Small" } as const;
  return drawing && needsTextBlock(text, drawing)
    ? textBlock(text, drawing, look)
    : { type: "RichTextBlock", inlines: runs(text, drawing?.reader.zone ?? "UTC", look) };
}

/** Rows stand apart, and what a row says of itself stands close to it. */
function row(item: ListItem, drawing: Drawing, shown: Shown): Elements[number] {
  const detail = item.detail ? paragraph(item.detail, drawing, { isSubtle: true, size: "Small", spacing: "None" }) : [];
  return {
    type: "ColumnSet",
    columns: [
      { type: "Column", width: "stretch", items: [...paragraph(item.text, drawing), ...detail] },
      ...(item.button ? [{ type: "Column" as const, width: "auto", items: [actions([item.button], shown)] }] : []),
    ],
  };
}

function table(block: Extract<Block, { type: "table" }>, drawing: Drawing): Elements {
  const cells = (texts: Text[], look: Look = {}) => ({
    type: "TableRow" as const,
    cells: texts.map((text) => ({ type: "TableCell" as const, items: paragraph(text, drawing, look) })),
  });
  return [
    textBlock([words(block.caption)], drawing, { weight: "Bolder" }),
    {
      type: "Table",
      firstRowAsHeaders: true,
      showGridLines: false,
      columns: block.columns.map((column, at) => ({
        width: longestWord([[words(column.label)], ...block.rows.map((row) => row[at] ?? [])], drawing),
        horizontalCellContentAlignment: column.align === "right" ? ("Right" as const) : ("Left" as const),
      })),
      rows: [
        cells(
          block.columns.map((column) => [words(column.label)]),
          { weight: "Bolder" },
        ),
        ...block.rows.map((texts) => cells(texts)),
      ],
    },
  ];
}

/** What a column needs beside the others, so that no number is broken while another column has room. */
const longestWord = (cells: readonly Text[], { reader }: Drawing): number =>
  Math.max(1, ...cells.flatMap((cell) => plain(cell, reader.zone).split(/\s+/)).map(({ length }) => length));

const actions = (buttons: Button[], shown: Shown): IActionSet => ({
  type: "ActionSet",
  actions: buttons.map((button) => action(button, shown)),
});

const rows = (buttons: Button[]): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / buttonsInRow) }, (_, index) =>
    buttons.slice(index * buttonsInRow, (index + 1) * buttonsInRow),
  );
