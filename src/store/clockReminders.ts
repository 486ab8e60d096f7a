import type { PrismaClient } from "../../prisma/generated/client.ts";

/** A clock of which somebody is to be told now. */
export interface DueClock {
  id: string;
  rule: string;
  incidentId: string | null;
  grievanceId: string | null;
  startAt: Date;
  dueAt: Date;
  remindAt: Date;
}

/** What the reminders of very many clocks take in one statement each. */
export interface ClockReminders {
  /** Running clocks to tell of, the first ones first; they are locked, and what another sweep has locked is left to it. */
  clocksToTell(until: Date, atMost: number): Promise<DueClock[]>;
  /** When each is told of next; null is never. */
  tellClocksNext(next: readonly { id: string; remindAt: Date | null }[]): Promise<void>;
}

export function clockReminders(
  transaction: Pick<PrismaClient, "$queryRaw" | "$executeRaw">,
  organisationId: string,
): ClockReminders {
  return {
    clocksToTell: (until, atMost) => transaction.$queryRaw<DueClock[]>`
      SELECT id, rule, "incidentId", "grievanceId", "startAt", "dueAt", "remindAt" FROM "Clock"
      WHERE "organisationId" = ${organisationId}::uuid AND "remindAt" <= ${until} AND state = 'running'
      ORDER BY "remindAt" LIMIT ${atMost} FOR UPDATE SKIP LOCKED`,
    async tellClocksNext(next) {
      const ids = next.map(({ id }) => id);
      const moments = next.map(({ remindAt }) => remindAt?.toISOString() ?? "");
      await transaction.$executeRaw`
        UPDATE "Clock" c SET "remindAt" = NULLIF(n.moment, '')::timestamptz, reminded = reminded + 1
        FROM unnest(${ids}::uuid[], ${moments}::text[]) AS n (id, moment)
        WHERE c."organisationId" = ${organisationId}::uuid AND c.id = n.id`;
    },
  };
}
