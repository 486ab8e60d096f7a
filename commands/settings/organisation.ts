import { command } from "../../src/bot/command.ts";
import { choice, number } from "../../src/bot/field.ts";
import { settingsCard } from "../../src/cards/person.ts";
import { update } from "../../src/chat/reply.ts";

const joinings = [
  { code: "open", label: "Every member of the workspace" },
  { code: "invited", label: "Only who was invited" },
] as const;

export default command({
  path: "settings organisation",
  title: "Organisation settings",
  summary: "Who may use Rounds, and how soon an incident is to be acknowledged.",
  usage: "joining:open acknowledge-within:4",
  roles: ["admin"],
  changes: true,
  input: {
    joining: choice(joinings, { label: "Who may use Rounds", ask: true }),
    "acknowledge-within": number({
      label: "Hours to acknowledge an incident",
      hint: "Then the next person up is told",
      whole: true,
      min: 1,
      max: 168,
      ask: true,
    }),
  },
  async run({ services, actor, requestId, now }, { joining, "acknowledge-within": acknowledgeWithinHours }) {
    await services.people.changeOrganisation(
      { actor, requestId, now },
      { inviteOnly: joining === undefined ? undefined : joining === "invited", acknowledgeWithinHours },
    );
    return update(settingsCard(await services.people.whoami(actor)));
  },
});
