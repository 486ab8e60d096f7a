import pg from "pg";

/** Removes an organisation with every row that belongs to it. */
export async function removeOrganisation(url: string, organisationId: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name = 'organisationId'`,
    );
    // Rows that others refer to go once those are gone, in whatever order the tables stand to one another.
    for (let left = tables.rows.map(({ name }) => name); left.length > 0; ) {
      const kept: string[] = [];
      for (const name of left) {
        const done = await client.query(`DELETE FROM ${name} WHERE "organisationId" = $1`, [organisationId]).then(
          () => true,
          (cause: unknown) =>
            cause instanceof pg.DatabaseError && cause.code?.startsWith("23") ? false : Promise.reject(cause),
        );
        if (!done) kept.push(name);
      }
      if (kept.length === left.length) throw new Error("The organisation of the check could not be removed.");
      left = kept;
    }
    await client.query(`DELETE FROM "Organisation" WHERE id = $1`, [organisationId]);
  } finally {
    await client.end();
  }
}
