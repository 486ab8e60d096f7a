import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blank,
  bulleted,
  document,
  facts,
  heading,
  numbered,
  paragraph,
  signature,
  table,
} from "../../src/documents/document.ts";
import { toMarkdown } from "../../src/documents/markdown.ts";

const ofParagraph = (text: string) => toMarkdown(document({ title: "T" }, paragraph(text))).slice("# T\n\n".length, -1);

test("a letter as Markdown", () => {
  const letter = document(
    { title: "Written decision", draft: true, marking: "Privileged and confidential." },
    blank("Name"),
    heading(1, "Found"),
    heading(2, "On the ward"),
    paragraph("Late.\nWe are sorry.\n\nThank you."),
    facts({ label: "Received", value: "October 3\nby mail" }),
    numbered(["First", "Second\nline"]),
    bulleted(["Point"]),
    table(
      [
        { label: "Step", align: "left" },
        { label: "Minutes", align: "right" },
      ],
      [["Review", "1,240"], ["Short row"]],
    ),
    signature("Alex Example"),
  );
  expect(toMarkdown(letter)).toBe(
    `**DRAFT**

Privileged and confidential.

# Written decision

Name: ______________________________

## Found

### On the ward

Late.\\
We are sorry.

Thank you.

|  |  |
| --- | --- |
| **Received** | October 3<br>by mail |

1. First
2. Second\\
   line

- Point

| Step | Minutes |
| --- | ---: |
| Review | 1,240 |
| Short row |  |

Alex Example: ______________________________
`,
  );
});

describe("what a person typed does nothing in Markdown", () => {
  test.each([
    ["a heading", "# Fired", "\\# Fired"],
    ["a heading by its underline", "Fired\n===", "Fired\\\n\\==="],
    ["a rule", "---", "\\---"],
    ["a list", "- one\n+ two\n* three", "\\- one\\\n\\+ two\\\n\\* three"],
    ["a numbered list", "1. one\n2) two", "1\\. one\\\n2\\) two"],
    ["a quotation", "> said", "\\> said"],
    ["code", "`rm` ~~~", "\\`rm\\` \\~\\~\\~"],
    ["code by indentation", "      x", "x"],
    ["a link", "[here](https://evil.example)", "\\[here\\](https\\://evil\\.example)"],
    ["a picture", "![x](y)", "!\\[x\\](y)"],
    [
      "a link by its address",
      "https://evil.example or www.evil.example",
      "https\\://evil\\.example or www\\.evil\\.example",
    ],
    ["an email address", "a@b.example", "a\\@b\\.example"],
    ["HTML", "<script>&lt;</script>", "\\<script\\>\\&lt;\\</script\\>"],
    ["emphasis", "**loud** _low_", "\\*\\*loud\\*\\* \\_low\\_"],
    ["a table", "a | b\n:--|--", "a \\| b\\\n\\:--\\|--"],
    ["a backslash", "\\# x\\", "\\\\\\# x\\\\"],
    ["a formula", "$x$", "\\$x\\$"],
  ])("%s", (_, typed, shown) => {
    expect(ofParagraph(typed)).toBe(shown);
  });

  test("plain sentences stay as they are", () => {
    const sentence = 'At 10:30 the patient (72) said "no, thanks!" and 0.5 mg were given; 3 - 2 = 1.';
    expect(ofParagraph(sentence)).toBe(sentence);
  });

  test.each(["\n", "\r\n", "\r", "\v", "\u2028", "\u0085"])("a table keeps its rows and columns over %j", (newline) => {
    const markdown = toMarkdown(
      document(
        { title: "T" },
        table(
          [
            { label: `a|b${newline}c`, align: "left" },
            { label: "d", align: "left" },
          ],
          [[`\\|${newline}| x`, "y"]],
        ),
      ),
    );
    expect(markdown.split("\n").slice(2, -1)).toEqual([
      "| a\\|b<br>c | d |",
      "| --- | --- |",
      "| \\\\\\|<br>\\| x | y |",
    ]);
  });

  test("a title and a heading stay on their line", () => {
    expect(toMarkdown(document({ title: "a\n# b" }, heading(1, "c\r\n\r\nd")))).toBe("# a \\# b\n\n## c  d\n");
  });

  test("no sign of Markdown or HTML is left standing, and nothing but signs is added", () => {
    const typed = fc.string({
      unit: fc.constantFrom(..."ab1 .:/\\`*_[](){}<>&|~#$@-+=!\n".split("")),
      maxLength: 60,
    });
    fc.assert(
      fc.property(typed, (text) => {
        const shown = ofParagraph(text);
        const bare = shown.replace(/\\[^\n]/g, "·");
        expect(bare).not.toMatch(/[`*_[\]{}<>&|~#$@]|:\/\/|^[-+=:]|^\d+[.)]/m);
        const letters = (from: string) => from.replace(/\s+/g, "");
        expect(letters(shown.replace(/\\(?:\n|(.))/g, "$1"))).toBe(letters(text));
      }),
      { numRuns: 500 },
    );
  });
});
