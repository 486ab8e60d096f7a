import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  formButton,
  heading,
  list,
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, join, type Span, staff, strong, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentDetails, IncidentFilter, IncidentPage, IncidentRow, Named } from "../domain/incidents/read.ts";
import { categories, type Harm, harms, isUrgent, kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { excerpt, partsOf } from "./excerpt.ts";

/** Characters of a narrative that a card shows at once. */
const shownAtOnce = 2500;
/** Timeline entries that a card shows: the last ones. */
const entriesShown = 6;

const label = (options: readonly { code: string; label: string }[], code: string): string =>
  options.find((option) => option.code === code)?.label ?? code;

/** "Fall", or "Near miss" where no category is known. */
export const kindOf = (incident: Pick<IncidentRow, "kind" | "category">): string =>
  incident.category ? label(categories, incident.category) : label(kinds, incident.kind);

/** "INC-142 · Fall · 4 West": number, kind and unit, and never a narrative. */
export const incidentTitle = (incident: Pick<IncidentRow, "number" | "kind" | "category" | "unit">): Text =>
  text`${words(reference(incident.number))} · ${words(kindOf(incident))} · ${incident.unit.name}`;

/** The incident as somebody may see it who asked for it in private. `part` pages through a long narrative, from 1. */
export function incidentCard(incident: IncidentDetails, part = 1): Card {
  return card(
    incidentTitle(incident),
    heading(incidentTitle(incident)),
    paragraph(stateOf(incident)),
    incident.closedAt === null && isUrgent(incident.harm)
      ? [notice("urgent", text`${words(label(harms, incident.harm))} was reported.`)]
      : [],
    facts(...factsOf(incident)),
    narrative(incident, part),
    timeline(incident),
    buttons(...actions(incident)),
  );
}

/** The card after an assignment of which nobody can be told. */
export const notReached = (card: Card, name: string): Card => ({
  ...card,
  blocks: [
    ...card.blocks,
    notice("warning", text`${name} has not used Rounds yet, so nothing could be sent. Tell them yourself.`),
  ],
});

/** After filing: what is now true and what happens next. */
export function filedCard(incident: { number: number; unit: string }, identity: string): Card {
  const next =
    identity === "anonymous"
      ? text`It was filed without your name, and no link to you is kept, so Rounds cannot tell you what follows. Slack or Microsoft may still record that you used Rounds.`
      : text`Whoever handles ${incident.unit} has it; you will hear when it is acknowledged.`;
  const number = words(reference(incident.number));
  const may =
    identity === "anonymous"
      ? []
      : [
          buttons(
            formButton("Add note", "incident note", { incident: reference(incident.number) }),
            button("Show", "incident show", { incident: reference(incident.number) }),
          ),
        ];
  return card(text`${number} is filed.`, heading(text`${number} is filed`), paragraph(next), may);
}

function stateOf(incident: IncidentDetails): Text {
  const harm = words(harmInWords(incident.harm));
  const state = words(label(statuses, incident.status));
  if (incident.closedAt) return text`${state} by ${person(incident.closedBy)}, ${time(incident.closedAt)} · ${harm}`;
  if (incident.assignee) return text`${state} by ${staff(incident.assignee)} · ${harm}`;
  if (incident.acknowledgedAt) return text`${state} by ${person(incident.acknowledgedBy)} · ${harm}`;
  const escalation = incident.escalateAt ? text` · goes to the next person up ${time(incident.escalateAt)}` : [];
  return text`${state}, nobody has acknowledged it yet · ${harm}${escalation}`;
}

const person = (named: Named | null): Span => (named ? staff(named) : words("somebody"));

function factsOf(incident: IncidentDetails): Fact[] {
  const optional = (name: string, value: string | null): Fact[] =>
    value ? [{ label: name, value: text`${cut(value)}` }] : [];
  return [
    { label: "Happened", value: text`${time(incident.happenedAt)}` },
    { label: "Reported", value: text`${time(incident.reportedAt)}, ${reporter(incident.reporter)}` },
    { label: "Kind", value: text`${words(label(kinds, incident.kind))}` },
    ...optional("Action taken", incident.immediate),
    ...optional("Informed", incident.informed),
    ...optional("Record", incident.sourceRef),
    ...optional("What changed", incident.changed),
  ];
}

const cut = (value: string): string => excerpt(value, 600);

function reporter(who: IncidentDetails["reporter"]): Text {
  if (who === "you") return text`by you`;
  if (who === "confidential") return text`in confidence`;
  if (who === "anonymous") return text`anonymously`;
  return text`by ${staff(who)}`;
}

function narrative(incident: IncidentDetails, part: number): Block[] {
  const all = partsOf(incident.what, shownAtOnce);
  const parts = all.length;
  const shown = Math.min(Math.max(1, part), parts);
  const words = paragraph(text`${data(all[shown - 1] ?? "")}`);
  if (parts === 1) return [words];
  const number = reference(incident.number);
  const turn = [
    ...(shown > 1 ? [button("Earlier part", "incident show", { incident: number, part: shown - 1 })] : []),
    ...(shown < parts ? [button("Next part", "incident show", { incident: number, part: shown + 1 })] : []),
  ];
  return [words, context(text`Part ${shown} of ${parts} of the text`), buttons(...turn)];
}

function timeline(incident: IncidentDetails): Block[] {
  const entries = incident.timeline.filter((entry) => entry.kind !== "reported");
  if (entries.length === 0) return [];
  const left = entries.length - entriesShown;
  return [
    list(entries.slice(-entriesShown).map((entry) => ({ text: text`${time(entry.at)} · ${entryText(entry)}` }))),
    ...(left > 0 ? [context(text`${left} earlier ${words(left === 1 ? "entry" : "entries")} not shown`)] : []),
  ];
}

function entryText(entry: IncidentDetails["timeline"][number]): Text {
  const by =
    entry.actor === null
      ? words("Rounds")
      : entry.actor === "the reporter"
        ? words("The reporter")
        : staff(entry.actor);
  switch (entry.kind) {
    case "acknowledged":
      return text`${by} acknowledged it`;
    case "assigned":
      return text`${by} assigned it to ${person(entry.about)}`;
    case "closed":
      return text`${by} closed it`;
    case "escalated":
      return text`nobody had acknowledged it; ${person(entry.about)} was told`;
    default:
      return text`${by}: ${cut(entry.text ?? "")}`;
  }
}

function actions(incident: IncidentDetails): Button[] {
  const about = { incident: reference(incident.number) };
  return [
    ...(incident.may.acknowledge ? [button("Acknowledge", "incident acknowledge", about, "primary")] : []),
    button("Add note", "incident note", about),
    ...(incident.may.assign ? [button("Assign", "incident assign", about)] : []),
    ...(incident.may.close ? [button("Close", "incident close", about)] : []),
  ];
}

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

/** "Mild harm" says what it is about; "unknown" has to be told. */
const harmInWords = (code: Harm): string => (code === "unknown" ? "harm unknown" : label(harms, code).toLowerCase());
