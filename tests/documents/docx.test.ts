import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test, vi } from "vitest";
import {
  blank,
  bulleted,
  type Document,
  document,
  facts,
  heading,
  numbered,
  paragraph,
  signature,
  table,
} from "../../src/documents/document.ts";
import { toDocx } from "../../src/documents/docx.ts";
import { docxFile, markdownFile } from "../../src/documents/files.ts";

const marking = "Patient safety work product. Privileged and confidential.";
const letter = document(
  { title: "Written decision", draft: true, marking },
  blank("Name"),
  heading(1, "What we found"),
  heading(2, "On the ward"),
  paragraph("Calls were answered late.\nWe are sorry."),
  facts({ label: "Received", value: "October 3, 2026" }),
  numbered(["Spoke with the manager", "Read the record"]),
  bulleted(["Ärzte & <Pflege>"]),
  numbered(["Another list"]),
  table(
    [
      { label: "Step", align: "left" },
      { label: "Minutes", align: "right" },
    ],
    [["Review", "1,240"], ["Short row"]],
  ),
  signature("Alex Example, Chief Nursing Officer"),
);

const open = async (document: Document) => {
  const parts = unzipSync(await toDocx(document));
  return (part: string): string => strFromU8(parts[part] ?? new Uint8Array());
};

const textIn = (xml: string) =>
  xml
    .replace(/<w:br\/>/g, "\n")
    .replace(/<\/w:p>/g, "\n")
    .replace(/<[^>]*>/g, "");

const styleOf = (xml: string, text: string) =>
  xml
    .split("<w:p>")
    .find((one) => one.includes(`>${text}<`))
    ?.match(/<w:pStyle w:val="([^"]+)"/)?.[1];

describe("a letter as DOCX", () => {
  let part: (name: string) => string;
  let body: string;
  beforeAll(async () => {
    part = await open(letter);
    body = part("word/document.xml");
  });

  test("holds every text, lines broken where they were", () => {
    const said = textIn(body);
    expect(said).toContain("Name: ");
    expect(said).toContain("Calls were answered late.\nWe are sorry.");
    expect(said).toContain("Ärzte &amp; &lt;Pflege&gt;");
    for (const one of [
      "October 3, 2026",
      "Read the record",
      "1,240",
      "Short row",
      "Alex Example, Chief Nursing Officer",
    ])
      expect(said).toContain(one);
  });

  test("is headed by real headings", () => {
    expect(styleOf(body, "Written decision")).toBe("Title");
    expect(styleOf(body, "What we found")).toBe("Heading1");
    expect(styleOf(body, "On the ward")).toBe("Heading2");
    expect(part("word/styles.xml")).toContain('<w:name w:val="Heading 1"/>');
  });

  test("says on each page and in the first line that it is a draft, and whose eyes it is for", () => {
    const head = textIn(part("word/header1.xml"));
    expect(head).toContain("DRAFT");
    expect(head).toContain(marking);
    expect(textIn(body)).toMatch(/^\s*DRAFT\n/);
    expect(body).toContain("<w:headerReference");
  });

  test("numbers its pages", () => {
    expect(part("word/footer1.xml")).toMatch(/Page .*PAGE.* of .*NUMPAGES/);
  });

  test("has US Letter pages, American English and its title in the properties", () => {
    expect(body).toContain('<w:pgSz w:w="12240" w:h="15840"');
    expect(part("word/styles.xml")).toContain('<w:lang w:val="en-US"/>');
    expect(part("docProps/core.xml")).toContain("<dc:title>Written decision</dc:title>");
  });

  test("marks the head of a table, so that a screen reader names the columns", () => {
    const tables = body.split("<w:tbl>").slice(1);
    expect(tables).toHaveLength(2);
    expect(tables[1]?.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(tables[1]?.split("</w:tr>")[0]).toContain("<w:tblHeader/>");
    expect(
      tables[1]
        ?.split("</w:tr>")
        .slice(0, -1)
        .map((row) => row.split("<w:tc>").length - 1),
    ).toEqual([2, 2, 2]);
  });

  test("begins each numbered list with 1", () => {
    const numbers = [...body.matchAll(/<w:numId w:val="(\d+)"/g)].map(([, id]) => id);
    expect(numbers[0]).toBe(numbers[1]);
    expect(new Set(numbers).size).toBe(3);
  });
});

test("a final letter without a marking says nothing at the head of its pages", async () => {
  const part = await open(document({ title: "Final" }, paragraph("Done.")));
  expect(part("word/header1.xml")).toBe("");
  expect(part("word/document.xml")).not.toContain("DRAFT");
});

test("the same letter gives the same bytes on another day", async () => {
  const first = await toDocx(letter);
  vi.useFakeTimers({ now: new Date("2031-05-06T07:08:09Z"), toFake: ["Date"] });
  const later = await toDocx(letter);
  vi.useRealTimers();
  expect(Buffer.compare(first, later)).toBe(0);
});

test("blocks that hold nothing leave nothing that Word cannot open", async () => {
  const part = await open(document({ title: "Empty" }, facts(), table([], []), bulleted([])));
  expect(part("word/document.xml")).not.toContain("<w:tbl>");
});

test("no text that a person typed breaks the file", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }), async (text) => {
      const hostile = `\u0000\u000B\uFFFE\uD800${text}`;
      const part = await open(
        document({ title: hostile, marking: hostile }, heading(1, hostile), facts({ label: hostile, value: hostile })),
      );
      for (const name of ["word/document.xml", "word/header1.xml", "docProps/core.xml"])
        expect(part(name)).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u);
    }),
    { numRuns: 30 },
  );
});

test("the files say what they are", async () => {
  const docx = await docxFile("decision", letter);
  expect(docx).toMatchObject({
    name: "decision.docx",
    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  });
  expect(unzipSync(Buffer.from(docx.base64, "base64"))).toHaveProperty(["word/document.xml"]);
  const markdown = markdownFile("decision", letter);
  expect(markdown).toMatchObject({ name: "decision.md", mediaType: "text/markdown" });
  expect(Buffer.from(markdown.base64, "base64").toString()).toContain("# Written decision");
});
