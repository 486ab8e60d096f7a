import { cellsOf, type Document, type DocumentBlock } from "./document.ts";
import { lines, oneLine } from "./lines.ts";

export const markdownType = "text/markdown";

const rule = "_".repeat(30);

/** CommonMark with the tables of GitHub's Markdown. Whatever a person typed is shown and does nothing. */
export function toMarkdown(document: Document): string {
  const parts = [
    document.draft ? "**DRAFT**" : "",
    document.marking === undefined ? "" : paragraph(document.marking),
    `# ${escaped(oneLine(document.title))}`,
    ...document.blocks.map(block),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function block(block: DocumentBlock): string {
  switch (block.type) {
    case "heading":
      return `${"#".repeat(block.level + 1)} ${escaped(oneLine(block.text))}`;
    case "paragraph":
      return paragraph(block.text);
    case "facts":
      if (block.facts.length === 0) return "";
      return table(
        ["", ""],
        ["---", "---"],
        block.facts.map(({ label, value }) => [bold(label), cell(value)]),
      );
    case "table":
      return table(
        block.columns.map(({ label }) => cell(label)),
        block.columns.map(({ align }) => (align === "right" ? "---:" : "---")),
        cellsOf(block.columns, block.rows).map((row) => row.map(cell)),
      );
    case "list":
      return block.items
        .map((text, index) => item(text, block.style === "numbered" ? `${index + 1}. ` : "- "))
        .join("\n");
    case "blank":
    case "signature":
      return `${escaped(oneLine(block.label))}: ${rule}`;
  }
}

function table(head: string[], alignment: string[], rows: string[][]): string {
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** An empty line begins a paragraph of its own; a backslash at the end of a line keeps the break. */
function paragraph(text: string): string {
  return lines(text)
    .map(escaped)
    .join("\n")
    .split(/\n{2,}/)
    .map((part) => part.split("\n").filter(Boolean).join("\\\n"))
    .filter(Boolean)
    .join("\n\n");
}

const item = (text: string, mark: string): string =>
  mark +
  lines(text)
    .map(escaped)
    .filter(Boolean)
    .join(`\\\n${" ".repeat(mark.length)}`);

const cell = (text: string): string => lines(text).map(escaped).join("<br>");

function bold(text: string): string {
  const inside = cell(text);
  return inside === "" ? "" : `**${inside}**`;
}

/**
 * A line that means nothing to Markdown. Addresses are taken apart too, so that they are no links; a reader that looks
 * for them in the finished text may still link one, to the address that it shows.
 */
function escaped(line: string): string {
  return line
    .trim()
    .replace(/[\\`*_[\]{}<>&|~#$@]/g, "\\$&")
    .replace(/:(?=\/\/)|(?<=\p{L})\.(?=\p{L})/gu, "\\$&")
    .replace(/^[-+=:]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
