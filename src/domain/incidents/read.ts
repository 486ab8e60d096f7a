import type { Bound } from "../../store/store.ts";
import { countedDown } from "../clocks/read.ts";
import { type Named, named } from "../named.ts";
import { notFound } from "../refusal.ts";
import { hasAccess, hearsOfUnhandled, seesReporter, visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Answers } from "./followUp.ts";
import { changedOf } from "./merged.ts";
import { type Category, type Harm, type IdentityChoice, type Kind, reference, type Status } from "./rules.ts";
import { type IncidentStanding, standingFields, standingOf } from "./standing.ts";

export interface IncidentRow {
  number: number;
  kind: Kind;
  category: Category | null;
  /** As it was graded, else as it was reported. */
  harm: Harm;
  status: Status;
  unit: { code: string; name: string };
  happenedAt: Date;
  assignee: Named | null;
}

export interface IncidentDetails extends IncidentRow, IncidentStanding {
  id: string;
  /** As it was reported. */
  harm: Harm;
  identity: IdentityChoice;
  what: string;
  immediate: string | null;
  informed: string | null;
  sourceRef: string | null;
  reportedAt: Date;
  changed: string | null;
  closedAt: Date | null;
  closedBy: Named | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: Named | null;
  escalateAt: Date | null;
  /** Who filed it: a person, or why no name is shown. */
  reporter: Named | "you" | "confidential" | "anonymous";
  timeline: {
    at: Date;
    kind: string;
    actor: Named | "the reporter" | null;
    about: Named | null;
    text: string | null;
    /** A message from a chat, by its hash. */
    source: string | null;
    details: EntryDetails;
  }[];
  /** Answers to the follow-up questions. */
  answers: Answers;
  /** What the reporter is asked and has not answered; for the reporter and those who handle it. */
  question: string | null;
}

/** Codes beside the text of an entry: a grade, the field that was corrected. */
export type EntryDetails = { readonly [name: string]: string | number | null | readonly string[] };

/** What an admin is told of an incident that nobody sees to. */
export type UnhandledIncident = Pick<IncidentDetails, "number" | "kind" | "category" | "unit" | "reportedAt">;

// The columns are text in the database; only the domain writes them, always from these lists of codes.
export type Coded = { kind: Kind; category: Category | null; harm: Harm; status: Status };
type Standing = Pick<IncidentStanding, "gradedHarm" | "severity" | "probability" | "sac" | "factors">;

/** `now` is given where somebody acts; `keepsConfidence` where the answer is handed on. */
interface Looking {
  now?: Date | undefined;
  keepsConfidence?: boolean;
}

export async function incidentCard(
  store: Bound,
  actor: Actor,
  number: number,
  { now, keepsConfidence = false }: Looking = {},
): Promise<IncidentDetails> {
  const incident = await store.incident.findFirst({
    where: { AND: [{ number }, visibleIncidents(actor)] },
    include: {
      unit: { select: { code: true, name: true } },
      assignee: named,
      reporter: named,
      acknowledgedBy: named,
      closedBy: named,
      timeline: { orderBy: [{ at: "asc" }, { id: "asc" }], include: { actor: named, about: named } },
      ...standingFields,
    },
  });
  if (!incident) throw notFound(reference(number), "incident");
  const shown = { ...incident, ...(incident as Coded & Standing), identity: incident.identity as IdentityChoice };
  const withName = keepsConfidence ? incident.identity === "named" : seesReporter(actor, incident);
  const isUnnamed = (kind: string, by: Named | null): boolean =>
    by === null ? byReceipt(kind) : by.id === incident.reporterId && !withName && asReporter(kind);
  const asked = incident.questionAt !== null && incident.timeline.findLast(({ kind }) => kind === "question");
  return {
    ...shown,
    ...standingOf(actor, incident, now),
    changed: changedOf(incident),
    answers: incident.answers as unknown as Answers,
    clocks: await countedDown(store, incident.clocks, now),
    reporter: reporterOf(actor, incident, withName, keepsConfidence),
    question: asked ? asked.text : null,
    timeline: incident.timeline.map(({ at, kind, actor: by, about, text, source, details }) => ({
      at,
      kind,
      about,
      text,
      source,
      details: detailsFor(actor, details as EntryDetails | null),
      actor: isUnnamed(kind, by) ? "the reporter" : by,
    })),
  };
}

/** What stood there before a correction is for quality: it may be what had to go. */
function detailsFor(actor: Actor, details: EntryDetails | null): EntryDetails {
  if (details === null || hasAccess(actor, "quality")) return details ?? {};
  const { before: _, ...others } = details;
  return others;
}

/**
 * Done as the reporter. Who acknowledges, assigns or closes does so by their office, and is named: "the reporter
 * acknowledged it" beside that name would tell who filed it.
 */
const asReporter = (kind: string): boolean =>
  ["reported", "note", "corrected", "answer", "detailed", "classified"].includes(kind);

/** Done by the receipt of an anonymous report, which names nobody. */
const byReceipt = (kind: string): boolean => ["answer", "detailed", "classified"].includes(kind);

/** For admins: number, kind and unit of an incident that nobody has acknowledged; undefined for everybody else. */
export async function unhandledIncident(
  store: Bound,
  actor: Actor,
  id: string,
): Promise<UnhandledIncident | undefined> {
  if (!hearsOfUnhandled(actor)) return undefined;
  const incident = await store.incident.findFirst({
    where: { id, acknowledgedAt: null, closedAt: null },
    select: {
      number: true,
      kind: true,
      category: true,
      reportedAt: true,
      unit: { select: { code: true, name: true } },
    },
  });
  return incident ? { ...incident, ...(incident as Pick<Coded, "kind" | "category">) } : undefined;
}

function reporterOf(
  actor: Actor,
  incident: { reporterId: string | null; reporter: Named | null },
  withName: boolean,
  handedOn: boolean,
): IncidentDetails["reporter"] {
  if (incident.reporter === null) return "anonymous";
  if (incident.reporterId === actor.id && !handedOn) return "you";
  return withName ? incident.reporter : "confidential";
}
