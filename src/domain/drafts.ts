import { z } from "zod";
import type { Input, Json } from "../chat/card.ts";
import type { DomainStore } from "../store/store.ts";

/** Input that was too long for a button or a form to carry; its `draft` names the one that it came from. */
export interface Draft {
  request: string;
  input: Input;
}

/** Whose drafts they are: the id that this person writes under now, and those that they wrote under before. */
export interface Author {
  organisationId: string;
  ids: readonly [string, ...string[]];
}

const keptFor = 24 * 3_600_000;
const stored: z.ZodType<Input> = z.record(z.string(), z.json() as z.ZodType<Json>);

/** Drafts are read by their author alone, and dropped once they are used or after a day. */
export function draftService(store: DomainStore) {
  return {
    async keep({ organisationId, ids }: Author, drafts: readonly Draft[], now: Date): Promise<void> {
      if (drafts.length === 0) return;
      const expiresAt = new Date(now.getTime() + keptFor);
      await store.of(organisationId).draft.createMany({
        skipDuplicates: true,
        data: drafts.map(({ request, input }) => ({ request, personId: ids[0], input, expiresAt })),
      });
    },

    async read(author: Author, request: string): Promise<Input | undefined> {
      const draft = await store.of(author.organisationId).draft.findFirst({ where: { request, ...by(author) } });
      if (!draft) return undefined;
      const { draft: _, ...input } = stored.parse(draft.input);
      return input;
    },

    /** Drops a draft with all that it came from and all that came from it: nothing of what is done now stays. */
    async drop(author: Author, request: string): Promise<void> {
      const bound = store.of(author.organisationId);
      const own = await bound.draft.findMany({ where: by(author) });
      const replies = own.map((draft) => {
        const from = stored.parse(draft.input).draft;
        return {
          request: draft.request,
          all: [draft.request, ...(typeof from === "string" ? [from] : [])].map(replyOf),
        };
      });
      const line = new Set([replyOf(request)]);
      for (let before = 0; before < line.size; ) {
        before = line.size;
        for (const { all } of replies) if (all.some((one) => line.has(one))) for (const one of all) line.add(one);
      }
      const used = replies.filter(({ request: one }) => line.has(replyOf(one))).map((reply) => reply.request);
      await bound.draft.deleteMany({ where: { ...by(author), request: { in: used } } });
    },

    /** Drops all that this person wrote: whatever of it is like an anonymous report would tell who filed it. */
    async dropAll(author: Author): Promise<void> {
      await store.of(author.organisationId).draft.deleteMany({ where: by(author) });
    },
  };
}

const by = ({ ids }: Author) => ({ personId: { in: [...ids] } });

/** The reply that a draft was made for; one reply may have several: "Ev1", "Ev1#1". */
const replyOf = (request: string): string => request.replace(/#\d+$/, "");
