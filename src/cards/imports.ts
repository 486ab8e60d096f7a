import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  context,
  file,
  heading,
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, strong, text, time, words } from "../chat/text.ts";
import { csvFile } from "../documents/files.ts";
import { type Brought, brought, needed } from "../imports/columns.ts";
import type { Finding } from "../imports/file.ts";
import { whereIs } from "../imports/findings.ts";
import type { Seen } from "../imports/service.ts";
import { templates } from "../imports/template.ts";
import { importPreviewCard } from "./importPreview.ts";

const labelOf = (what: Brought): string => brought.find(({ code }) => code === what)?.label ?? what;

/** So many mistakes stand on the card; all of them are in its file. */
const shown = 10;

/** How files come in, with an empty one of each sort that this person may bring. */
export const howToImportCard = (sorts: readonly Brought[]): Card =>
  card(
    text`Send a CSV or XLSX file here to import it.`,
    heading(text`Import a file`),
    paragraph(
      text`Send a CSV or XLSX file here, in your own chat with Rounds. It is tried first: you see what would change, and nothing does until you say so.`,
    ),
    templateButtons(sorts),
    context(text`Up to 20 MB. What is not in a file stays as it is.`),
  );

const templateButtons = (sorts: readonly Brought[]): Block =>
  buttons(...sorts.map((what) => button(`Template: ${labelOf(what).toLowerCase()}`, "import template", { what })));

export const templateCard = (what: Brought): Card =>
  card(
    text`An empty file for ${words(labelOf(what).toLowerCase())}`,
    heading(text`Template: ${words(labelOf(what).toLowerCase())}`),
    paragraph(text`Fill it in and send it here. Columns that are not needed may be left out; ${neededIn(what)} are.`),
    file(
      { name: `${what}.csv`, mediaType: "text/csv", base64: Buffer.from(templates[what]).toString("base64") },
      text`Its first line names the columns`,
    ),
  );

const neededIn = (what: Brought) => words(listed(needed[what]));
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** What is to be said about a file that somebody sent. */
export function seenCard(seen: Seen): Card {
  switch (seen.state) {
    case "ready":
      return importPreviewCard(seen, labelOf(seen.what));
    case "same":
      return card(
        text`Nothing changes.`,
        heading(text`${words(labelOf(seen.what))} · ${data(seen.name)}`),
        paragraph(
          text`Nothing changes: ${seen.rows === 1 ? text`its one row is` : text`all ${seen.rows} rows are`} there already, as they are in the file.`,
        ),
      );
    case "wrong":
      return wrongCard(seen);
    case "unclear":
      return unclearCard(seen);
    case "unknown":
      return unknownCard(seen);
    case "imported":
      return importedCard(seen);
    case "left":
      return card(
        text`Nothing was imported.`,
        paragraph(text`Nothing was imported, and the file is forgotten. Everything is as it was.`),
      );
  }
}

function wrongCard({ name, what, errors, more }: Extract<Seen, { state: "wrong" }>): Card {
  const all = errors.length + more;
  const told = errors.slice(0, shown);
  return card(
    text`Nothing is imported: something is wrong in the file.`,
    heading(what === undefined ? text`${data(name)}` : text`${words(labelOf(what))} · ${data(name)}`),
    notice(
      "warning",
      text`Nothing is imported while ${all === 1 ? text`a cell is` : text`${all} things are`} wrong. Mend the file and send it again.`,
    ),
    ...told.map(({ line, column, message }) => paragraph(text`${strong(whereIs(line, column))} ${message}`)),
    all > shown ? whole(errors, all, more) : [],
  );
}

const whole = (errors: readonly Finding[], all: number, more: number): Block[] => [
  context(
    more > 0
      ? text`${all - shown} more; the first ${errors.length} are in the file.`
      : text`${all - shown} more, in the file.`,
  ),
  file(
    csvFile(
      "what is wrong",
      ["line", "column", "what is wrong"],
      errors.map(({ line, column, message }) => [line === 0 ? null : line, column, message]),
    ),
    text`What is wrong, line by line`,
  ),
];

const unclearCard = ({ number, name, fits }: Extract<Seen, { state: "unclear" }>): Card =>
  card(
    text`What is this file?`,
    heading(text`${data(name)}`),
    paragraph(
      text`Its columns fit ${words(fits.map((what) => labelOf(what).toLowerCase()).join(" and "))}. Which is it?`,
    ),
    buttons(
      ...fits.map((what) => button(labelOf(what), "import as", { import: `IMP-${number}`, what })),
      button("Leave it", "import leave", { import: `IMP-${number}` }),
    ),
  );

function unknownCard({ name, recognised, may }: Extract<Seen, { state: "unknown" }>): Card {
  const missing = recognised?.nearest.missing ?? [];
  const nearest = recognised?.nearest.what;
  const isNear = nearest !== undefined && missing.length < needed[nearest].length;
  return card(
    text`The file’s columns fit nothing that can be imported.`,
    heading(text`${data(name)}`),
    notice(
      "warning",
      recognised === undefined
        ? text`The file is empty. Its first line names the columns.`
        : text`Its columns fit nothing that can be imported: ${data(recognised.names.join(", ").slice(0, 300))}.`,
    ),
    isNear
      ? paragraph(
          text`It is nearest to ${words(labelOf(nearest).toLowerCase())}, and lacks ${words(listed(missing))}. Rename or add the columns, and send it again.`,
        )
      : paragraph(text`A template shows the columns. Fill it in, and send it here.`),
    templateButtons(may),
  );
}

function importedCard({ what, added, changed, unchanged, at, now }: Extract<Seen, { state: "imported" }>): Card {
  const counts = text`${added} new, ${changed} changed, ${unchanged} as before`;
  const label = words(labelOf(what));
  return card(
    text`${label}: imported.`,
    heading(text`${label} · imported`),
    paragraph(
      now
        ? text`The file is in: ${counts}. It is not kept.`
        : text`This file was imported ${time(at)}: ${counts}. It is imported once.`,
    ),
    what === "kpi" ? buttons(button("Measures", "kpi list")) : buttons(button("Budget", "budget show")),
  );
}
