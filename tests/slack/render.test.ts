import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCard, renderCardView, renderHome } from "../../adapters/slack/render.ts";
import {
  type Block,
  button,
  buttons,
  card,
  context,
  divider,
  facts,
  file,
  formButton,
  heading,
  list,
  notice,
  paragraph,
  type Reader,
} from "../../src/chat/card.ts";
import { date, link, staff, strong, text, time } from "../../src/chat/text.ts";
import { blockFault, viewFault } from "../support/slack/blocks.ts";
import { findButton, textOf } from "../support/slack/senders.ts";

const reader: Reader = { zone: "America/New_York", mentions: { s1: "U1" } };
const personal = { surface: "message", personal: true } as const;
const drawn = (...blocks: Block[]) => renderCard(card(text`Summary.`, ...blocks), reader, personal).blocks;
type Loose = Parameters<typeof findButton>[0];
const loose = (blocks: unknown): Loose => JSON.parse(JSON.stringify(blocks)) as Loose;

const png = { name: "chart.png", mediaType: "image/png", base64: "iVBORw0KGgo=" };
const at = new Date("2026-11-23T11:10:00.123Z");
const chart = (values: (number | null)[]): Block => ({
  type: "chart",
  kind: "bar",
  title: "Falls",
  categories: ["Sep", "Oct"],
  series: [{ name: "4 West", values }],
  alt: "Falls fell.",
});
const table = (rows: number): Block => ({
  type: "table",
  caption: "Budget",
  columns: [
    { label: "Line", align: "left" },
    { label: "Variance", align: "right" },
  ],
  rows: Array.from({ length: rows }, () => [text`Overtime`, text`−19,950`]),
});

const everyBlock: Block[] = [
  heading(text`INC-142 · Fall · ${"4 West"}`),
  paragraph(text`In review by ${staff({ id: "s1", name: "Jane Lee" })}, ${strong("mild harm")}`),
  facts({ label: "Happened", value: text`${time(at)}` }, { label: "Due", value: text`${date(at)}` }),
  list([
    { text: text`INC-1`, detail: text`new`, button: button("Open", "incident show", { incident: "INC-1" }) },
    { text: text`INC-2`, detail: text`closed` },
  ]),
  table(2),
  table(2),
  { type: "image", file: png, alt: "Falls rise for seven months." },
  chart([3, 2]),
  chart([3, null]),
  divider(),
  notice("urgent", text`Overdue by 2 days.`),
  context(text`as of 5 Nov, ${link("more", "https://rounds.example/help")}`),
  context(text`as of 5 Nov`),
  buttons(
    button("Close", "incident close", { incident: "INC-1" }, "danger"),
    formButton("Close too", "incident close", { incident: "INC-1" }),
  ),
  file({ name: "letter.docx", mediaType: "application/x", base64: "AAAA" }, text`the draft`),
];

it("draws every kind of block as Slack takes it, in messages, modals and Home", () => {
  const summary = card(text`Summary.`, ...everyBlock);
  const pictures = new Map([[png, "F1"]]);
  expect(blockFault(renderCard(summary, reader, { ...personal, pictures }).blocks, "message")).toBeUndefined();
  expect(blockFault(drawn(...everyBlock), "message")).toBeUndefined();
  expect(viewFault(renderCardView(summary, reader, "A title that is longer than Slack's"))).toBeUndefined();
  expect(viewFault(renderHome(summary, reader))).toBeUndefined();
});

describe("what people typed", () => {
  const typed = "*bold* _it_ <!channel> @everyone <https://x.example|click> &amp; `code` :smile:";

  it("stays what they typed in every kind of block", () => {
    const blocks = drawn(
      heading(text`${typed}`),
      paragraph(text`${typed}`),
      facts({ label: "What", value: text`${typed}` }),
      list([{ text: text`${typed}`, button: button("Open", "todo") }, { text: text`${typed}` }]),
      notice("info", text`${typed}`),
      context(text`${typed}`),
    );
    expect(JSON.stringify(blocks)).not.toContain("mrkdwn");
    expect(textOf(blocks).split(typed)).toHaveLength(8);
  });

  it("is escaped where Slack reads markup: the message's own text", () => {
    expect(renderCard(card(text`${"<!channel> & co"}`), reader, personal).text).toBe("&lt;!channel&gt; &amp; co");
  });

  it("loses what cannot be seen, and keeps right-to-left words from turning what stands around them", () => {
    const blocks = drawn(paragraph(text`${"a\u0000b\u202Ec"} and ${"שלום"}`));
    expect(textOf(blocks)).toBe("abc and \u2068שלום\u2069");
  });

  it("never makes blocks that Slack refuses", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 5_000 }), (anything) => {
        const blocks = drawn(
          heading(text`${anything}`),
          paragraph(text`${anything}`),
          list([{ text: text`${anything}`, button: button("Open", "todo") }]),
          context(text`${anything}`),
        );
        expect(blockFault(blocks, "message")).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});

it("shows times by the reader's own clock, with words for where Slack shows none", () => {
  expect(JSON.stringify(drawn(paragraph(text`Due ${time(at)}.`)))).toContain(
    '{"type":"date","timestamp":1795432200,"format":"{day_divider_pretty}, {time}","fallback":"Mon 23 Nov, 06:10"}',
  );
});

it("mentions who has an identity in Slack, and names who has none", () => {
  const someone = [staff({ id: "s1", name: "Jane" }), staff({ id: "s2", name: "Ali" })];
  expect(JSON.stringify(drawn(paragraph(someone)))).toContain(
    '[{"type":"user","user_id":"U1"},{"type":"text","text":"Ali"}]',
  );
});

it("carries a button's input and whether it opens its form, each button under its own name", () => {
  const blocks = loose(drawn(...everyBlock));
  const close = findButton(blocks, "Close").element;
  const again = findButton(blocks, "Close too").element;
  expect(JSON.parse(String(close.value))).toEqual({ input: { incident: "INC-1" } });
  expect(JSON.parse(String(again.value))).toEqual({ input: { incident: "INC-1" }, form: true });
  expect(close.action_id).toMatch(/^incident close#\d+$/);
  expect(again.action_id).not.toBe(close.action_id);
});

describe("what Slack has its own drawing for", () => {
  it("is one table in a message and two charts; the rest is lines", () => {
    const blocks = drawn(table(2), table(2), chart([1, 2]), chart([1, 2]), chart([1, 2]));
    const types = blocks.map((block) => block.type);
    expect(types.filter((type) => type === "table")).toHaveLength(1);
    expect(types.filter((type) => type === "data_visualization")).toHaveLength(2);
    expect(textOf(blocks)).toContain("4 West: Sep 1 · Oct 2");
  });

  it("is lines where a value is missing, which a chart would show as none", () => {
    const blocks = drawn(chart([3, null]));
    expect(textOf(blocks)).toContain("4 West: Sep 3 · Oct n/a");
    expect(blocks.some((block) => block.type === "data_visualization")).toBe(false);
  });

  it("is the alternative text where a picture was not uploaded", () => {
    expect(textOf(drawn({ type: "image", file: png, alt: "Falls rise." }))).toBe("Falls rise.");
  });
});

describe("what does not fit", () => {
  const says = "Shortened here";

  it("is cut from a long text, and said; headings and buttons stay", () => {
    const blocks = drawn(
      heading(text`INC-1`),
      paragraph(text`${"word ".repeat(8_000)}`),
      buttons(button("Close", "incident close")),
    );
    expect(blockFault(blocks, "message")).toBeUndefined();
    expect(textOf(blocks)).toContain("word word");
    expect(textOf(blocks)).toContain(says);
    expect(blocks.map((block) => block.type)).toEqual(["header", "rich_text", "actions", "context"]);
  });

  it("is left out at the end where there are too many blocks", () => {
    const rows = Array.from({ length: 80 }, (_, index) => ({
      text: text`Row ${index}`,
      button: button("Open", "incident show"),
    }));
    const blocks = drawn(list(rows), buttons(button("More", "incident list")));
    expect(blocks).toHaveLength(50);
    expect(textOf(blocks)).toContain("Row 0");
    expect(textOf(blocks)).toContain(says);
    expect(findButton(loose(blocks), "More")).toBeDefined();
  });

  it("is not said where all of it fits", () => {
    expect(textOf(drawn(...everyBlock))).not.toContain(says);
  });
});
