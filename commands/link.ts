import { command } from "../src/bot/command.ts";
import { text } from "../src/bot/field.ts";
import { linkCodeCard, linkedCard } from "../src/cards/person.ts";
import { privately } from "../src/chat/reply.ts";

export default command({
  path: "link",
  title: "Link the other app",
  summary: "Join who you are in Slack with who you are in Teams.",
  usage: "the code from the other app",
  roles: "all",
  changes: true,
  input: { code: text({ label: "Code", hint: "From “link” in the other app" }) },
  async run({ services, actor, requestId, now }, { code }) {
    const act = { actor, requestId, now };
    return privately(
      code === undefined
        ? linkCodeCard(await services.links.code(act))
        : linkedCard(await services.links.join(act, code)),
    );
  },
});
