import {
  BorderStyle,
  Document as DocxDocument,
  Footer,
  Header,
  HeadingLevel,
  LeaderType,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from "docx";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { cellsOf, type Document, type DocumentBlock } from "./document.ts";
import { numbering, page, styles, textWidth } from "./docxStyle.ts";
import { lines, oneLine } from "./lines.ts";

export const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** US Letter, in American English. The same document gives the same bytes, whenever it is made. */
export async function toDocx(document: Document): Promise<Uint8Array> {
  const file = new DocxDocument({
    title: oneLine(document.title),
    creator: "Rounds",
    lastModifiedBy: "Rounds",
    styles,
    numbering,
    sections: [{ properties: { page }, ...marks(document), children: body(document) }],
  });
  return withoutTime(await Packer.toBuffer(file));
}

/** The package writes the moment of making into the properties and into the archive. */
function withoutTime(docx: Uint8Array): Uint8Array {
  const parts = unzipSync(docx);
  const properties = "docProps/core.xml";
  parts[properties] = strToU8(
    strFromU8(parts[properties] ?? new Uint8Array()).replace(/<dcterms:(created|modified)\b.*?<\/dcterms:\1>/g, ""),
  );
  return zipSync(parts, { mtime: new Date(1980, 0, 1) });
}

/** The head and the foot of each page. */
function marks({ draft, marking }: Document) {
  const head = [
    ...(draft ? [new Paragraph({ style: "Mark", children: [new TextRun({ text: "DRAFT", bold: true })] })] : []),
    ...(marking === undefined ? [] : [new Paragraph({ style: "Mark", children: runs(marking) })]),
  ];
  const pageNumber = new TextRun({ children: ["Page ", PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES] });
  return {
    ...(head.length > 0 && { headers: { default: new Header({ children: head }) } }),
    footers: { default: new Footer({ children: [new Paragraph({ style: "Mark", children: [pageNumber] })] }) },
  };
}

function body(document: Document): (Paragraph | Table)[] {
  return [
    ...(document.draft ? [new Paragraph({ children: [new TextRun({ text: "DRAFT", bold: true })] })] : []),
    new Paragraph({ heading: HeadingLevel.TITLE, children: runs(oneLine(document.title)) }),
    ...document.blocks.flatMap(drawn),
  ];
}

/** `at` tells one numbered list from the next, so that each begins with 1. */
function drawn(block: DocumentBlock, at: number): (Paragraph | Table)[] {
  switch (block.type) {
    case "heading":
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          children: runs(oneLine(block.text)),
        }),
      ];
    case "paragraph":
      return [new Paragraph({ children: runs(block.text) })];
    case "facts":
      return factTable(block);
    case "table":
      return dataTable(block);
    case "list":
      return block.items.map(
        (item) =>
          new Paragraph({ numbering: { reference: block.style, level: 0, instance: at }, children: runs(item) }),
      );
    case "blank":
      return [
        new Paragraph({
          style: "Blank",
          tabStops: [rule(textWidth)],
          children: [new TextRun({ children: [`${oneLine(block.label)}: `, new Tab()] })],
        }),
      ];
    case "signature":
      return [
        new Paragraph({
          style: "Signature",
          tabStops: [rule(textWidth / 2)],
          children: [new TextRun({ children: [new Tab()] }), new TextRun({ text: oneLine(block.label), break: 1 })],
        }),
      ];
  }
}

const rule = (position: number) => ({ type: TabStopType.RIGHT, position, leader: LeaderType.UNDERSCORE });

function runs(text: string, bold = false): TextRun[] {
  return lines(text).map(
    (line, index) => new TextRun({ text: line, ...(bold && { bold }), ...(index > 0 && { break: 1 }) }),
  );
}

function factTable({ facts }: Extract<DocumentBlock, { type: "facts" }>): (Paragraph | Table)[] {
  if (facts.length === 0) return [];
  const rows = facts.map(
    ({ label, value }) => new TableRow({ cantSplit: true, children: [cell(label, "left", true), cell(value, "left")] }),
  );
  const labels = Math.round(textWidth * 0.3);
  return framed(rows, [labels, textWidth - labels], { firstColumn: true });
}

function dataTable({ columns, rows }: Extract<DocumentBlock, { type: "table" }>): (Paragraph | Table)[] {
  if (columns.length === 0) return [];
  const cells = cellsOf(columns, rows);
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ label, align }) => cell(label, align, true, "F2F2F2")),
  });
  const filled = cells.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: row.map((text, column) => cell(text, columns[column]?.align ?? "left")),
      }),
  );
  const widths = columnWidths([columns.map(({ label }) => label), ...cells]);
  return framed([header, ...filled], widths, { firstRow: true });
}

function cell(text: string, alignment: "left" | "right", bold = false, fill?: string): TableCell {
  return new TableCell({
    children: [new Paragraph({ style: "Cell", alignment, children: runs(text, bold) })],
    margins: { top: 50, bottom: 50, left: 90, right: 90 },
    ...(fill !== undefined && { shading: { fill } }),
  });
}

/** A paragraph follows, because Word joins two tables that touch. */
function framed(
  rows: TableRow[],
  columnWidths: number[],
  tableLook: { firstRow: true } | { firstColumn: true },
): (Paragraph | Table)[] {
  const line = { style: BorderStyle.SINGLE, size: 4, color: "BFBFBF" };
  const none = { style: BorderStyle.NONE };
  const borders = { top: line, bottom: line, insideHorizontal: line, left: none, right: none, insideVertical: none };
  const width = { size: textWidth, type: WidthType.DXA };
  const look = { firstRow: false, firstColumn: false, noVBand: true, ...tableLook };
  return [new Table({ rows, columnWidths, width, borders, tableLook: look }), new Paragraph({ style: "Gap" })];
}

/** Shares of the line by what the columns hold, so that a column of dates is not as wide as one of sentences. */
function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const weights = (rows[0] ?? []).map((_, column) => {
    const longest = Math.max(...rows.flatMap((row) => lines(row[column] ?? "").map((line) => line.length)));
    return Math.min(Math.max(longest, 8), 40);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.floor((weight / total) * textWidth));
}
