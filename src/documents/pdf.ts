import { fileURLToPath } from "node:url";
import pdfmake from "pdfmake";
import type { Content, TDocumentDefinitions } from "pdfmake/interfaces.js";
import { cellsOf, type Document, type DocumentBlock } from "./document.ts";
import { lines, oneLine } from "./lines.ts";

export const pdfType = "application/pdf";

const face = (name: string): string =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${name}/Inter_${name}.ttf`));
const regular = face("400Regular");
const bold = face("600SemiBold");

pdfmake.setFonts({ Inter: { normal: regular, bold, italics: regular, bolditalics: bold } });
// What a person typed loads nothing: not from the network, and from the disk the typeface alone.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);

const size = 9.5;
const grey = "#5b6470";
const rule = "#c9ced6";
/** Points; US Letter. */
const margins = { side: 48, top: 54, foot: 48 };

/** US Letter, in the house's typeface, which the file brings along. The same document gives the same bytes. */
export async function toPdf(document: Document): Promise<Uint8Array> {
  const file: TDocumentDefinitions = {
    pageSize: "LETTER",
    // A table of six columns and more does not fit upright.
    pageOrientation: document.blocks.some((block) => block.type === "table" && block.columns.length > 5)
      ? "landscape"
      : "portrait",
    pageMargins: [margins.side, margins.top, margins.side, margins.foot],
    info: { title: oneLine(document.title), creator: "Rounds", producer: "Rounds", creationDate: new Date(0) },
    defaultStyle: { font: "Inter", fontSize: size, lineHeight: 1.25 },
    ...(head(document) !== "" && {
      header: { text: head(document), color: grey, fontSize: 8, margin: [margins.side, 24, margins.side, 0] },
    }),
    footer: (page, pages) => ({
      text: `Page ${page} of ${pages}`,
      alignment: "right",
      color: grey,
      fontSize: 8,
      margin: [margins.side, 16, margins.side, 0],
    }),
    content: [
      { text: oneLine(document.title), fontSize: 17, bold: true, margin: [0, 0, 0, 8] },
      ...together(document.blocks),
    ],
  };
  return new Uint8Array(await pdfmake.createPdf(file).getBuffer());
}

/** No heading is left behind at the foot of a page by what it is of, where that is short. */
function together(blocks: readonly DocumentBlock[]): Content[] {
  const found: Content[] = [];
  let headings: Content[] = [];
  for (const block of blocks) {
    if (block.type === "heading") headings.push(drawn(block));
    else if (headings.length > 0 && block.type !== "table") {
      found.push({ stack: [...headings, drawn(block)], unbreakable: true });
      headings = [];
    } else {
      found.push(...headings, drawn(block));
      headings = [];
    }
  }
  return [...found, ...headings];
}

const head = ({ draft, marking }: Document): string =>
  [...(draft ? ["DRAFT"] : []), ...(marking === undefined ? [] : [oneLine(marking)])].join(" · ");

const plain = (text: string): string => lines(text).join("\n");

function drawn(block: DocumentBlock): Content {
  switch (block.type) {
    case "heading":
      return {
        text: oneLine(block.text),
        bold: true,
        fontSize: block.level === 1 ? 13 : 11,
        margin: [0, block.level === 1 ? 12 : 8, 0, 4],
      };
    case "paragraph":
      return { text: plain(block.text), margin: [0, 0, 0, 6] };
    case "facts":
      if (block.facts.length === 0) return "";
      return {
        layout: "noBorders",
        margin: [0, 0, 0, 6],
        table: {
          widths: ["auto", "*"],
          body: block.facts.map(({ label, value }) => [{ text: plain(label), color: grey }, { text: plain(value) }]),
        },
      };
    case "table":
      return table(block);
    case "list":
      return block.style === "numbered"
        ? { ol: block.items.map(plain), margin: [0, 0, 0, 6] }
        : { ul: block.items.map(plain), margin: [0, 0, 0, 6] };
    case "blank":
    case "signature":
      return {
        text: `${plain(block.label)}: ${"_".repeat(30)}`,
        margin: [0, block.type === "signature" ? 24 : 4, 0, 6],
      };
  }
}

/** The head stands on each page, and a row is never torn in two. */
function table({ columns, rows }: Extract<DocumentBlock, { type: "table" }>): Content {
  return {
    margin: [0, 0, 0, 8],
    layout: {
      hLineWidth: (at) => (at === 1 ? 0.8 : 0.4),
      vLineWidth: () => 0,
      hLineColor: () => rule,
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ align }) => (align === "left" ? "*" : "auto")),
      body: [
        columns.map(({ label, align }) => ({ text: plain(label), bold: true, alignment: align })),
        ...cellsOf(columns, rows).map((row) =>
          row.map((cell, at) => ({
            text: plain(cell),
            alignment: columns[at]?.align ?? "left",
            preserveLeadingSpaces: true,
          })),
        ),
      ],
    },
  };
}
