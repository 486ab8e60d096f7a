import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCard } from "../../adapters/teams/render.ts";
import {
  type Block,
  button,
  buttons,
  card,
  context,
  divider,
  facts,
  file,
  heading,
  list,
  notice,
  paragraph,
  type Reader,
} from "../../src/chat/card.ts";
import { date, link, staff, strong, type Text, text, time } from "../../src/chat/text.ts";
import { cardFaults } from "../support/teams/cardChecks.ts";
import { elements, wordsOf } from "../support/teams/teams.ts";

const reader: Reader = { zone: "America/New_York", mentions: { s1: "aad-1" } };
const personal = { needsForm: () => false, personal: true, targeted: false };
const shared = { ...personal, personal: false };
const drawn = (...blocks: Block[]) => renderCard(card(text`Summary.`, ...blocks), reader, personal);
const drawnShared = (...blocks: Block[]) => renderCard(card(text`Summary.`, ...blocks), reader, shared);

const png = { name: "chart.png", mediaType: "image/png", base64: "iVBORw0KGgo=" };
const at = new Date("2026-11-23T11:10:00.123Z");

const everyBlock: Block[] = [
  heading(text`INC-142 · Fall · ${"4 West"}`),
  paragraph(text`In review by ${staff({ id: "s1", name: "Jane Lee" })}`),
  facts({ label: "Happened", value: text`${time(at)}` }, { label: "Due", value: text`${date(at)}` }),
  list([{ text: text`INC-1`, detail: text`new`, button: button("Open", "incident show", { incident: "INC-1" }) }]),
  {
    type: "table",
    caption: "Budget",
    columns: [
      { label: "Line", align: "left" },
      { label: "Variance", align: "right" },
    ],
    rows: [[text`Overtime`, text`−19,950`]],
  },
  { type: "image", file: png, alt: "Falls rise for seven months." },
  {
    type: "chart",
    kind: "bar",
    title: "Falls",
    categories: ["Sep", "Oct"],
    series: [{ name: "4 West", values: [3, null] }],
    alt: "Three falls in September, no data in October.",
  },
  {
    type: "chart",
    kind: "line",
    title: "Falls",
    categories: ["Sep", "Oct"],
    series: [
      { name: "4 West", values: [3, 4] },
      { name: "5 West", values: [1, 2] },
    ],
    alt: "Both rise.",
  },
  divider(),
  notice("urgent", text`Overdue by 2 days.`),
  context(text`as of 5 Nov`),
  buttons(button("Close", "incident close", { incident: "INC-1" }, "danger")),
  file({ name: "letter.docx", mediaType: "application/x", base64: "AAAA" }, text`the draft`),
];

it("draws every kind of block as Teams takes it, in a person's own chat and among many", () => {
  expect(cardFaults(drawn(...everyBlock), "message")).toEqual([]);
  expect(cardFaults(drawnShared(...everyBlock), "message")).toEqual([]);
});

describe("times", () => {
  it("are words in the zone of the one who reads, weekday first", () => {
    expect(wordsOf(drawn(paragraph(text`Due ${time(at)}.`)))).toMatch(/^Due Mon 23 Nov.*, 06:10\.$/);
    expect(wordsOf(drawn(facts({ label: "Due", value: text`${date(at)}` })))).toMatch(/^Due: Mon 23 Nov/);
  });

  it("are shown by each reader's own clock where many read", () => {
    expect(wordsOf(drawnShared(paragraph(text`Due ${time(at)}.`)))).toBe(
      "Due {{DATE(2026-11-23T11:10:00Z,SHORT)}}, {{TIME(2026-11-23T11:10:00Z)}}.",
    );
    expect(wordsOf(drawnShared(facts({ label: "Due", value: text`${date(at)}` })))).toBe(
      "Due: {{DATE(2026-11-23T11:10:00Z,SHORT)}}",
    );
  });

  it("are in the reader's zone in the line that notifications show", () => {
    expect(renderCard(card(text`Due ${time(at)}`), reader, personal).fallbackText).toMatch(/^Due Mon 23 Nov.*, 06:10$/);
  });
});

it("draws a row's detail close to the row, and rows apart", () => {
  for (const draw of [drawn, drawnShared]) {
    const [row] = elements(draw(list([{ text: text`INC-1`, detail: text`New, ${time(at)}` }])), "ColumnSet");
    expect(row).not.toHaveProperty("spacing");
    expect(row).toMatchObject({ columns: [{ items: [{ inlines: [{ text: "INC-1" }] }, { spacing: "None" }] }] });
  }
});

describe("people", () => {
  const line = paragraph(text`${staff({ id: "s1", name: "Jane Lee" })} and ${staff({ id: "s2", name: "Sam Ruiz" })}`);

  it("are mentioned where others read and Teams knows them", () => {
    const shown = drawnShared(line);
    expect(wordsOf(shown)).toBe("<at>Jane Lee</at> and Sam Ruiz");
    expect(shown.msteams?.entities).toEqual([
      { type: "mention", text: "<at>Jane Lee</at>", mentioned: { id: "aad-1", name: "Jane Lee" } },
    ]);
  });

  it("are named in their own chats", () => {
    expect(wordsOf(drawn(line))).toBe("Jane Lee and Sam Ruiz");
    expect(drawn(line).msteams).toEqual({ width: "full" });
  });

  it("are never mixed up when two have one name", () => {
    const both = { ...reader, mentions: { s1: "aad-1", s2: "aad-2" } };
    const namesakes = text`${staff({ id: "s1", name: "J. Lee" })}, ${staff({ id: "s2", name: "J. Lee" })}`;
    const shown = renderCard(card(text`x`, paragraph(namesakes)), both, shared);
    expect(wordsOf(shown)).toBe("<at>J. Lee</at>, J. Lee");
    expect(cardFaults(shown, "message")).toEqual([]);
  });
});

describe("a picture", () => {
  const image = (base64: string) => ({ type: "image", file: { ...png, base64 }, alt: "Falls rise." }) as const;

  it("travels in the card with its words, and grows to the whole screen", () => {
    expect(elements(drawn(image("AAAA")), "Image")).toEqual([
      {
        type: "Image",
        url: "data:image/png;base64,AAAA",
        altText: "Falls rise.",
        size: "Stretch",
        msteams: { allowExpand: true },
      },
    ]);
  });

  it("takes no room from the words of its card", () => {
    const long = paragraph(text`${"word ".repeat(7_000)}`);
    expect(wordsOf(drawn(long, image("A".repeat(60_000))))).toBe(wordsOf(drawn(long)));
  });

  it("that is too large for some clients is said in words", () => {
    const shown = drawn(image("A".repeat(70_000)));
    expect(elements(shown, "Image")).toEqual([]);
    expect(wordsOf(shown)).toBe("Falls rise.");
    expect(cardFaults(shown, "message")).toEqual([]);
  });
});

it("leaves a category without a value out of a chart, rather than at zero", () => {
  const [chart] = elements(drawn(...everyBlock), "Chart.VerticalBar");
  expect(chart?.data).toEqual([{ x: "Sep", y: 3 }]);
});

it("links to web addresses and to nothing else", () => {
  const shown = drawn(
    paragraph(text`${link("policy", "https://intranet.example/p")} ${link("x", "javascript:alert(1)")}`),
  );
  expect(elements(shown, "Action.OpenUrl")).toEqual([{ type: "Action.OpenUrl", url: "https://intranet.example/p" }]);
  expect(wordsOf(shown)).toBe("policy x");
});

it("puts six buttons in a row", () => {
  const many = Array.from({ length: 8 }, (_, index) => button(`B${index}`, "incident list"));
  expect(elements(drawn(buttons(...many)), "ActionSet").map((set) => (set.actions as unknown[]).length)).toEqual([
    6, 2,
  ]);
});

it("keeps the lines that people typed", () => {
  expect(elements(drawn(paragraph(text`${"one\n\ntwo\r\nthree"}`)), "RichTextBlock")).toHaveLength(3);
});

it("says in words how urgent a notice is", () => {
  expect(wordsOf(drawn(notice("warning", text`2 open actions.`)))).toBe("Attention: 2 open actions.");
});

it("leaves out what is last in a card that is too long, mentions and all", () => {
  const rows = (name: string, count: number) =>
    list(Array.from({ length: count }, (_, index) => ({ text: text`${`${name} ${index} ${"x".repeat(60)}`}` })));
  const last = list([{ text: text`${"z".repeat(30_000)} ${staff({ id: "s1", name: "Jane Lee" })}` }]);
  const shown = drawnShared(rows("first", 50), rows("second", 50), last);
  expect(wordsOf(shown)).toContain("second 49");
  expect(wordsOf(shown)).not.toContain("zzz");
  expect(wordsOf(shown)).toContain("Shortened here");
  expect(cardFaults(shown, "message")).toEqual([]);
});

it("keeps the buttons of a card that is too long", () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => ({ text: text`${`Row ${index} ${"x".repeat(40)}`}` }));
  const shown = drawn(
    heading(text`Long`),
    list(rows),
    paragraph(text`${"y".repeat(50_000)}`),
    buttons(button("More", "incident list")),
  );
  expect(wordsOf(shown)).toContain("[More]");
  expect(wordsOf(shown)).toContain("Shortened here");
  expect(JSON.stringify(shown).length * 2).toBeLessThan(100 * 1024);
});

describe("whatever people type", () => {
  const typed = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(..."<>@at/*_[]()`~#\\{}-+.1 \n&;|!\u202eא"), maxLength: 60 }),
    fc.constantFrom("<at>Jane Lee</at>", "<!channel>", "{{DATE(2020-01-01T00:00:00Z,SHORT)}}", "1. one\n2. two", "# h"),
  );
  const everywhere = (value: Text) =>
    drawnShared(
      heading(value),
      paragraph(value),
      paragraph(text`${value} ${time(at)} ${staff({ id: "s1", name: "Jane Lee" })}`),
      facts({ label: "What", value }),
      context(value),
      notice("info", value),
      list([{ text: value, detail: value }]),
    );

  it("is never a mention, a date or a card that Teams refuses", () => {
    fc.assert(
      fc.property(typed, (value) => {
        const shown = everywhere(text`${value}`);
        expect(cardFaults(shown, "message")).toEqual([]);
        expect(shown.msteams?.entities).toHaveLength(1);
        const dates = wordsOf(shown).match(/\{\{/g) ?? [];
        expect(dates).toHaveLength(2); // those of the time that we put there
      }),
      { examples: [["{{{"]] },
    );
  });

  it("has no unescaped mark in Markdown", () => {
    fc.assert(
      fc.property(typed, (value) => {
        const [block] = elements(drawn(heading(text`${value}`)), "TextBlock");
        expect(String(block?.text).replace(/\\[^\n]/g, "x")).not.toMatch(/[*_`[\]<~&|]|(?:^|\n)\s*(?:[#>+-]|\d+[.)])/);
      }),
    );
  });

  it("is all there to read in a paragraph", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 80 }), (value) => {
        const shown = wordsOf(drawn(paragraph(text`${value}`))).replaceAll("\u200b", "");
        expect(shown).toBe(value);
      }),
    );
  });

  it("is strong without its marks being read", () => {
    expect(wordsOf(drawn(heading(text`${strong("a*b")} c`)))).toBe("**a\\*b** c");
  });
});
