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
  const find = (actor: Actor, request: string) =>
    store.of(actor.organisationId).draft.findFirst({ where: { request, personId: actor.id } });
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
      const draft = await find(actor, request);
      if (!draft) return undefined;
      const { draft: _, ...input } = stored.parse(draft.input);
      return input;
    },

    /** Drops a draft, those of the same reply, and those that it came from. */
    async drop(actor: Actor, request: string): Promise<void> {
      const before = await find(actor, request);
      const reply = request.replace(/#\d+$/, "");
      await store.of(actor.organisationId).draft.deleteMany({
        where: { personId: actor.id, OR: [{ request: reply }, { request: { startsWith: `${reply}#` } }] },
      });
      const from = before && stored.parse(before.input).draft;
      if (typeof from === "string" && from !== request) await this.drop(actor, from);
    },
  };
}
