import { command } from "../src/bot/command.ts";
import { text } from "../src/bot/field.ts";
import { privately } from "../src/chat/reply.ts";

export default command({
  path: "help",
  title: "Help",
  summary: "What you can do, on one screen.",
  usage: "an area, as incident",
  roles: "all",
  changes: false,
  input: { area: text({ label: "Area" }) },
  async run({ help }, { area }) {
    return privately(help(area?.toLowerCase()));
  },
});
