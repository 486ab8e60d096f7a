import { Decimal } from "decimal.js";
import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  heading,
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, type Text, text, words } from "../chat/text.ts";
import type { Seen } from "../imports/service.ts";
import type { Share } from "../imports/shares.ts";
import { dollars, monthName } from "./budgetWords.ts";

/** Rows of a list on a card. */
const shown = 8;

/** What the import of a file would change, and the buttons that say so or leave it. */
export function importPreviewCard(seen: Extract<Seen, { state: "ready" }>, label: string): Card {
  const { number, name, result, shares, anew } = seen;
  const { added, changed, unchanged, beside, notes } = result;
  const reference = `IMP-${number}`;
  return card(
    text`${words(label)}: ${added} new, ${changed} changed. Import it?`,
    heading(text`${words(label)} · ${data(name)}`),
    anew
      ? notice(
          "warning",
          text`Something has changed since this was shown, so nothing was imported. It would do this now:`,
        )
      : [],
    facts(
      { label: "New", value: text`${added}` },
      { label: "Changed", value: text`${changed}` },
      { label: "As before", value: text`${unchanged}` },
      ...amounts(result.groups),
    ),
    table("By unit", "Unit", shares.byUnit),
    table(
      "By month",
      "Month",
      shares.byMonth.map((share) => ({ ...share, of: monthName(share.of) })),
    ),
    ...[...beside, ...notes].map((note) => paragraph(text`${note}`)),
    buttons(
      button("Import", "import confirm", { import: reference }, "primary"),
      button("Leave it", "import leave", { import: reference }),
    ),
    context(text`Only tried so far. ${words(reference)} waits for an hour; all of it is imported, or nothing.`),
  );
}

/** What the rows come to, beside what they came to before. */
function amounts(groups: Extract<Seen, { state: "ready" }>["result"]["groups"]): Fact[] {
  return (["expense", "revenue"] as const).flatMap((kind) => {
    const own = groups.filter((group) => group.kind === kind);
    if (own.length === 0) return [];
    const came = (side: "before" | "after") =>
      dollars(own.reduce((all, group) => all.plus(group[side] ?? 0), new Decimal(0)));
    const isThere = own.some(({ before }) => before !== null);
    const now = text`${words(came("after"))}`;
    return [
      {
        label: kind === "expense" ? "Expense" : "Revenue",
        value: isThere ? text`${now}, was ${words(came("before"))}` : now,
      },
    ];
  });
}

function table(caption: string, first: string, all: readonly Share[]): Block[] {
  if (all.length < 2) return [];
  const has = (kind: "expense" | "revenue") => all.some((share) => share[kind] !== null);
  const kinds = (["expense", "revenue"] as const).filter(has);
  const amount = (value: string | null): Text =>
    value === null ? text`–` : text`${words(dollars(new Decimal(value)))}`;
  return [
    {
      type: "table",
      caption,
      columns: [
        { label: first, align: "left" },
        { label: "New", align: "right" },
        { label: "Changed", align: "right" },
        { label: "As before", align: "right" },
        ...kinds.map((kind) => ({ label: kind === "expense" ? "Expense" : "Revenue", align: "right" as const })),
      ],
      rows: all
        .slice(0, shown)
        .map((share) => [
          text`${data(share.of)}`,
          text`${share.added}`,
          text`${share.changed}`,
          text`${share.unchanged}`,
          ...kinds.map((kind) => amount(share[kind])),
        ]),
    },
    ...(all.length > shown ? [context(text`${caption.toLowerCase()}: ${all.length - shown} more`)] : []),
  ];
}
