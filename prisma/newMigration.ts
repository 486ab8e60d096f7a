// `npm run migration -- NAME`: what has changed in schema.prisma since the last migration becomes a new one.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { lineProgress } from "../src/cli/progress.ts";
import { openDatabase } from "../src/store/database.ts";
import { migrationsFolder } from "../src/store/migrate.ts";
import { writeMigration } from "../src/store/newMigration.ts";

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Give the migration a name in small letters: npm run migration -- quiet_hours");
  process.exit(1);
}

const dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-migration-"));
const database = await openDatabase({ dataFolder, progress: lineProgress(process.stderr) });
try {
  const schema = path.join(import.meta.dirname, "schema.prisma");
  const file = await writeMigration(schema, migrationsFolder, name, database.url);
  console.log(file ? `Read it, and commit it: ${path.relative(process.cwd(), file)}` : "The schema has not changed.");
} finally {
  await database.stop();
  await rm(dataFolder, { recursive: true });
}
process.exit(0);
