import { command } from "../../src/bot/command.ts";
import { choice, entry, otherwise, pastDate, required, text } from "../../src/bot/field.ts";
import { kpiCard } from "../../src/cards/kpi.ts";
import { update } from "../../src/chat/reply.ts";

const kinds = [
  { code: "event", label: "Event" },
  { code: "pdsa", label: "Test of change (PDSA)" },
] as const;

export default command({
  path: "kpi mark",
  title: "Note an event",
  summary: "Note what happened beside a measure, or a test of change; it is marked in the chart.",
  usage: "a measure, the unit, the day, and what happened",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    metric: required(entry("metric", { label: "Measure", hint: "By name or code, as falls" })),
    unit: required(entry("unit", { label: "Unit" })),
    on: required(pastDate({ label: "On" })),
    what: required(text({ label: "What happened", hint: "No patient names" })),
    kind: otherwise(choice(kinds, { label: "Kind", ask: true }), "event"),
  },
  async run({ services, actor, requestId, now }, { metric, unit, on, what, kind }) {
    const subject = { metric: metric.code, unitId: unit.id };
    await services.kpis.mark({ actor, requestId, now }, subject, { kind, onDay: on, untilDay: null, text: what });
    return update(await kpiCard(await services.kpis.showOf(actor, subject, now)));
  },
});
