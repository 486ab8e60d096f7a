interface Column {
  label: string;
  align: "left" | "right";
}

interface DocumentFact {
  label: string;
  value: string;
}

/** All text is plain: whatever a person typed is shown as it is, and a line break stays one. */
export type DocumentBlock =
  | { type: "heading"; level: 1 | 2; text: string }
  | { type: "paragraph"; text: string }
  | { type: "facts"; facts: readonly DocumentFact[] }
  | { type: "table"; columns: readonly Column[]; rows: readonly (readonly string[])[] }
  | { type: "list"; style: "bulleted" | "numbered"; items: readonly string[] }
  | { type: "blank"; label: string }
  | { type: "signature"; label: string };

/** What is printed, signed or sent on; becomes DOCX and Markdown. */
export interface Document {
  title: string;
  /** Says DRAFT in the first line and at the head of each page. */
  draft?: boolean;
  /** Stands at the head of each page, such as "Privileged and confidential." */
  marking?: string;
  blocks: readonly DocumentBlock[];
}

export function document(
  about: Omit<Document, "blocks">,
  ...blocks: (DocumentBlock | readonly DocumentBlock[])[]
): Document {
  return { ...about, blocks: blocks.flat() };
}

export const heading = (level: 1 | 2, text: string): DocumentBlock => ({ type: "heading", level, text });
export const paragraph = (text: string): DocumentBlock => ({ type: "paragraph", text });
export const facts = (...facts: DocumentFact[]): DocumentBlock => ({ type: "facts", facts });
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): DocumentBlock => ({
  type: "table",
  columns,
  rows,
});
export const bulleted = (items: readonly string[]): DocumentBlock => ({ type: "list", style: "bulleted", items });
export const numbered = (items: readonly string[]): DocumentBlock => ({ type: "list", style: "numbered", items });
/** A label and a rule, to be filled in by hand: a name, an address. */
export const blank = (label: string): DocumentBlock => ({ type: "blank", label });
/** A rule to sign on, with the name and role of who signs under it. */
export const signature = (label: string): DocumentBlock => ({ type: "signature", label });

/** Cells of each row, as many as there are columns. */
export function cellsOf(columns: readonly Column[], rows: readonly (readonly string[])[]): string[][] {
  return rows.map((row) => columns.map((_, column) => row[column] ?? ""));
}
