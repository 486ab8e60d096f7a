import type { Input } from "../chat/card.ts";
import type { Reply } from "../chat/reply.ts";
import type { Request } from "../chat/request.ts";
import type { Author } from "../domain/drafts.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services.ts";
import { draftOf, keepAside } from "./aside.ts";
import { openUnnamed } from "./unnamed.ts";

/** Who writes what. */
interface Writing {
  request: Request;
  author: Author;
}

/** What people typed and no button or form can carry, from the reply that names it to the request that uses it. */
export function openDrafts(stored: Services["drafts"], log: Log) {
  const inMemory = openUnnamed();
  return {
    /** The reply with what it cannot carry kept aside: under their name, or in memory where no name may stand beside it. */
    async keptAside(reply: Reply, { request, author }: Writing, unnamed: boolean, now: Date): Promise<Reply> {
      const from = draftOf(request);
      if (!unnamed) {
        const { reply: carried, drafts } = keepAside(reply, request.id, from);
        await stored.keep(author, drafts, now);
        return carried;
      }
      const { reply: carried, drafts } = keepAside(reply, inMemory.nameAfter(from), undefined);
      inMemory.keep(drafts);
      if (from !== undefined) await stored.dropAll(author);
      return carried;
    },

    /** The input with what was kept of it; throws where that was used or is gone. */
    async whole({ request, author }: Writing, { draft: _, ...input }: Input): Promise<Input> {
      const draft = draftOf(request);
      if (draft === undefined) return input;
      const kept = inMemory.read(draft) ?? (await stored.read(author, draft));
      if (!kept)
        throw new Refusal(
          "What was kept of your text has been used already or is more than a day old. Please send it again.",
        );
      return { ...kept, ...input };
    },

    /** What was asked is done: a draft that stays behind is no reason to say otherwise, and ends by itself. */
    async drop({ request, author }: Writing): Promise<void> {
      const draft = draftOf(request);
      if (draft === undefined || inMemory.drop(draft)) return;
      await stored
        .drop(author, draft)
        .catch((cause) => log.warn({ cause, reason: "draft" }, "could not drop a draft that was used"));
    },
  };
}
