import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { Refusal } from "../refusal.ts";
import { mayCorrect } from "../staff/access.ts";
import { addEntry, changeIncident, type Found, record } from "./change.ts";
import { afterClassing } from "./classify.ts";
import { tellOfSevere } from "./grade.ts";
import { handlersOf } from "./questions.ts";
import { type Category, checkHappened, checkOpen, type Harm, isUrgent, type Kind, reference } from "./rules.ts";
import { startImplied } from "./startImplied.ts";

/** What of a report can be corrected, by the name of the input that it was given in. */
export const corrigible = [
  { code: "what", label: "What happened" },
  { code: "where", label: "Where" },
  { code: "when", label: "When" },
  { code: "kind", label: "Kind" },
  { code: "category", label: "Category" },
  { code: "harm", label: "Harm" },
  { code: "immediate", label: "Action taken at once" },
  { code: "informed", label: "Who was informed" },
  { code: "source-ref", label: "Number in the system of record" },
] as const;
export type Corrigible = (typeof corrigible)[number]["code"];

export type Correction =
  | { field: "what" | "immediate" | "informed" | "source-ref"; value: string }
  /** A unit's id. */
  | { field: "where"; value: string }
  | { field: "when"; value: Date }
  | { field: "kind"; value: Kind }
  | { field: "category"; value: Category }
  | { field: "harm"; value: Harm };

const columns = {
  what: "what",
  where: "unitId",
  when: "happenedAt",
  kind: "kind",
  category: "category",
  harm: "harm",
  immediate: "immediate",
  informed: "informed",
  "source-ref": "sourceRef",
} as const satisfies Record<Corrigible, string>;

/** What clocks hang on, and whom it comes to. */
const startsClocks: ReadonlySet<Corrigible> = new Set(["kind", "category", "harm"]);
const classes: ReadonlySet<Corrigible> = new Set([...startsClocks, "where"]);

export function correcting(store: DomainStore) {
  return {
    /** Corrects one thing that was reported; what was there before is kept in the timeline, for quality. */
    correct: (act: Act, number: number, correction: Correction, reason: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        if (!mayCorrect(act.actor, incident, act.now))
          throw new Refusal(
            `${reference(number)} is corrected by quality, and by whoever filed it within 24 hours. Add a note with what is right instead.`,
          );
        if (correction.field === "when") checkHappened(correction.value, act.now, "value");
        const column = columns[correction.field];
        const { unit, ...stands } = await standing(change, incident);
        const before = stands[column];
        if (isSame(before, correction.value)) return;
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null, [column]: before },
          data: { [column]: correction.value },
        });
        if (won.count === 0)
          throw new Refusal(`${reference(number)} was changed just now. Look at it again, and correct what is left.`);
        if (correction.field === "where") await moved(change, act, incident, correction.value);
        const details = { field: correction.field, before: correction.field === "where" ? unit.name : written(before) };
        await addEntry(change, act, incident.id, { kind: "corrected", text: reason, details });
        if (startsClocks.has(correction.field)) await startImplied(change, incident.id, act.now, act.actor.id);
        if (classes.has(correction.field)) await afterClassing(change, act, incident.id);
        if (
          correction.field === "harm" &&
          stands.gradedHarm === null &&
          isUrgent(correction.value) &&
          !isUrgent(stands.harm as Harm)
        )
          await tellOfSevere(change, act, incident, await handlersOf(change, incident.id));
        await record(change, act, incident.id, "incident.corrected", { field: correction.field });
      }),
  };
}

const standing = (change: Change, { id }: Found) =>
  change.incident.findFirstOrThrow({ where: { id }, include: { unit: { select: { name: true } } } });

type Value = string | Date | null;

const isSame = (before: Value, value: Value): boolean => written(before) === written(value);

/** As it is kept in the timeline: a moment in ISO form. */
const written = (value: Value): string | null => (value instanceof Date ? value.toISOString() : value);

/** The managers of the unit where it belongs see its actions, and are the next to hear while nobody has acknowledged it. */
async function moved(change: Change, act: Act, incident: Found, unitId: string): Promise<void> {
  await change.action.updateMany({ where: { incidentId: incident.id }, data: { unitId } });
  await change.incident.updateMany({
    where: { id: incident.id, acknowledgedAt: null },
    data: { escalateAt: act.now },
  });
}
