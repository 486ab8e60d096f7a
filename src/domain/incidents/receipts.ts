import type { Bound, DomainStore } from "../../store/store.ts";
import { redraw } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/actor.ts";
import { type Given, keepAnswers } from "./detail.ts";
import type { Details } from "./followUp.ts";
import { changedOf } from "./merged.ts";
import { addAnswer } from "./questions.ts";
import { readReceipt, receiptHash } from "./receipt.ts";
import { openTries } from "./receiptTries.ts";
import type { Category, Kind, Status } from "./rules.ts";

/** What the receipt of an anonymous report opens. */
export interface ReportStatus {
  receipt: string;
  number: number;
  kind: Kind;
  category: Category | null;
  unit: { code: string; name: string };
  reportedAt: Date;
  /** Of the incident that it was merged into, where it was. */
  status: Status;
  merged: boolean;
  closedAt: Date | null;
  changed: string | null;
  /** What was asked and answered, the oldest first; the last question may still be open. */
  exchange: { kind: "question" | "answer"; at: Date; text: string }[];
  isAsked: boolean;
}

const shown = {
  id: true,
  number: true,
  kind: true,
  category: true,
  status: true,
  closedAt: true,
  changed: true,
  reportedAt: true,
  questionAt: true,
  mergedIntoId: true,
  restricted: true,
  leftOutId: true,
  unit: { select: { code: true, name: true } },
} as const;

export function receipts(store: DomainStore) {
  const tries = openTries();

  /** The report that a receipt opens, and what was written after it. */
  async function open(actor: Actor, written: string, now: Date) {
    const bound = store.of(actor.organisationId);
    const right = tries.begin(actor.id, actor.organisationId, now);
    const read = readReceipt(written);
    const found = read && (await find(bound, read.code));
    if (!read || !found)
      throw new Refusal("This receipt opens nothing here. It has eight letters and digits, as K7QF-2M9D: check each.");
    right();
    return { bound, ...read, id: found.id };
  }

  return {
    /**
     * What a receipt opens, once the answer that was given with it is added. Nothing of who asks is kept. Throws one and the
     * same refusal for every receipt that opens nothing.
     */
    async byReceipt(
      { actor, now }: { actor: Actor; now: Date },
      written: string,
      given?: string,
    ): Promise<ReportStatus> {
      const { bound, code, rest, id } = await open(actor, written, now);
      const answer = given ?? (rest === "" ? undefined : rest);
      if (answer !== undefined) await addOnce(bound, id, answer, now);
      return statusOf(bound, code, id);
    },

    /** Answers to follow-up questions, by a receipt: nothing of who answers is kept. The same refusal as above. */
    async detailByReceipt(
      { actor, now }: { actor: Actor; now: Date },
      written: string,
      details: Details,
      given: Given,
      chosen?: Category,
    ): Promise<ReportStatus> {
      const { bound, code, id } = await open(actor, written, now);
      await bound.change(async (change) => {
        const incident = await change.incident.findFirstOrThrow({
          where: { id },
          select: { id: true, number: true, kind: true, closedAt: true },
        });
        await keepAnswers(change, { actor: { id: null }, now }, incident, { details, given, chosen });
        await redraw(change, id, now);
      });
      return statusOf(bound, code, id);
    },
  };
}

async function find(bound: Bound, code: string): Promise<{ id: string } | null> {
  const hash = await receiptHash(code, bound.organisationId);
  return bound.incident.findFirst({ where: { receiptHash: hash }, select: { id: true } });
}

/** No delivery is claimed for it, since that would be kept: the same words again are the same answer. */
const addOnce = (bound: Bound, incidentId: string, text: string, now: Date) =>
  bound.change(async (change) => {
    // Holds the row, so that the same words at the same moment wait for one another.
    await change.incident.updateMany({ where: { id: incidentId }, data: { number: { increment: 0 } } });
    const last = await change.timelineEntry.findFirst({
      where: { incidentId, kind: { in: ["question", "answer"] } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { kind: true, text: true },
    });
    if (last?.kind === "answer" && last.text === text) return;
    await addAnswer(change, { incidentId, text, at: now, actorId: null });
  });

async function statusOf(bound: Bound, code: string, id: string): Promise<ReportStatus> {
  const own = await bound.incident.findFirstOrThrow({ where: { id }, select: shown });
  let handled = own;
  const passed = new Set([own.id]);
  while (handled.mergedIntoId !== null && !passed.has(handled.mergedIntoId)) {
    passed.add(handled.mergedIntoId);
    handled = await bound.incident.findFirstOrThrow({ where: { id: handled.mergedIntoId }, select: shown });
  }
  const exchange = await bound.timelineEntry.findMany({
    where: { incidentId: id, kind: { in: ["question", "answer"] } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { kind: true, at: true, text: true },
  });
  const { number, kind, category, unit, reportedAt, questionAt } = own;
  return {
    // The columns are text in the database; only the domain writes them, always from its lists of codes.
    ...({ kind, category, status: handled.status } as Pick<ReportStatus, "kind" | "category" | "status">),
    receipt: `${code.slice(0, 4)}-${code.slice(4)}`,
    number,
    unit,
    reportedAt,
    merged: handled !== own,
    closedAt: handled.closedAt,
    changed: changedOf({ ...own, mergedInto: handled === own ? null : handled }),
    exchange: exchange.map(({ kind: sort, at, text }) => ({
      kind: sort === "question" ? "question" : "answer",
      at,
      text: text ?? "",
    })),
    isAsked: questionAt !== null,
  };
}
