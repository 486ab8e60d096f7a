import pg from "pg";

/** A row, job, line or text that holds something; `held` is the whole of it, and is never printed. */
export interface Hit {
  place: string;
  identifier: string;
  held: string;
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
      .map(([identifier]) => ({ place, identifier, held })),
  );
}

const literally = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
