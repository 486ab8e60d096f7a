import { type Block, button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { join, strong, type Text, text, words } from "../chat/text.ts";
import type { GrievanceFilter, GrievancePage } from "../domain/grievances/list.ts";
import type { GrievanceRow } from "../domain/grievances/read.ts";
import { reference, statuses } from "../domain/grievances/rules.ts";
import { dayInWords, dueInWords } from "./grievanceWords.ts";
import { label } from "./incidentWords.ts";

/** A page of complaints and grievances, with the filters as buttons. */
export function grievanceListCard(
  page: GrievancePage,
  filter: GrievanceFilter,
  given: Record<string, string | number | boolean>,
  unit: string | undefined,
): Card {
  const title = text`${words(listTitle(filter))}`;
  const last = page.rows.at(-1);
  const { before: _, ...kept } = given;
  const to = (name: string, input: Record<string, string | number | boolean>, style?: "primary") =>
    button(name, "grievance list", { ...kept, ...input }, style);
  const filters = [
    ...(filter.status === "open" ? [] : [to("Open", { status: "open" })]),
    ...(filter.status === "closed" ? [] : [to("Closed", { status: "closed" })]),
    filter.mine ? to("Everybody's", { mine: false }) : to("Mine", { mine: true }),
  ];
  if (!last)
    return card(
      title,
      heading(title),
      narrowedTo(filter, unit),
      paragraph(
        text`Nothing here. Complaints and grievances that you log, own or manage appear as soon as they are logged.`,
      ),
      buttons(button("Log a complaint", "grievance log", {}, "primary"), ...filters),
    );
  const { count, atLeast } = page.more;
  const next = count > 0 ? [to(`Next ${Math.min(count, page.rows.length)}`, { before: last.number }, "primary")] : [];
  return card(
    title,
    heading(title),
    narrowedTo(filter, unit),
    list(
      page.rows.map((row) => ({
        text: text`${strong(reference(row.number))} · ${words(row.sort)} · ${row.unit.name}`,
        detail: rowDetail(row),
        button: button("Open", "grievance show", { grievance: reference(row.number) }),
      })),
    ),
    count > 0 ? [context(text`${words(atLeast ? "more than " : "")}${count} more`)] : [],
    buttons(...next, ...filters),
  );
}

/** What the list leaves out: words that name no filter are searched for. */
function narrowedTo({ since, search }: GrievanceFilter, unit: string | undefined): Block[] {
  const parts: Text[] = [
    ...(unit === undefined ? [] : [text`${unit} and below`]),
    ...(since === undefined ? [] : [text`received since ${words(since)}`]),
    ...(search === undefined ? [] : [text`with “${search}” in the text`]),
  ];
  return parts.length === 0 ? [] : [context(text`Only ${join(parts, " · ")}`)];
}

function listTitle({ status, mine, before }: GrievanceFilter): string {
  const named =
    status === "all" ? "All" : status === "open" ? "Open" : status === "closed" ? "Closed" : label(statuses, status);
  return `${mine ? `My ${named.toLowerCase()}` : named} complaints and grievances${before ? ", continued" : ""}`;
}

const rowDetail = ({ status, receivedOn, due, assignee }: GrievanceRow): Text =>
  text`${words(label(statuses, status))} · received ${words(dayInWords(receivedOn))}${due ? text` · due ${words(dueInWords(due))}` : []}${assignee ? text` · ${assignee.name}` : []}`;
