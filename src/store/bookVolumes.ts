import { type Pools, statement } from "./statement.ts";

export interface BookVolumesChoice {
  organisationId: string;
  unitIds: readonly string[];
  /** `YYYY-MM-01`. */
  months: readonly string[];
}

/** What a unit's lines of a kind count, over the months that the ledger has; decimal strings, null where not all of them know it. */
export interface BookVolume {
  unitId: string;
  kind: string;
  /** "patient days"; null for lines that count nothing by name. */
  basis: string | null;
  planned: string | null;
  treated: string | null;
  /** Worked hours of these lines, and what was planned and treated where they were worked. */
  hours: string | null;
  plannedHours: string | null;
  overtime: string | null;
  agency: string | null;
  workedPlanned: string | null;
  workedTreated: string | null;
}

/** Each line of a unit repeats the same volume, so that it counts once a month; where lines differ it is not known. */
export async function bookVolumes(pools: Pools, choice: BookVolumesChoice): Promise<BookVolume[]> {
  const { rows, value } = statement();
  const own = `"organisationId" = ${value(choice.organisationId)}::uuid`;
  const where = `${own} AND "unitId" = ANY (${value(choice.unitIds)}::uuid[]) AND month = ANY (${value(choice.months)}::date[])`;
  const text = `
    WITH lines AS (
      SELECT "unitId", month, l.kind, l.hours, b.basis, b.volume AS planned, s.volume AS treated,
        b.quantity AS "plannedHours", s.quantity AS "workedHours", l.hours IS NOT NULL AND s.quantity IS NOT NULL AS worked
      FROM (SELECT * FROM "BudgetLine" WHERE ${where}) b
      FULL JOIN (SELECT * FROM "LedgerLine" WHERE ${where}) s USING ("unitId", "lineId", month)
      JOIN "Line" l ON l.${own} AND l.id = "lineId"
      WHERE ("unitId", month) IN (SELECT "unitId", month FROM "BookMonth" WHERE ${where})),
    months AS (
      SELECT "unitId", month, kind, basis, bool_or(worked) AS worked,
        CASE WHEN min(planned) = max(planned) THEN max(planned) END AS planned,
        CASE WHEN min(treated) = max(treated) THEN max(treated) END AS treated,
        sum("workedHours") FILTER (WHERE worked) AS hours, sum("plannedHours") FILTER (WHERE worked) AS "plannedHours",
        sum("workedHours") FILTER (WHERE worked AND hours = 'overtime') AS overtime,
        sum("workedHours") FILTER (WHERE worked AND hours = 'agency') AS agency
      FROM lines GROUP BY 1, 2, 3, 4)
    SELECT "unitId", kind, basis,
      CASE WHEN count(planned) = count(*) THEN sum(planned) END AS planned,
      CASE WHEN count(treated) = count(*) THEN sum(treated) END AS treated,
      sum(hours) AS hours, sum("plannedHours") AS "plannedHours", sum(overtime) AS overtime, sum(agency) AS agency,
      sum(planned) FILTER (WHERE worked) AS "workedPlanned", sum(treated) FILTER (WHERE worked) AS "workedTreated"
    FROM months GROUP BY 1, 2, 3`;
  return rows<BookVolume>(pools, text, false);
}
