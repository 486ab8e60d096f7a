import { command } from "../../src/bot/command.ts";
import { choice, dateTime, entry, flag, otherwise, paragraph, required, text } from "../../src/bot/field.ts";
import { filedCard } from "../../src/cards/incidentFiled.ts";
import { privately } from "../../src/chat/reply.ts";
import { categories, harms, identities, kinds } from "../../src/domain/incidents/rules.ts";

export default command({
  path: "incident report",
  title: "Report an incident",
  summary: "Report what happened, in a few words; everything else can be added later.",
  usage: "what happened, and the unit",
  roles: "all",
  changes: true,
  input: {
    what: required(paragraph({ label: "What happened", hint: "No patient names. What you saw, in your own words." })),
    where: required(entry("unit", { label: "Where", hint: "The unit where it happened" })),
    when: otherwise(dateTime("past", { label: "When", hint: "Left empty, it is now", ask: true }), "now"),
    kind: otherwise(choice(kinds, { label: "Kind", ask: true }), "incident"),
    harm: otherwise(choice(harms, { label: "Harm", hint: "If torn between two, the higher", ask: true }), "unknown"),
    identity: otherwise(choice(identities, { label: "Your name", ask: true }), "named"),
    category: choice(categories, { label: "Category" }),
    immediate: paragraph({ label: "Action taken at once" }),
    informed: text({ label: "Who was informed" }),
    "source-ref": text({ label: "Number in the system of record", hint: "Never a name" }),
    "leave-out": entry("person", {
      label: "Not to be seen by",
      hint: "Somebody whom it is about, as your manager: not told, not shown",
      ask: true,
      byName: true,
    }),
    aware: flag({ label: "I know it may tell who I am", carried: true }),
  },
  withoutTrace: ({ identity }) => identity === "anonymous",
  async run({ services, actor, requestId, now, place }, input) {
    const filed = await services.incidents.report(
      { actor, requestId, now },
      {
        what: input.what,
        unitId: input.where.id,
        happenedAt: input.when,
        kind: input.kind,
        harm: input.harm,
        identity: input.identity,
        category: input.category,
        immediate: input.immediate,
        informed: input.informed,
        sourceRef: input["source-ref"],
        leftOutId: input["leave-out"]?.id,
        aware: input.aware,
      },
    );
    return privately(
      filedCard(filed, { unit: input.where.name, kind: input.kind, category: input.category ?? null }, place.platform),
    );
  },
});
