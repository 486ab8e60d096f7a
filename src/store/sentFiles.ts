import type { PrismaClient } from "../../prisma/generated/client.ts";

/** A file that somebody sent, as it is while a transaction holds it. */
export interface HeldFile {
  id: string;
  name: string;
  what: string | null;
  state: string;
  preview: unknown;
  at: Date;
  expiresAt: Date;
}

export interface SentFiles {
  /** Holds this person's file until the transaction ends; undefined where another one holds it now, or there is none. */
  holdFile(personId: string, number: number): Promise<HeldFile | undefined>;
}

export const sentFiles = (transaction: Pick<PrismaClient, "$queryRaw">, organisationId: string): SentFiles => ({
  async holdFile(personId, number) {
    const [held] = await transaction.$queryRaw<HeldFile[]>`
      SELECT id, name, what, state, preview, at, "expiresAt" FROM "SentFile"
      WHERE "organisationId" = ${organisationId}::uuid AND "personId" = ${personId}::uuid AND number = ${number}
      FOR UPDATE SKIP LOCKED`;
    return held;
  },
});
