import { command } from "../../src/bot/command.ts";
import { choice, otherwise, required, text } from "../../src/bot/field.ts";
import { metricAddedCard } from "../../src/cards/kpiAdded.ts";
import { privately } from "../../src/chat/reply.ts";
import { sorts } from "../../src/domain/kpis/own.ts";

const directions = [
  { code: "increase", label: "Higher is better" },
  { code: "decrease", label: "Lower is better" },
  { code: "neutral", label: "Neither" },
] as const;
const periods = [
  { code: "month", label: "Month" },
  { code: "quarter", label: "Quarter" },
  { code: "week", label: "Week" },
  { code: "day", label: "Day" },
] as const;

export default command({
  path: "kpi add",
  title: "Add a measure",
  summary: "Add a measure of your own beside the catalogue.",
  usage: "its name, what it is, and which way is better",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    name: required(text({ label: "Name", hint: "As “Discharges before noon”" })),
    sort: required(choice(sorts, { label: "What it is" })),
    direction: required(choice(directions, { label: "Which way is better" })),
    measure: text({ label: "In", hint: "min, days, per 1,000 patient days; shares are in %", ask: true, byName: true }),
    numerator: text({ label: "Numerator", hint: "What is counted", ask: true, byName: true }),
    denominator: text({ label: "Denominator", hint: "Out of what", ask: true, byName: true }),
    every: otherwise(choice(periods, { label: "Measured every", ask: true }), "month"),
    code: text({ label: "Code", hint: "Left out, made from the name", byName: true }),
  },
  async run({ services, actor, requestId, now }, { every, ...given }) {
    return privately(metricAddedCard(await services.kpis.add({ actor, requestId, now }, { ...given, period: every })));
  },
});
