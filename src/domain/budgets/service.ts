import type { DomainStore } from "../../store/store.ts";
import type { Named } from "../named.ts";
import type { Actor } from "../staff/actor.ts";
import { type Excess, excessesIn } from "./excess.ts";
import { explaining } from "./explain.ts";
import { type ExplanationDetails, historyOf, type Place, readExplanations } from "./explanations.ts";
import type { ForecastMethod } from "./forecast.ts";
import { type LineHistory, lineHistory } from "./history.ts";
import {
  type Asked,
  type BudgetView,
  budgetView,
  type Situation,
  situationOf,
  type VarianceView,
  varianceView,
} from "./read.ts";
import { type ReportView, reportView } from "./report.ts";
import { reviewing } from "./review.ts";
import { type BudgetWaiting, budgetsWaiting } from "./waiting.ts";
import { type ForecastView, forecastView } from "./yearEnd.ts";

export function budgetService(store: DomainStore) {
  const of = (actor: Actor) => store.of(actor.organisationId);
  return {
    ...explaining(store),
    ...reviewing(store),

    /** Month and year to date of a unit and those below it, or of all of this person's. */
    async show(actor: Actor, asked: Asked): Promise<BudgetView> {
      const bound = of(actor);
      return budgetView(bound, await situationOf(bound, actor, asked));
    },

    /** What the month's variance is made of, by line, or of one line. */
    async variance(actor: Actor, asked: Asked & { line?: Named | undefined }): Promise<VarianceView> {
      const bound = of(actor);
      return varianceView(bound, await situationOf(bound, actor, asked), asked.line);
    },

    /** The lines that are over both thresholds and not explained yet. */
    async unexplained(actor: Actor, asked: Asked): Promise<Situation & { owed: Excess[] }> {
      const bound = of(actor);
      const situation = await situationOf(bound, actor, asked);
      const { taken: units, month, upTo: year, thresholds } = situation;
      const excesses = await excessesIn(bound, { units, month, year, thresholds });
      return { ...situation, owed: excesses.filter(({ owed }) => owed) };
    },

    /** Where the fiscal year ends, by one method or by each. */
    forecast: (
      actor: Actor,
      asked: { unitId?: string | undefined; method?: ForecastMethod | undefined },
    ): Promise<ForecastView> => forecastView(of(actor), actor, asked),

    /** The leadership pack of a month: the roll-up, what was explained, and what is missing. */
    async report(actor: Actor, asked: Asked): Promise<ReportView> {
      const bound = of(actor);
      return reportView(bound, actor, await situationOf(bound, actor, asked));
    },

    /** What was said of a line in the twelve months up to one, the newest first. */
    said: (actor: Actor, place: Place): Promise<ExplanationDetails[]> => historyOf(of(actor), actor, place),

    /** The same twelve months with how far the line was off in each of them. */
    history: (
      actor: Actor,
      asked: { unitId: string; lineId: string; month?: string | undefined },
    ): Promise<LineHistory> => lineHistory(of(actor), actor, asked),

    /** The explanation behind a notice; undefined where the person who is told may not see it. */
    async explanationForNotice(actor: Actor, id: string): Promise<ExplanationDetails | undefined> {
      return (await readExplanations(of(actor), actor, { id }))[0];
    },

    /** Explanations that wait for this person: to be given, or to be reviewed. */
    waiting: (actor: Actor, now: Date, atMost: number): Promise<BudgetWaiting[]> =>
      budgetsWaiting(of(actor), actor, now, atMost),
  };
}
