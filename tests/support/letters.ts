import { strFromU8, unzipSync } from "fflate";
import type { Card } from "../../src/chat/card.ts";

/** The letters of a card, opened again: what they say, a line for each paragraph, with the head of the page. */
export const lettersIn = (card: Card): string[] =>
  card.blocks.flatMap((block) => (block.type === "file" ? [textOf(Buffer.from(block.file.base64, "base64"))] : []));

function textOf(docx: Uint8Array): string {
  const parts = unzipSync(docx);
  return Object.keys(parts)
    .filter((name) => /^word\/(header\d*|document)\.xml$/.test(name))
    .sort()
    .map((name) => withoutMarkup(strFromU8(parts[name] ?? new Uint8Array())))
    .join("\n");
}

const withoutMarkup = (xml: string): string =>
  xml
    .replace(/<w:br\/>/g, "\n")
    .replace(/<\/w:p>/g, "\n")
    .replace(/<[^>]*>/g, "");
