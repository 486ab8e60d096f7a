import type { File } from "../chat/card.ts";
import type { Document } from "./document.ts";
import { markdownType, toMarkdown } from "./markdown.ts";
import { type Cell, csvType, type Sheet, toCsv } from "./table.ts";

// Files that a card can hold. The name comes without its ending. Libraries that take long to load are, with the first file.

export async function docxFile(name: string, document: Document): Promise<File> {
  const { docxType, toDocx } = await import("./docx.ts");
  return file(`${name}.docx`, docxType, await toDocx(document));
}

export async function pdfFile(name: string, document: Document): Promise<File> {
  const { pdfType, toPdf } = await import("./pdf.ts");
  return file(`${name}.pdf`, pdfType, await toPdf(document));
}

export const markdownFile = (name: string, document: Document): File =>
  file(`${name}.md`, markdownType, toMarkdown(document));

export const csvFile = (name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): File =>
  file(`${name}.csv`, csvType, toCsv(columns, rows));

export async function workbookFile(name: string, sheets: readonly Sheet[]): Promise<File> {
  const { toWorkbook, xlsxType } = await import("./workbook.ts");
  return file(`${name}.xlsx`, xlsxType, toWorkbook(sheets));
}

function file(name: string, mediaType: string, content: string | Uint8Array): File {
  return { name, mediaType, base64: Buffer.from(content as Uint8Array).toString("base64") };
}
