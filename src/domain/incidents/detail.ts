import { isDeepStrictEqual } from "node:util";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { Refusal } from "../refusal.ts";
import { mayDetail } from "../staff/access.ts";
import { addEntry, changeIncident, type Doing, record } from "./change.ts";
import { categoryOf, classify } from "./classify.ts";
import type { Answer } from "./followUp/question.ts";
import { type Answers, type Details, questionsOf } from "./followUp.ts";
import type { IncidentDetails } from "./read.ts";
import { type Category, checkOpen, reference } from "./rules.ts";
import { startImplied } from "./startImplied.ts";

/** Answers to questions by their names; nothing where one was not answered. */
export type Given = Readonly<Record<string, Answer | undefined>>;

export function detailing(store: DomainStore) {
  return {
    /** Keeps answers to follow-up questions of its reporter and of those who handle it. Twice is once. */
    detail: (act: Act, number: number, details: Details, given: Given, chosen?: Category): Promise<IncidentDetails> =>
      changeIncident(store, act, number, async (change, found) => {
        if (!mayDetail(act.actor, found))
          throw new Refusal(
            `Questions about ${reference(number)} are answered by its reporter and by those who handle it. Add what you know as a note.`,
          );
        await keepAnswers(change, act, found, { details, given, chosen });
      }),
  };
}

interface Answered {
  details: Details;
  given: Given;
  chosen?: Category | undefined;
}

/**
 * Keeps answers beside those of before, and starts what they imply. Where the incident has no category yet, it gets the one that
 * is chosen or that the questions are about.
 */
export async function keepAnswers(
  change: Change,
  act: Doing,
  incident: { id: string; number: number; kind: string; closedAt: Date | null },
  { details, given, chosen }: Answered,
): Promise<void> {
  checkOpen(incident);
  const { id } = incident;
  const names = Object.keys(questionsOf(details)).filter((name) => given[name] !== undefined);
  const changed = await keep(change, id, Object.fromEntries(names.map((name) => [name, given[name] ?? ""])));
  const category = changed.length > 0 ? (chosen ?? categoryOf(details)) : chosen;
  if (category !== undefined) await classify(change, act, incident, category);
  if (changed.length > 0) {
    await addEntry(change, act, id, { kind: "detailed", details: { details, names: changed } });
    await record(change, act, id, "incident.detailed", { details, names: changed.join(", ") });
  }
  await startImplied(change, id, act.now, act.actor.id);
}

/** Returns the names of the answers that are new. Somebody who answers at the same time is not overwritten. */
async function keep(change: Change, id: string, given: Answers): Promise<string[]> {
  const incident = await change.incident.findFirstOrThrow({ where: { id }, select: { answers: true } });
  const before = incident.answers as unknown as Record<string, Answer>;
  const changed = Object.keys(given).filter((name) => !isDeepStrictEqual(before[name], given[name]));
  if (changed.length === 0) return [];
  const won = await change.incident.updateMany({
    where: { id, answers: { equals: before } },
    data: { answers: { ...before, ...given } },
  });
  return won.count > 0 ? changed : keep(change, id, given);
}
