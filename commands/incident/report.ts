import { command } from "../../src/bot/command.ts";
import { choice, dateTime, entry, otherwise, paragraph, required, text } from "../../src/bot/field.ts";
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
    harm: otherwise(
      choice(harms, { label: "Harm", hint: "If torn between two, choose the higher", ask: true }),
      "unknown",
    ),
    identity: otherwise(choice(identities, { label: "Your name", ask: true }), "named"),
    category: choice(categories, { label: "Category" }),
    immediate: paragraph({ label: "Action taken at once" }),
    informed: text({ label: "Who was informed" }),
    "source-ref": text({ label: "Number in the system of record", hint: "Never a name" }),
  },
  async run({ services, actor, requestId, now }, input) {
    const number = await services.incidents.report(
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
      },
    );
    return privately(filedCard({ number, unit: input.where.name }, input.identity));
  },
});
