import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  formButton,
  heading,
  list,
  paragraph,
} from "../chat/card.ts";
import { join, strong, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentFilter, IncidentPage } from "../domain/incidents/list.ts";
import type { IncidentRow } from "../domain/incidents/read.ts";
import { categories, kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { harmInWords, kindOf, label } from "./incidentWords.ts";

/** What a list was asked with, as it travels in its buttons. */
type Given = Record<string, string | number | boolean>;

/** A page of incidents, with the filters as buttons; `mayExport` adds the one that makes a file of all pages. */
export function incidentListCard(
  page: IncidentPage,
  filter: IncidentFilter,
  given: Given,
  unit: string | undefined,
  mayExport: boolean,
): Card {
  const narrowed = narrowedTo(filter, unit);
  const title = text`${words(listTitle(filter))}`;
  const last = page.rows.at(-1);
  const filters = filterButtons(filter, given);
  if (!last) {
    return card(
      title,
      heading(title),
      narrowed,
      paragraph(text`Nothing here. Incidents that you file, own or manage appear as soon as they are reported.`),
      buttons(button("Report an incident", "incident report", {}, "primary"), ...filters),
    );
  }
  return card(
    title,
    heading(title),
    narrowed,
    list(
      page.rows.map((row) => ({
        text: text`${strong(reference(row.number))} · ${words(kindOf(row))} · ${row.unit.name}`,
        detail: rowDetail(row),
        button: button("Open", "incident show", { incident: reference(row.number) }),
      })),
    ),
    moreInWords(page.more),
    buttons(...nextButton(page, { ...given, before: last.number }), ...filters),
    mayExport
      ? buttons(
          button("What happens most", "incident pareto", paretoOf(given)),
          button("Export", "incident export", given),
        )
      : [],
  );
}

const moreInWords = ({ count, atLeast }: IncidentPage["more"]): Block[] => {
  if (count === 0) return atLeast ? [context(text`More follow`)] : [];
  return [context(text`${words(atLeast ? "more than " : "")}${count} more`)];
};

function nextButton({ rows, more }: IncidentPage, input: Given): Button[] {
  if (more.count === 0 && !more.atLeast) return [];
  const label = more.count === 0 ? "Next" : `Next ${Math.min(more.count, rows.length)}`;
  return [button(label, "incident list", input, "primary")];
}

/** The other states, the form with all that a list can be narrowed to, and a way out of each that it is narrowed to now. */
function filterButtons({ status, mine }: IncidentFilter, given: Given): Button[] {
  const states = [
    { code: "open", label: "Open" },
    { code: "closed", label: "Closed" },
    { code: "all", label: "All" },
  ];
  return [
    ...states
      .filter((state) => state.code !== status)
      .map(({ code, label }) => button(label, "incident list", { ...given, status: code })),
    mine
      ? button("Everybody's", "incident list", { ...given, mine: false })
      : button("Mine", "incident list", { ...given, mine: true }),
    formButton("Narrow", "incident list", given),
    ...Object.entries(waysOut)
      .filter(([name]) => given[name] !== undefined)
      .map(([name, label]) => button(label, "incident list", without(given, name))),
  ];
}

const waysOut = {
  where: "Any unit",
  kind: "Any kind",
  category: "Any category",
  since: "Any day",
  search: "Any words",
};

const without = (given: Given, name: string): Given =>
  Object.fromEntries(Object.entries(given).filter(([each]) => each !== name));

/** What the list leaves out, so that an empty or short one misleads nobody: words that name no filter are searched for. */
function narrowedTo({ kind, category, since, search }: IncidentFilter, unit: string | undefined): Block[] {
  const parts: Text[] = [
    ...(unit === undefined ? [] : [text`${unit} and below`]),
    ...(kind === undefined ? [] : [text`${words(label(kinds, kind))}`]),
    ...(category === undefined ? [] : [text`${words(label(categories, category))}`]),
    ...(since === undefined ? [] : [text`since ${words(since)}`]),
    ...(search === undefined ? [] : [text`with “${search}” in the text`]),
  ];
  return parts.length === 0 ? [] : [context(text`Only ${join(parts, " · ")}`)];
}

/** Of what a list was narrowed to, what counting takes too. */
const paretoOf = ({ where, since }: Given): Given => ({
  ...(where !== undefined && { where }),
  ...(since !== undefined && { since }),
});

function listTitle(filter: IncidentFilter): string {
  const status = filter.status === "all" ? "All" : filter.status === "open" ? "Open" : label(statuses, filter.status);
  return `${filter.mine ? "My " : ""}${filter.mine ? status.toLowerCase() : status} incidents${filter.before ? ", continued" : ""}`;
}

const rowDetail = (row: IncidentRow): Text =>
  text`${words(label(statuses, row.status))} · ${words(harmInWords(row.harm))} · ${time(row.happenedAt)}${row.assignee ? text` · ${row.assignee.name}` : []}`;
