import type { Card } from "../../chat/card.ts";
import type { Recipient } from "../../domain/staff/recipients.ts";
import type { Services } from "../../services.ts";
import type { Bound } from "../../store/store.ts";

export type Notice = NonNullable<Awaited<ReturnType<Bound["notice"]["findFirst"]>>>;

/** A notice that is about to be told, and to whom. */
export interface Telling {
  services: Services;
  organisationId: string;
  notice: Notice;
  recipient: Recipient;
  now: Date;
}

export interface Told {
  card: Card;
  evenInQuietHours: boolean;
}

/** Makes the card as the recipient may see it now; undefined where there is nothing left to tell. */
export type Teller = (telling: Telling) => Promise<Told | undefined>;

/** What its message says once there is nothing left to tell; undefined where its recipient may not know. */
export type Over = (telling: Telling) => Promise<Card | undefined>;
