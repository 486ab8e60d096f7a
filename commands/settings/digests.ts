import { command } from "../../src/bot/command.ts";
import { followsCard } from "../../src/cards/digest.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "settings digests",
  title: "Digests",
  summary: "The digests that come to you, and in a channel those that come there.",
  usage: "",
  roles: "all",
  changes: false,
  input: {},
  async run({ services, actor, place }) {
    const { mine, there } = await services.digests.list(actor, place.kind === "personal" ? undefined : place);
    return privately(followsCard(mine, there));
  },
});
