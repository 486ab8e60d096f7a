import { expect, test } from "vitest";
import { bulleted, document, facts, heading, paragraph, signature, table } from "../../src/documents/document.ts";
import { pdfFile } from "../../src/documents/files.ts";
import { toPdf } from "../../src/documents/pdf.ts";

const columns = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ label: `Column ${at}`, align: "left" as const }));
const pack = (count: number, rows = 3) =>
  document(
    { title: "Budget of 4 West", draft: true, marking: "For leadership" },
    heading(1, "By unit"),
    paragraph("Ärzte −19,950\nnext line"),
    facts({ label: "Budget", value: "412,000.00" }),
    facts(),
    table(
      columns(count),
      Array.from({ length: rows }, () => ["a"]),
    ),
    bulleted(["one", "two"]),
    signature("Signed"),
  );

const pages = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type \/Page\b/g)?.length;
const size = (pdf: Uint8Array) => /MediaBox \[([^\]]*)\]/.exec(Buffer.from(pdf).toString("latin1"))?.[1];

test("the same document gives the same bytes, with the house's typeface in it", async () => {
  const [one, other] = [await toPdf(pack(2)), await toPdf(pack(2))];
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  expect(Buffer.from(one).toString("latin1")).toContain("Inter");
});

test("a wide table lies across, and a long one goes on with the next page", async () => {
  expect(size(await toPdf(pack(2)))).toBe("0 0 612 792");
  expect(size(await toPdf(pack(7)))).toBe("0 0 792 612");
  expect(pages(await toPdf(pack(2)))).toBe(1);
  expect(pages(await toPdf(pack(2, 200)))).toBeGreaterThan(3);
});

test("what a person typed is shown and loads nothing", async () => {
  const file = await pdfFile(
    "pack",
    document({ title: "A" }, paragraph("file:///etc/passwd https://example.org \u0000")),
  );
  expect([file.name, file.mediaType]).toEqual(["pack.pdf", "application/pdf"]);
  const text = Buffer.from(file.base64, "base64").toString("latin1");
  expect(text).not.toContain("/URI");
});
