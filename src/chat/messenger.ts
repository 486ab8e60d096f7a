import type { Card, Reader } from "./card.ts";
import type { Identity, Place, Platform, Profile } from "./request.ts";

/** How jobs and the bot reach a platform. */
export interface Messenger {
  platform: Platform;
  /** Opens the person's own chat; throws {@link SendFailed} when there is none to open. */
  personal(identity: Identity): Promise<Place>;
  /** Sends a card and returns the platform's message id; throws {@link SendFailed}. */
  post(place: Place, card: Card, reader: Reader): Promise<string>;
  /** Replaces a card that was sent; throws {@link SendFailed}. */
  update(place: Place, message: string, card: Card, reader: Reader): Promise<void>;
  /** What the platform says of a person; undefined when it does not know them. */
  profile(identity: Identity): Promise<Profile | undefined>;
}

/** A send that the platform refused, or that got no answer. */
export class SendFailed extends Error {
  /** Trying again cannot help: the chat is gone, the person is unknown, the app was removed. */
  readonly final: boolean;
  /** Milliseconds that the platform asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(reason: string, options: { final: boolean; retryAfter?: number | undefined; cause?: unknown }) {
    super(reason, { cause: options.cause });
    this.name = "SendFailed";
    this.final = options.final;
    this.retryAfter = options.retryAfter;
  }
}
