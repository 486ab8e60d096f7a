import { z } from "zod";
import type { Input, Json } from "../chat/card.ts";
import type { DomainStore } from "../store/store.ts";
import type { Actor } from "./staff/actor.ts";

/** Input that was too long for a button or a form to carry; its `draft` names the one that it came from. */
export interface Draft {
  request: string;
  input: Input;
}

const keptFor = 24 * 3_600_000;
const stored: z.ZodType<Input> = z.record(z.string(), z.json() as z.ZodType<Json>);

/** Drafts are read by their author alone, and dropped once they are used or after a day. */
export function draftService(store: DomainStore) {
  return {
    async keep(actor: Actor, drafts: readonly Draft[], now: Date): Promise<void> {
      if (drafts.length === 0) return;
      const expiresAt = new Date(now.getTime() + keptFor);
      await store.of(actor.organisationId).draft.createMany({
        skipDuplicates: true,
        data: drafts.map(({ request, input }) => ({ request, personId: actor.id, input, expiresAt })),
      });
    },

    async read(actor: Actor, request: string): Promise<Input | undefined> {
      const draft = await store.of(actor.organisationId).draft.findFirst({ where: { request, personId: actor.id } });
      if (!draft) return undefined;
      const { draft: _, ...input } = stored.parse(draft.input);
      return input;
    },

    /** Drops a draft with all that it came from and all that came from it: nothing of what is done now stays. */
    async drop(actor: Actor, request: string): Promise<void> {
      const bound = store.of(actor.organisationId);
      const own = await bound.draft.findMany({ where: { personId: actor.id } });
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
      await bound.draft.deleteMany({ where: { personId: actor.id, request: { in: used } } });
    },
  };
}

/** The reply that a draft was made for; one reply may have several: "Ev1", "Ev1#1". */
const replyOf = (request: string): string => request.replace(/#\d+$/, "");
