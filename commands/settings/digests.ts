import { command } from "../../src/bot/command.ts";
import { choice, entry, flag, number, otherwise, text } from "../../src/bot/field.ts";
import { digestCard } from "../../src/cards/digest.ts";
import { followCard, followsCard } from "../../src/cards/digestFollow.ts";
import { privately, update } from "../../src/chat/reply.ts";
import { text as said } from "../../src/chat/text.ts";

const deeds = [
  { code: "preview", label: "Preview" },
  { code: "send", label: "Send now" },
  { code: "stop", label: "Stop" },
] as const;

export default command({
  path: "settings digests",
  title: "Digests",
  summary: "The digests that come to you and to a channel, and how the last ones went; for admins all channels.",
  usage: "all:yes",
  roles: "all",
  changes: true,
  input: {
    to: entry("person", {
      label: "Give it to",
      hint: "It is made under their rights: a manager of the unit or above, or quality",
      ask: true,
      byName: true,
    }),
    digest: text({ label: "Digest", carried: true }),
    do: choice(deeds, { label: "What to do", carried: true }),
    all: flag({ label: "Those of all channels", byName: true }),
    page: otherwise(number({ label: "Page", whole: true, min: 1, max: 1000, carried: true }), "1"),
  },
  async run({ services, actor, requestId, now, place }, { digest, do: deed, to, all, page }) {
    const { digests } = services;
    if (digest === undefined) {
      const here = place.kind === "personal" ? undefined : place;
      const found = all ? await digests.listPlaces(actor, page, now) : await digests.list(actor, here, page, now);
      return privately(followsCard(found, { all: all === true, admin: actor.access.includes("admin"), page }));
    }
    const act = { actor, requestId, now };
    if (deed === "preview")
      return privately(await digestCard(await digests.preview(actor, digest, now), { preview: true }));
    if (deed === "send") await digests.sendNow(act, digest);
    if (deed === "stop") await digests.stop(act, digest);
    if (to !== undefined) await digests.give(act, digest, to.id);
    const done = to ? said`It is ${to.name}’s now.` : deed === "send" ? said`It goes out now.` : undefined;
    return update(followCard(await digests.history(actor, digest, now), done));
  },
});
