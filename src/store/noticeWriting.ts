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
    await transaction.$executeRaw`
      INSERT INTO "Notice" (id, "organisationId", kind, "recordId", "personId", place, "dueAt", "tryAt", key)
      SELECT gen_random_uuid(), ${organisationId}::uuid, kind, "recordId", "personId", place, "dueAt", "dueAt", key
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS given (kind text, "recordId" uuid, "personId" uuid, place jsonb, "dueAt" timestamptz, key text)
      ON CONFLICT DO NOTHING`;
  },
});
