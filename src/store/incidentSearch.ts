import {
  filtersOf,
  forEachId,
  type IncidentChoice,
  isEverything,
  isPrepared,
  isWide,
  newest,
  numbersOf,
  type Reason,
  reasonsToSee,
  searchQuery,
} from "./incidentChoice.ts";
import { type Pools, statement, type Value } from "./statement.ts";

type Search = IncidentChoice & { search: string };

/** How many incidents of each reason are looked through, one look after another, while any of them have the words. */
const looks = [300, 900, 2_700];
/** A word is common that so many of the newest incidents have. */
const newestAsked = 300;
const common = 30;

/**
 * The newest numbers that are chosen by words. A word that stands in every third incident is found among the newest ones at
 * once, and the index of words would give a third of them all; a word that stands in ten of a million is found by the index,
 * and looking through the newest ones would not end. PostgreSQL cannot know which of them a beginning of a word is, so the
 * newest few tell.
 */
export async function searchedNumbers(pools: Pools, choice: Search, wanted: number): Promise<number[]> {
  const numbers: number[] = [];
  let { before } = choice;
  for (const atMost of looks) {
    const look = await lookThrough(pools, { ...choice, before }, wanted - numbers.length, atMost);
    numbers.push(...look.numbers);
    if (look.end === 0 || numbers.length === wanted) return numbers;
    before = look.end;
    if (look.numbers.length === 0) break;
  }
  return [...numbers, ...(await byIndex(pools, { ...choice, before }, wanted - numbers.length))];
}

interface Look {
  numbers: number[];
  /** Down to this number all were looked at; 0 where there are no more. */
  end: number;
}

async function lookThrough(pools: Pools, choice: Search, wanted: number, atMost: number): Promise<Look> {
  const { rows, value } = statement();
  const filters = filtersOf(choice, value);
  const hit = `search @@ ${searchQuery(choice.search, value)}`;
  const ofReason = (reason: Reason) => {
    const each = isWide(reason) ? atMost : Math.ceil(atMost / Math.max(reason.ids.length, 1));
    // One row more than is looked at tells how far that was.
    return forEachId(
      reason,
      value,
      (is) => `
        SELECT number, hit, place > ${each} AS last
        FROM (SELECT number, ${hit} AS hit, row_number() OVER (ORDER BY number DESC) AS place
          FROM (${newest(reason, is, choice, value, filters, each + 1, ", i.search")}) AS near) AS seen
        WHERE hit OR place > ${each} ORDER BY number DESC LIMIT ${wanted + 1}`,
    );
  };
  const text = reasonsToSee(choice)
    .map((reason) => `(${ofReason(reason)})`)
    .join(" UNION ALL ");
  const found = await rows<{ number: number; hit: boolean; last: boolean }>(pools, text, isPrepared(choice));
  // Below the number where the first reason ended, something may be missing.
  const end = Math.max(0, ...found.filter((row) => row.last).map((row) => row.number));
  const numbers = newestOf(found.filter((row) => row.hit && row.number >= end).map((row) => row.number));
  return { numbers: numbers.slice(0, wanted), end };
}

const newestOf = (numbers: number[]): number[] => [...new Set(numbers)].sort((one, other) => other - one);

/**
 * All that have the words and may be this person's, by the index of both, and of these what is chosen. The index is not asked
 * for a common word beside a rarer one; where all are common, it is not asked at all.
 */
async function byIndex(pools: Pools, choice: Search, wanted: number): Promise<number[]> {
  const { rare, parts } = await rareWords(pools, choice);
  if (parts === 0) return [];
  const { rows: ask, value } = statement();
  if (rare === null) {
    const text = `SELECT number FROM (${numbersOf(choice, value, wanted)}) AS found ORDER BY number DESC LIMIT ${wanted}`;
    return numbersIn(await ask(pools, text, false));
  }
  const columns = read.map((column) => `i."${column}"`).join(", ");
  const reasons = reasonsToSee(choice);
  const chosen = [
    ...filtersOf(choice, value),
    `i.search @@ ${searchQuery(choice.search, value)}`,
    `(${reasons.map((reason) => `(${holds(reason, value)})`).join(" OR ")})`,
  ].join(" AND ");
  const indexed = [`i.search @@ (SELECT ${value(rare)}::tsquery)`];
  if (!reasons.some(isWide))
    indexed.push(`i."seenThrough" && ${value([...new Set(reasons.flatMap(({ ids }) => ids))])}::uuid[]`);
  // The offset keeps other indexes out of it.
  const text = `
    SELECT i.number FROM (SELECT ${columns} FROM "Incident" i WHERE ${indexed.join(" AND ")} OFFSET 0) AS i
    WHERE ${chosen} ORDER BY i.number DESC LIMIT ${wanted}`;
  return numbersIn(await ask(pools, text, isPrepared(choice)));
}

/**
 * How many words there are to look for, and those of them that are not common, as one query; null where all are. One word alone
 * is looked for in the index however common it is: it stands in few of those that this person sees, or these would have told.
 */
async function rareWords(
  pools: Pools,
  { organisationId, search }: Search,
): Promise<{ parts: number; rare: string | null }> {
  const { rows, value } = statement();
  const text = `
    WITH newest AS MATERIALIZED (SELECT i.search FROM "Incident" i WHERE i."organisationId" = ${value(organisationId)}::uuid
      ORDER BY i.number DESC LIMIT ${newestAsked})
    SELECT parts.count AS parts, string_agg('(' || one::text || ')', ' & ') FILTER (
      WHERE parts.count = 1 OR (SELECT count(*) FROM newest WHERE newest.search @@ one) < ${common}) AS rare
    FROM (SELECT all_parts, cardinality(all_parts) AS count FROM "searchParts"(${value(search)}) AS all_parts) AS parts,
      unnest(parts.all_parts) AS one
    GROUP BY parts.count`;
  const [found] = await rows<{ parts: number; rare: string | null }>(pools, text, true);
  return found ?? { parts: 0, rare: null };
}

const numbersIn = (found: readonly { number: number }[]): number[] => found.map((row) => row.number);

/** What filters and reasons ask of an incident. */
const read = [
  ...[
    "organisationId",
    "id",
    "number",
    "kind",
    "category",
    "status",
    "unitId",
    "reporterId",
    "assigneeId",
    "leftOutId",
  ],
  ...["restricted", "happenedAt", "closedAt", "search"],
];

function holds(reason: Reason, value: Value): string {
  if (isEverything(reason)) return "NOT i.restricted";
  const { column, access, ids } = reason;
  const any = `ANY(${value([...ids])}::uuid[])`;
  if (access === undefined) return `NOT i.restricted AND i."${column}" = ${any}`;
  return `${access === "needs-to-know" ? "" : "NOT "}i.restricted AND EXISTS (SELECT FROM "IncidentAccess" a
    WHERE a."organisationId" = i."organisationId" AND a."incidentId" = i.id AND a.part = '${access}' AND a."personId" = ${any})`;
}
