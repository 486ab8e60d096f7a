import { command } from "../src/bot/command.ts";
import { choice, text, time } from "../src/bot/field.ts";
import { settingsCard } from "../src/cards/person.ts";
import { update } from "../src/chat/reply.ts";

const apps = [
  { code: "slack", label: "Slack" },
  { code: "teams", label: "Teams" },
] as const;

export default command({
  path: "settings",
  title: "Settings",
  summary: "Your own zone, quiet hours and where you are told.",
  usage: "",
  roles: "all",
  changes: true,
  input: {
    zone: text({ label: "Zone", hint: "As America/New_York", ask: true }),
    "quiet-from": time({ label: "Quiet from", hint: "As 21:00", ask: true }),
    "quiet-until": time({ label: "Quiet until", hint: "As 06:30", ask: true }),
    "reach-on": choice(apps, { label: "Told in", hint: "Left empty: the app you used last", ask: true }),
  },
  async run({ services, actor, requestId, now }, input) {
    if (Object.values(input).some((value) => value !== undefined)) {
      await services.people.changeOwn(
        { actor, requestId, now },
        {
          zone: input.zone,
          quietFrom: input["quiet-from"],
          quietUntil: input["quiet-until"],
          reachOn: input["reach-on"],
        },
      );
    }
    return update(settingsCard(await services.people.whoami(actor)));
  },
});
