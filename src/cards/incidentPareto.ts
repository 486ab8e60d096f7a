import { paretoPicture } from "../charts/pareto.ts";
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  heading,
  list,
  paragraph,
} from "../chat/card.ts";
import { counted, data, strong, type Text, text, words } from "../chat/text.ts";
import { type Counting, countings, type Frequency } from "../domain/incidents/frequency.ts";
import { periodInWords } from "../domain/kpis/periods.ts";

type Unit = { code: string; name: string } | undefined;
type Row = Frequency["rows"][number];

const rowsShown = 8;
/** J. M. Juran's vital few: what makes up four fifths. */
const most = 0.8;

/** What happens most in a unit since a day, as a picture and in the same words. */
export async function incidentParetoCard(found: Frequency, unit: Unit, since: string | undefined): Promise<Card> {
  const { rows, by } = found;
  const title = text`Incidents by ${words(names[by])}${unit ? text` · ${data(unit.name)}` : []}`;
  const days = text`${words(periodInWords(found.since, "day"))} to ${words(periodInWords(found.until, "day"))}`;
  if (rows.length === 0)
    return card(
      text`${title}: none`,
      heading(title),
      paragraph(
        text`None that you may see, ${days}${words(by === "factor" ? ", has a contributing factor yet" : "")}.`,
      ),
      ways(by, unit, since),
    );
  const said = summary(found);
  return card(
    text`${title}: ${said}`,
    heading(title),
    paragraph(text`${said}`),
    await pareto(found, unit),
    list(
      rows.slice(0, rowsShown).map((row, at) => ({
        text: text`${strong(row.name)}`,
        detail: text`${row.count} · running share ${words(running(rows, at))}`,
        ...opens(row, found, unit),
      })),
    ),
    rows.length > rowsShown ? context(text`${rows.length - rowsShown} more, in the picture together`) : [],
    context(text`${days}. Of what you may see; restricted incidents and those merged into others are not counted.`),
    ways(by, unit, since),
  );
}

const names: Record<Counting, string> = { category: "category", factor: "factor", kind: "kind", unit: "unit" };

/** "Fall and Medication make up 82 % of 57 incidents." */
function summary({ rows, incidents, by }: Frequency): Text {
  const total = sum(rows);
  const few = rows.slice(0, rows.findIndex((_, at) => sum(rows.slice(0, at + 1)) >= total * most) + 1);
  const named = few.slice(0, 3).map(({ name }) => name);
  const more = few.length - named.length;
  const those = more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
  const of = by === "factor" ? `the factors of ${counted(incidents, "incident")}` : counted(incidents, "incident");
  return text`${data(those)} ${words(few.length === 1 ? "makes" : "make")} up ${words(share(sum(few), total))} of ${words(of)}.`;
}

const sum = (rows: readonly Row[]): number => rows.reduce((all, { count }) => all + count, 0);
/** A part is never said to be all. */
const share = (part: number, total: number): string =>
  `${part < total ? Math.min(99, Math.round((part / total) * 100)) : 100} %`;
const running = (rows: readonly Row[], at: number): string => share(sum(rows.slice(0, at + 1)), sum(rows));

async function pareto({ rows, by, since }: Frequency, unit: Unit): Promise<Block> {
  const { file, alt } = await paretoPicture({
    title: `Incidents by ${names[by]}`,
    subtitle: `${unit?.name ?? "All that you see"}, since ${periodInWords(since, "day")}`,
    rows,
  });
  return { type: "image", file, alt };
}

/** The incidents behind a row, where the list can be narrowed to them. */
function opens({ code }: Row, { by, since }: Frequency, unit: Unit): { button?: Button } {
  if (code === null || by === "factor") return {};
  const where = by === "unit" ? code : unit?.code;
  const narrowed = {
    status: "all",
    since,
    ...(where !== undefined && { where }),
    ...(by !== "unit" && { [by]: code }),
  };
  return { button: button("List", "incident list", narrowed) };
}

function ways(by: Counting, unit: Unit, since: string | undefined): Block {
  const given = { ...(unit && { where: unit.code }), ...(since !== undefined && { since }) };
  return buttons(
    ...countings
      .filter(({ code }) => code !== by)
      .map(({ code, label }) => button(`By ${label.toLowerCase()}`, "incident pareto", { ...given, by: code })),
  );
}
