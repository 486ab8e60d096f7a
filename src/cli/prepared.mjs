// Whether what a start needs is there: the packages of the lock file, and the database client made from the schema.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Compares the lock file with npm's own record of what it has installed, which npm writes when all is done, and with
 * what is there: an installation that was cut short has no record, or one of packages that are gone.
 */
export function packagesAreCurrent(root) {
  const wanted = packagesIn(path.join(root, "package-lock.json")) ?? {};
  const installed = packagesIn(path.join(root, "node_modules/.package-lock.json"));
  if (installed === undefined) return false;
  return Object.entries(wanted).every(
    ([place, entry]) => place === "" || isCurrent(entry, installed[place], path.join(root, place)),
  );
}

function isCurrent(wanted, installed, folder) {
  if (installed === undefined) return wanted.optional || wanted.devOptional || (wanted.dev && withoutDevelopment);
  return wanted.version === installed.version && wanted.integrity === installed.integrity && existsSync(folder);
}

const withoutDevelopment = process.env.NODE_ENV === "production" || process.env.npm_config_omit?.includes("dev");

function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

export function clientIsCurrent(root) {
  const stamp = clientStamp(root);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === clientSource(root);
}

/** The file that says from what the client was made. */
export function clientStamp(root) {
  return path.join(root, "prisma/generated/.made-from");
}

/** What the client is made from, as one word: the schema and the version of Prisma. */
export function clientSource(root) {
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "node_modules/prisma/package.json"])
    hash.update(readFileSync(path.join(root, file)));
  return hash.digest("hex");
}

/** Node as the lock file has it, so that Rounds runs on the same one everywhere; its package fetches it with a script. */
export function ownNode(root) {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const file = path.join(root, "node_modules/node/bin", name);
  return existsSync(file) ? file : undefined;
}
