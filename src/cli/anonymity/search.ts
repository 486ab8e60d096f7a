import pg from "pg";

/** A row, job, line or text that holds something. */
export interface Hit {
  place: string;
  identifier: string;
}

/** Every row of every table of the database, the queue's own among them, that holds one of the words. */
export async function searchDatabase(url: string, words: Record<string, string>): Promise<Hit[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const any = Object.values(words).map(literally).join("|");
    const hits: Hit[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<{ held: string }>(`SELECT t::text AS held FROM ${name} t WHERE t::text ~* $1`, [
        any,
      ]);
      hits.push(
        ...searchTexts(
          `table ${name}`,
          rows.rows.map(({ held }) => held),
          words,
        ),
      );
    }
    return hits;
  } finally {
    await client.end();
  }
}

/** Each of the texts that holds one of the words, whatever its case; a row's own quotes are doubled in it. */
export function searchTexts(place: string, texts: readonly string[], words: Record<string, string>): Hit[] {
  return texts.flatMap((held) =>
    Object.entries(words)
      .filter(([, word]) => held.toLowerCase().includes(word.toLowerCase()))
      .map(([identifier]) => ({ place, identifier })),
  );
}

/**
 * What is there more often than before, row by row: the directory's own rows stay, also where the service that runs beside
 * notes in them when it last reminded somebody.
 */
export function beyond(before: readonly Hit[], after: readonly Hit[]): Hit[] {
  const keyOf = ({ place, identifier }: Hit) => `${place} ${identifier}`;
  const known = Map.groupBy(before, keyOf);
  return [...Map.groupBy(after, keyOf)].flatMap(([key, hits]) => hits.slice(known.get(key)?.length ?? 0));
}

const literally = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
