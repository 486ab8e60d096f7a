import type { DomainStore } from "../../store/store.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/actor.ts";
import { adding } from "./add.ts";
import { checking } from "./check.ts";
import { handling } from "./handle.ts";
import { type ActionDetails, type ActionFilter, type ActionPage, actionCard, listActions } from "./read.ts";
import { actionsWaiting } from "./waiting.ts";
import { type Heard, heardOf } from "./youSaid.ts";

export function actionService(store: DomainStore) {
  return {
    ...adding(store),
    ...handling(store),
    ...checking(store),

    /** The page of actions that this person may see. */
    list: (actor: Actor, filter: ActionFilter, now: Date): Promise<ActionPage> =>
      listActions(store.of(actor.organisationId), actor, filter, now),

    /** An action with its history, as this person may see it; throws a refusal where they may not. */
    show: (actor: Actor, number: number, now: Date): Promise<ActionDetails> =>
      actionCard(store.of(actor.organisationId), actor, { number }, now),

    /** The action behind a notice; undefined where the person who is told may not see it. */
    async forNotice(actor: Actor, id: string, now: Date): Promise<ActionDetails | undefined> {
      try {
        return await actionCard(store.of(actor.organisationId), actor, { id }, now);
      } catch (error) {
        if (error instanceof Refusal) return undefined;
        throw error;
      }
    },

    /** What waits for this person, of each sort the most urgent. */
    waiting: (actor: Actor, now: Date, atMost: number) =>
      actionsWaiting(store.of(actor.organisationId), actor, now, atMost),

    /** What came of a unit's incidents in the month before a moment, as this person is told it. */
    heard: (actor: Actor, unitId: string, at: Date): Promise<Heard | undefined> =>
      heardOf(store.of(actor.organisationId), actor, unitId, at),
  };
}
