import { command } from "../../src/bot/command.ts";
import { choice, entry, flag, otherwise, paragraph, pastDate, required } from "../../src/bot/field.ts";
import { loggedCard } from "../../src/cards/grievanceLogged.ts";
import { privately } from "../../src/chat/reply.ts";
import { channels } from "../../src/domain/grievances/rules.ts";

export default command({
  path: "grievance log",
  title: "Log a complaint",
  summary: "Log what a patient or family complained about; says if it is a grievance, and starts its clock.",
  usage: "what was said, and the unit",
  roles: "all",
  changes: true,
  input: {
    what: required(
      paragraph({ label: "What was said", hint: "No patient names. As close to their words as you can." }),
    ),
    where: required(entry("unit", { label: "Where", hint: "The unit that it is about" })),
    received: otherwise(pastDate({ label: "Received on", hint: "Left as it is, today", ask: true }), "today"),
    channel: otherwise(choice(channels, { label: "How did it come?", ask: true }), "in-person"),
    "harm-or-abuse": flag({
      label: "About abuse, neglect, harm or rights?",
      hint: "Patient’s rights, or billing rights under Medicare, count too",
      ask: true,
    }),
    "asked-for-response": flag({ label: "Did they ask for a response?", ask: true }),
    "fixed-on-the-spot": flag({
      label: "Resolved at once by staff present?",
      hint: "Staff who were there, or came quickly",
      ask: true,
    }),
    "billing-only": flag({ label: "About the bill alone?", ask: true }),
  },
  async run({ services, actor, requestId, now }, input) {
    const grievance = await services.grievances.log(
      { actor, requestId, now },
      {
        what: input.what,
        unitId: input.where.id,
        received: input.received,
        channel: input.channel,
        harmOrAbuse: input["harm-or-abuse"] ?? false,
        askedForResponse: input["asked-for-response"] ?? false,
        fixedOnTheSpot: input["fixed-on-the-spot"] ?? false,
        billingOnly: input["billing-only"] ?? false,
      },
    );
    return privately(loggedCard(grievance));
  },
});
