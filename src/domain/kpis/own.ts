import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Bound, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { Refusal } from "../refusal.ts";
import { catalogue, inCatalogue, metricNamed } from "./catalogue.ts";
import type { Metric, Period } from "./metric.ts";
import type { Chart } from "./spc/limits.ts";
import type { Direction } from "./spc/reading.ts";

/** How the figures of a metric come about, which decides its control chart. */
export const sorts = [
  { code: "figure", label: "A figure of its own, as a median or days" },
  { code: "share", label: "A share of cases, in %" },
  { code: "rate", label: "Events per exposure, as per 1,000 days" },
  { code: "count", label: "A count of events" },
  { code: "between", label: "Days between rare events" },
] as const;
export type Sort = (typeof sorts)[number]["code"];

const chartOf: Record<Sort, Chart> = { figure: "xmr", share: "p", rate: "u", count: "c", between: "t" };
const ownAtMost = 500;

/** The catalogue and the organisation's own metrics. */
export async function metricsOf(store: Pick<Bound, "metric">): Promise<Metric[]> {
  const own = await store.metric.findMany({ orderBy: { code: "asc" } });
  return [
    ...catalogue,
    ...own.map(
      ({ code, name, measure, direction, chart, period, numerator, denominator, source }): Metric => ({
        code,
        name,
        aliases: [],
        formula: numerator && denominator ? `${numerator} ÷ ${denominator}` : (numerator ?? name),
        measure,
        direction: direction as Direction,
        ...(numerator !== null && { numerator }),
        ...(denominator !== null && { denominator }),
        chart: chart as Chart,
        period: period as Period,
        source: source ?? "Your own",
      }),
    ),
  ];
}

export interface NewMetric {
  name: string;
  code?: string | undefined;
  sort: Sort;
  direction: Direction;
  measure?: string | undefined;
  period: Period;
  numerator?: string | undefined;
  denominator?: string | undefined;
}

const codePattern = /^[a-z0-9][a-z0-9-]{0,39}$/;

export function adding(store: DomainStore) {
  return {
    /** Adds a metric of the organisation's own beside the catalogue. The same delivery adds it once. */
    async add({ actor, now, requestId }: Act, given: NewMetric): Promise<Metric> {
      const code = (given.code ?? given.name)
        .toLowerCase()
        .normalize("NFKD")
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 40);
      if (!codePattern.test(code))
        throw new Refusal("Give it a code of letters, digits and hyphens, as wait-time.", "code");
      const measure = measureOf(given);
      await store.of(actor.organisationId).change(async (change) => {
        const { first, recordId } = await change.claimRequest(requestId, randomUUID(), now);
        if (!first) return;
        const known = await metricsOf(change);
        const taken = metricNamed(known, code) ?? metricNamed(known, given.name);
        if (taken)
          throw new Refusal(
            `“${taken.name}” (${taken.code}) is there already. Use it, or choose another name.`,
            "name",
          );
        if (known.length - catalogue.length >= ownAtMost)
          throw new Refusal(`There are ${ownAtMost} metrics of your own already, and no room for more.`);
        await change.metric.create({
          data: {
            id: recordId,
            code,
            name: given.name,
            measure,
            direction: given.direction,
            chart: chartOf[given.sort],
            period: given.period,
            numerator: given.numerator ?? null,
            denominator: given.denominator ?? null,
            addedById: actor.id,
            addedAt: now,
          },
        });
        await audit(change, {
          at: now,
          actorId: actor.id,
          action: "metric.added",
          subject: "organisation",
          subjectId: actor.organisationId,
          details: { metric: code },
        });
      });
      const added = (await metricsOf(store.of(actor.organisationId))).find((metric) => metric.code === code);
      if (!added) throw new Refusal("It was not added. Try it again.");
      return added;
    },
  };
}

const measures: Record<Sort, string> = {
  figure: "",
  share: "%",
  rate: "per 1,000 patient days",
  count: "events",
  between: "days",
};

function measureOf({ sort, measure, denominator }: NewMetric): string {
  if (sort === "share") return "%";
  if (sort === "rate" && measure !== undefined && !/^per [\d,]+ /.test(measure))
    throw new Refusal("Say what the rate is per, as “per 1,000 patient days”.", "measure");
  if (sort === "figure" && measure === undefined)
    throw new Refusal("Say what its figures are in: min, days, $ …", "measure");
  return measure ?? (sort === "rate" && denominator ? `per 1,000 ${denominator.toLowerCase()}` : measures[sort]);
}

export const metricOf = async (store: Pick<Bound, "metric">, code: string): Promise<Metric> => {
  const metric = inCatalogue(code) ?? (await metricsOf(store)).find((one) => one.code === code);
  if (!metric) throw new Refusal(`There is no metric “${code}”. Search by its name.`, "metric");
  return metric;
};
