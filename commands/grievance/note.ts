import { command } from "../../src/bot/command.ts";
import { choice, otherwise, paragraph, ref, required } from "../../src/bot/field.ts";
import { grievanceCard } from "../../src/cards/grievance.ts";
import { update } from "../../src/chat/reply.ts";
import { noteKinds } from "../../src/domain/grievances/rules.ts";

export default command({
  path: "grievance note",
  title: "Add to a grievance",
  summary: "Add a note, a step that was taken or a result to a complaint or grievance that you may see.",
  usage: "GRV-7 what you want to add",
  roles: "all",
  changes: true,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    note: required(
      paragraph({ label: "What to add", hint: "No patient names. Steps and results are for the answer." }),
    ),
    as: otherwise(choice(noteKinds, { label: "What it is", ask: true }), "note"),
  },
  async run({ services, actor, requestId, now }, { grievance, note, as }) {
    return update(grievanceCard(await services.grievances.note({ actor, requestId, now }, grievance, as, note)));
  },
});
