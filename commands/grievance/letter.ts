import { command } from "../../src/bot/command.ts";
import { choice, ref, required } from "../../src/bot/field.ts";
import { letterCard } from "../../src/cards/grievanceLetter.ts";
import { privately } from "../../src/chat/reply.ts";
import { letters } from "../../src/domain/grievances/rules.ts";

export default command({
  path: "grievance letter",
  title: "Draft a letter",
  summary: "A draft letter to the patient as DOCX, name and address left blank; nothing is sent.",
  usage: "GRV-7 acknowledgement, extension or resolution",
  roles: ["manager", "quality"],
  changes: false,
  input: {
    grievance: required(ref("GRV", { label: "Complaint or grievance", hint: "Its number, as GRV-7" })),
    which: choice(letters, { label: "Which letter", ask: true }),
  },
  async run({ services, actor, now }, { grievance, which }) {
    const draft = await services.grievances.draft(actor, grievance, which, now);
    return privately(await letterCard(draft.grievance, draft.which));
  },
});
