import { command } from "../../src/bot/command.ts";
import { asked, ref, required } from "../../src/bot/field.ts";
import { answeredCard } from "../../src/cards/incidentDetails.ts";
import { update } from "../../src/chat/reply.ts";
import { questionsOf } from "../../src/domain/incidents/followUp.ts";

export default command({
  path: "details other",
  title: "About what happened",
  summary: "What it was about, and whether it could have been prevented.",
  usage: "INC-142 about:delay",
  roles: "all",
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    ...asked(questionsOf("other")),
  },
  async run({ services, actor, requestId, now }, { incident, ...answers }) {
    const act = { actor, requestId, now };
    return update(answeredCard(await services.incidents.detail(act, incident, "other", answers), "other", now));
  },
});
