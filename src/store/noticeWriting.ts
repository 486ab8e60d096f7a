import { randomUUIDv7 } from "node:crypto";
import type { PrismaClient } from "../../prisma/generated/client.ts";

export interface NoticeRow {
  kind: string;
  recordId: string;
  personId?: string;
  place?: object;
  dueAt: Date;
  key: string;
}

export interface NoticeWriting {
  /** Writes notices in one statement, however many: through the client a hundred thousand take minutes. Those that are there stay. */
  writeNotices(rows: readonly NoticeRow[]): Promise<void>;
}

export const noticeWriting = (
  transaction: Pick<PrismaClient, "$executeRaw">,
  organisationId: string,
): NoticeWriting => ({
  async writeNotices(rows) {
    // Ids go up in the order in which they were given, since what is due at the same time is told in the order of ids.
    const ids = rows.map(() => randomUUIDv7()).sort();
    const given = JSON.stringify(rows.map((row, at) => ({ ...row, id: ids[at] })));
    await transaction.$executeRaw`
      INSERT INTO "Notice" (id, "organisationId", kind, "recordId", "personId", place, "dueAt", "tryAt", key)
      SELECT id, ${organisationId}::uuid, kind, "recordId", "personId", place, "dueAt", "dueAt", key
      FROM jsonb_to_recordset(${given}::jsonb)
        AS given (id uuid, kind text, "recordId" uuid, "personId" uuid, place jsonb, "dueAt" timestamptz, key text)
      ON CONFLICT DO NOTHING`;
  },
});
