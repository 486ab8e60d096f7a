import { command } from "../../src/bot/command.ts";
import { asked, ref, required } from "../../src/bot/field.ts";
import { answeredCard } from "../../src/cards/incidentDetails.ts";
import { update } from "../../src/chat/reply.ts";
import { questionsOf } from "../../src/domain/incidents/followUp.ts";

export default command({
  path: "details reportable",
  title: "What is reportable",
  summary: "What has to be reported outside; starts the clocks it brings.",
  usage: "INC-142 duties:restraint-death",
  roles: ["manager", "quality"],
  changes: true,
  input: {
    incident: required(ref("INC", { label: "Incident", hint: "Its number, as INC-142" })),
    ...asked(questionsOf("reportable")),
  },
  async run({ services, actor, requestId, now }, { incident, ...answers }) {
    const act = { actor, requestId, now };
    return update(
      answeredCard(await services.incidents.detail(act, incident, "reportable", answers), "reportable", now),
    );
  },
});
