import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { dayAt, fromColumn, toColumn } from "../days.ts";
import { Refusal } from "../refusal.ts";
import { mayMeasure } from "../staff/access.ts";
import { figuresOf, type GivenFigures, startIn } from "./figures.ts";
import type { Metric } from "./metric.ts";
import { metricOf } from "./own.ts";
import { periodInWords } from "./periods.ts";
import type { Mark } from "./segments.ts";

/** A measure, by its code, in a unit. */
export interface Subject {
  metric: string;
  unitId: string;
}

export function changing(store: DomainStore) {
  /** Does something to a measure of a unit, which switches it on there; throws where this person may not. */
  async function on(
    act: Act,
    { metric: code, unitId }: Subject,
    work: (change: Change, metric: Metric) => Promise<Noted | undefined>,
  ) {
    if (!mayMeasure(act.actor, unitId))
      throw new Refusal("Measures are kept by the unit’s managers and by quality. Ask one of them.", "unit");
    await store.of(act.actor.organisationId).change(async (change) => {
      const metric = await metricOf(change, code);
      const done = await work(change, metric);
      if (!done) return;
      const { action, details } = done;
      const active = action !== "switched-off";
      await change.unitMetric.createMany({
        data: [{ unitId, metric: code, since: act.now, active }],
        skipDuplicates: true,
      });
      await change.unitMetric.updateMany({ where: { unitId, metric: code, active: !active }, data: { active } });
      await audit(change, {
        at: act.now,
        actorId: act.actor.id,
        action: `metric.${action}`,
        subject: "unit",
        subjectId: unitId,
        details: { metric: code, ...details },
      });
    });
  }

  return {
    /**
     * Keeps a figure of a period; one that is there is replaced.
     * @param day a day of the period, `YYYY-MM-DD`
     */
    record: (act: Act, subject: Subject, day: string | undefined, given: GivenFigures): Promise<void> =>
      on(act, subject, async (change, metric) => {
        if (day === undefined) throw new Refusal("Say of which month it is, as 2026-10.", "period");
        const { zone } = await change.organisation();
        const startOn = startIn(day, metric, dayAt(act.now, zone));
        if (startOn === undefined)
          throw new Refusal(`${periodInWords(day, metric.period)} has not begun. Record what has been.`, "period");
        const figures = figuresOf(given, metric);
        if ("field" in figures) throw new Refusal(figures.message, figures.field);
        await change.writeKpi([{ ...subject, startOn, ...figures }], {
          source: "recorded",
          at: act.now,
          byId: act.actor.id,
        });
        return { action: "recorded", details: { period: startOn } };
      }),

    /** What is wanted from a day on, in the metric's measure. */
    setTarget: (act: Act, subject: Subject, target: number, from: string | undefined): Promise<void> =>
      on(act, subject, async (change, metric) => {
        if ((metric.chart === "p" || metric.chart === "pp") && target > 100 && metric.measure === "%")
          throw new Refusal("A share is at most 100 %.", "target");
        const { zone } = await change.organisation();
        const fromOn = toColumn(from ?? dayAt(act.now, zone));
        const data = { target, byId: act.actor.id, at: act.now };
        await change.kpiTarget.createMany({ data: [{ ...subject, fromOn, ...data }], skipDuplicates: true });
        await change.kpiTarget.updateMany({ where: { ...subject, fromOn }, data });
        return { action: "target-set", details: {} };
      }),

    /** Limits begin anew at a day, or something happened on it; the same day again changes its words. */
    mark: (act: Act, subject: Subject, mark: Mark): Promise<void> =>
      on(act, subject, async (change) => {
        const { kind, onDay, untilDay } = mark;
        const { zone } = await change.organisation();
        if (onDay > dayAt(act.now, zone))
          throw new Refusal("That day is still to come. Note what has happened.", kind === "event" ? "on" : "from");
        await put(change, act, subject, mark);
        return { action: noted[kind], details: { on: onDay, ...(untilDay !== null && { until: untilDay }) } };
      }),

    /** Limits come from all figures again; why is noted on the day. Where nothing is frozen, nothing changes. */
    unfreeze: (act: Act, subject: Subject, reason: string): Promise<void> =>
      on(act, subject, async (change) => {
        const last = await change.kpiMark.findFirst({
          where: { ...subject, kind: "freeze" },
          orderBy: { onDay: "desc" },
        });
        const { count } = last
          ? await change.kpiMark.deleteMany({ where: { ...subject, kind: "freeze", onDay: last.onDay } })
          : { count: 0 };
        if (!last || count === 0) return undefined;
        const onDay = dayAt(act.now, (await change.organisation()).zone);
        const there = await change.kpiMark.findFirst({ where: { ...subject, kind: "event", onDay: toColumn(onDay) } });
        const text = `${there ? `${there.text}; ` : ""}Frozen limits lifted: ${reason}`;
        await put(change, act, subject, { kind: "event", onDay, untilDay: null, text });
        return { action: "unfrozen", details: { on: fromColumn(last.onDay) } };
      }),

    /** Switches a measure on in a unit, or off; its figures stay. */
    use: (act: Act, subject: Subject, active: boolean): Promise<void> =>
      on(act, subject, async () => ({ action: active ? "switched-on" : "switched-off", details: {} })),
  };
}

const noted = { rebase: "rebased", freeze: "frozen", event: "event-noted", pdsa: "event-noted" } as const;

async function put(change: Change, act: Act, subject: Subject, { kind, onDay, untilDay, text }: Mark): Promise<void> {
  const key = { ...subject, kind, onDay: toColumn(onDay) };
  const data = { text, untilDay: untilDay === null ? null : toColumn(untilDay), byId: act.actor.id, at: act.now };
  await change.kpiMark.createMany({ data: [{ ...key, ...data }], skipDuplicates: true });
  await change.kpiMark.updateMany({ where: key, data });
}

interface Noted {
  action: string;
  details: Record<string, string>;
}
