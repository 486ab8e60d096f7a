import type { Bound } from "../../store/store.ts";
import { startOfDay } from "../days.ts";
import { type IncidentSight, incidentSight } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { unitAndBelow } from "../staff/below.ts";
import type { Coded, IncidentRow } from "./read.ts";
import type { Category, Kind, Status } from "./rules.ts";

/** Rows on a page: what fits a phone's screen. */
const pageSize = 8;
/** Beyond this the list says "more than". */
const countedAtMost = 24;

export interface IncidentFilter {
  status: "open" | "closed" | "all" | Status;
  unitId?: string | undefined;
  mine?: boolean | undefined;
  /** The day it happened or later, `YYYY-MM-DD` in the asker's zone. */
  since?: string | undefined;
  kind?: Kind | undefined;
  category?: Category | undefined;
  /** Words in the texts and notes; "INC-142" is that incident, whatever else the list is narrowed to. */
  search?: string | undefined;
  /** The page that follows this number. */
  before?: number | undefined;
}

export interface IncidentPage {
  rows: IncidentRow[];
  /**
   * How many follow this page; `atLeast` where they were not counted to the end. What is narrowed may have to be looked for
   * among very many, and then it is only told that more follow.
   */
  more: { count: number; atLeast: boolean };
}

export async function listIncidents(store: Bound, actor: Actor, filter: IncidentFilter): Promise<IncidentPage> {
  const choice = await choiceOf(store, { sight: incidentSight(actor), zone: actor.zone }, filter);
  const { kind, category, since, search } = choice;
  const atMost = (kind ?? category ?? since ?? search) === undefined ? countedAtMost : 0;
  const found = await store.incidentPage(choice, pageSize, pageSize + atMost + 1);
  const left = (found[0]?.counted ?? 0) - found.length;
  const rows = found.map(({ unitCode, unitName, assigneeId, assigneeName, counted: _, ...row }) => ({
    ...(row as typeof row & Coded),
    unit: { code: unitCode, name: unitName },
    assignee: assigneeId !== null && assigneeName !== null ? { id: assigneeId, name: assigneeName } : null,
  }));
  return { rows, more: { count: Math.min(left, atMost), atLeast: left > atMost } };
}

type Choice = Parameters<Bound["incidentPage"]>[0];

/** What a filter means for who asks; the list, the search and the export choose by it. */
export async function choiceOf(
  store: Bound,
  { sight, zone }: { sight: IncidentSight; zone: string },
  filter: IncidentFilter,
): Promise<Choice> {
  const { status, since, unitId } = filter;
  const reference = /^inc[-\s]?(\d{1,9})$/i.exec(filter.search?.trim() ?? "");
  if (reference) return { sight, status: "all", number: Number(reference[1]), before: filter.before };
  return {
    sight,
    status: status === "open" || status === "closed" || status === "all" ? status : { code: status },
    unitIds: unitId === undefined ? undefined : await unitAndBelow(store, unitId),
    mine: filter.mine,
    since: since === undefined ? undefined : startOfDay(since, zone),
    kind: filter.kind,
    category: filter.category,
    search: filter.search,
    before: filter.before,
  };
}
