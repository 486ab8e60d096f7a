import { dailyCard, replacedCard } from "../../cards/daily.ts";
import type { Over, Teller, Telling } from "./telling.ts";

/** The one reminder of the day: what is still undone of what presses, and nothing while the person is on leave. */
export const tellWaiting: Teller = async (telling) => {
  const { services, organisationId, notice, recipient, now } = telling;
  if (await replacedOn(telling)) return undefined;
  if (await services.leave.running(organisationId, recipient.actor.id, now)) return undefined;
  const found = await services.todo.daily(recipient.actor, notice, recipient.quiet, now);
  if (!found || found.pressing.length === 0) return undefined;
  return { card: dailyCard(found.pressing, found.all), evenInQuietHours: false };
};

export const waitingOver: Over = async (telling) => {
  const later = await replacedOn(telling);
  return later && replacedCard(later);
};

const replacedOn = ({ services, organisationId, notice, recipient }: Telling): Promise<Date | undefined> =>
  services.todo.after(organisationId, recipient.actor.id, notice);
