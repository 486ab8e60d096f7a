import { type Block, button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { join, strong, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentFilter, IncidentPage } from "../domain/incidents/list.ts";
import type { IncidentRow } from "../domain/incidents/read.ts";
import { categories, kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { harmInWords, kindOf, label } from "./incidentWords.ts";

/** A page of incidents, with the filters as buttons. */
export function incidentListCard(
  page: IncidentPage,
  filter: IncidentFilter,
  given: Record<string, string | number | boolean>,
  unit: string | undefined,
): Card {
  const narrowed = narrowedTo(filter, unit);
  const title = text`${words(listTitle(filter))}`;
  const last = page.rows.at(-1);
  const { before: _, ...kept } = given;
  const filters = [
    ...(filter.status === "open" ? [] : [button("Open", "incident list", { ...kept, status: "open" })]),
    ...(filter.status === "closed" ? [] : [button("Closed", "incident list", { ...kept, status: "closed" })]),
    ...(filter.mine
      ? [button("Everybody's", "incident list", { ...kept, mine: false })]
      : [button("Mine", "incident list", { ...kept, mine: true })]),
  ];
  if (!last) {
    return card(
      title,
      heading(title),
      narrowed,
      paragraph(text`Nothing here. Incidents that you file, own or manage appear as soon as they are reported.`),
      buttons(...filters, button("Report an incident", "incident report", {}, "primary")),
    );
  }
  const { count, atLeast } = page.more;
  const next =
    count > 0
      ? [
          button(
            `Next ${Math.min(count, page.rows.length)}`,
            "incident list",
            { ...kept, before: last.number },
            "primary",
          ),
        ]
      : [];
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
    count > 0 ? [context(text`${words(atLeast ? "more than " : "")}${count} more`)] : [],
    buttons(...next, ...filters),
  );
}

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

function listTitle(filter: IncidentFilter): string {
  const status = filter.status === "all" ? "All" : filter.status === "open" ? "Open" : label(statuses, filter.status);
  return `${filter.mine ? "My " : ""}${filter.mine ? status.toLowerCase() : status} incidents${filter.before ? ", continued" : ""}`;
}

const rowDetail = (row: IncidentRow): Text =>
  text`${words(label(statuses, row.status))} · ${words(harmInWords(row.harm))} · ${time(row.happenedAt)}${row.assignee ? text` · ${row.assignee.name}` : []}`;
