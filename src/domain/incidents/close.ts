import { counted } from "../../chat/text.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { presets, ruleOf } from "../clocks/presets.ts";
import { endClocks } from "../clocks/start.ts";
import { type NewNotice, tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { hasAccess } from "../staff/access.ts";
import {
  addEntry,
  changeIncident,
  checkMayClose,
  type Found,
  lockOpen,
  record,
  toPerson,
  toReporter,
} from "./change.ts";
import { checkOpen, reference, type Status } from "./rules.ts";

export function closing(store: DomainStore) {
  return {
    /** Closes it with what changed, and tells the reporter and those of the incidents that were merged into it. */
    close: (act: Act, number: number, changed: string, waive?: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        checkMayClose(act, incident, "closed");
        if (!(await lockOpen(change, [incident.id]))) checkOpen({ ...incident, closedAt: act.now });
        await checkDeadlines(change, incident);
        const left = await change.action.count({ where: { incidentId: incident.id, state: "open" } });
        checkActions(incident, left, waive);
        const waived = left > 0 ? (waive ?? null) : null;
        await change.incident.updateMany({
          where: { id: incident.id },
          data: { status: "closed", closedAt: act.now, closedById: act.actor.id, changed, waived, escalateAt: null },
        });
        const closed = `${reference(number)} was closed.`;
        await endClocks(change, { incidentId: incident.id, rules: ownTargets }, act, {
          state: "withdrawn",
          reason: closed,
        });
        const entry = await addEntry(change, act, incident.id, { kind: "closed", text: changed, details: { left } });
        await tell(change, [
          ...toReporter("incident-closed", incident, act).map((notice) => ({ ...notice, key: `closed:${entry.id}` })),
          ...(await toMerged(change, act, incident, entry.id)),
        ]);
        await record(change, act, incident.id, "incident.closed", { left });
      }),

    /** Opens it again, out of the one that it was merged into; the reporter and the one whom it is assigned to hear. */
    reopen: (act: Act, number: number, reason: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        if (!hasAccess(act.actor, "quality"))
          throw new Refusal(`${reference(number)} is reopened by quality. Ask them, with your reason.`);
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        if (!incident.closedAt) throw new Refusal(`${reference(number)} is open. Add a note to say what is new.`);
        if (!(await openAgain(change, act, incident, "in-review", reason)))
          throw new Refusal(`${reference(number)} was reopened just now. Its card says by whom.`);
      }),
  };
}

/** A closed incident is open again; its assignee and its reporter hear. False where it was open already. */
export async function openAgain(
  change: Change,
  act: Act,
  incident: Pick<Found, "id" | "number" | "assigneeId" | "reporterId" | "closedById" | "mergedIntoId">,
  status: Status,
  reason: string,
): Promise<boolean> {
  const won = await change.incident.updateMany({
    where: { id: incident.id, closedAt: { not: null } },
    data: { status, closedAt: null, closedById: null, changed: null, waived: null, mergedIntoId: null },
  });
  if (won.count === 0) return false;
  await change.incident.updateMany({
    where: { id: incident.id, acknowledgedAt: null },
    data: { acknowledgedAt: act.now, acknowledgedById: incident.closedById ?? act.actor.id },
  });
  const entry = await addEntry(change, act, incident.id, { kind: "reopened", text: reason });
  if (incident.mergedIntoId)
    await addEntry(change, act, incident.mergedIntoId, { kind: "parted", details: { from: incident.number } });
  const others = [incident.assigneeId, incident.reporterId].filter((id) => id !== null && id !== act.actor.id);
  await tell(
    change,
    [...new Set(others)].flatMap((personId) =>
      personId === null
        ? []
        : [
            {
              ...toPerson("incident-reopened", incident.id, personId, act.now),
              key: `reopened:${entry.id}:${personId}`,
            },
          ],
    ),
  );
  await record(change, act, incident.id, "incident.reopened");
  return true;
}

/** A report that the law or an accreditor waits for is not forgotten by closing what it is about. */
async function checkDeadlines(change: Change, incident: Found): Promise<void> {
  const running = await change.clock.findMany({
    where: { incidentId: incident.id, state: "running" },
    select: { number: true, rule: true },
    orderBy: { dueAt: "asc" },
  });
  const owed = running.filter(({ rule }) => ruleOf(rule).authority !== "facility");
  const [first] = owed;
  if (!first) return;
  const named = owed.map(({ number, rule }) => `CLK-${number} ${ruleOf(rule).title}`).join("; ");
  throw new Refusal(
    `${reference(incident.number)} still has ${owed.length === 1 ? "a deadline" : `${owed.length} deadlines`} running: ${named}. Is it done? Say so first: clock done CLK-${first.number}. A deadline that was started wrongly is withdrawn with a reason.`,
  );
}

/** What the facility asks of itself ends with the incident. */
const ownTargets = presets.filter(({ authority }) => authority === "facility").map(({ id }) => id);

function checkActions(incident: Found, left: number, waive: string | undefined): void {
  if (left > 0 && waive === undefined)
    throw new Refusal(
      `${reference(incident.number)} still has ${counted(left, "open action")}. Finish ${left === 1 ? "it" : "them"}, or close with a reason for leaving ${left === 1 ? "it" : "them"}.`,
      "waive",
    );
}

/** It is the answer to those reports too. */
async function toMerged(change: Change, act: Act, into: Found, entryId: string): Promise<NewNotice[]> {
  const merged = await change.incident.findMany({
    where: { mergedIntoId: into.id, reporterId: { not: null } },
    select: { id: true, reporterId: true },
  });
  return merged.flatMap(({ id, reporterId }) =>
    reporterId === null || reporterId === act.actor.id
      ? []
      : [{ ...toPerson("incident-closed", id, reporterId, act.now), key: `closed:${entryId}:${id}` }],
  );
}
