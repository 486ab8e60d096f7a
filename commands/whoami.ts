import { command } from "../src/bot/command.ts";
import { whoamiCard } from "../src/cards/person.ts";
import { privately } from "../src/chat/reply.ts";

export default command({
  path: "whoami",
  title: "Who am I",
  summary: "Who you are to Rounds: access, units, identities.",
  usage: "",
  roles: "all",
  // Whoever is new joins by asking.
  changes: true,
  input: {},
  async run({ services, actor, now }) {
    return privately(whoamiCard(await services.people.whoami(actor), await services.leave.of(actor, now)));
  },
});
