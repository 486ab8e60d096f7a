import type { Identity, Place } from "../../src/chat/request.ts";
import { remembered } from "./limits.ts";

/** What requests tell of a person while the process runs. */
export interface Seen {
  /** Teams' own id of the person in this bot's chats; the identity is the directory's. */
  account: string;
  /** Where they wrote last. */
  place: Place;
  zone?: string;
}

/** A map that forgets what was used least. */
export class Remembered<Value> {
  readonly #values = new Map<string, Value>();

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > remembered && oldest !== undefined) this.#values.delete(oldest);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}

export interface PersonalPlaces {
  /** Keeps the conversation of a person's own chat; false where nobody knows that person yet. */
  remember(identity: Identity, place: Place): Promise<boolean>;
  /** The one that was kept. */
  personalPlace(identity: Identity): Promise<Place | undefined>;
}

/** Who was seen where, and the chats of their own, written only when they are new or have moved. */
export class People {
  readonly #seen = new Remembered<Seen>();
  readonly #personal = new Remembered<Place>();
  readonly #kept: PersonalPlaces;

  constructor(kept: PersonalPlaces) {
    this.#kept = kept;
  }

  note(identity: Identity, seen: Seen): void {
    const zone = seen.zone ?? this.seen(identity)?.zone;
    this.#seen.set(key(identity), { ...seen, ...(zone !== undefined && { zone }) });
  }

  seen(identity: Identity): Seen | undefined {
    return this.#seen.get(key(identity));
  }

  async personalPlace(identity: Identity): Promise<Place | undefined> {
    return this.#personal.get(key(identity)) ?? this.#kept.personalPlace(identity);
  }

  async remember(identity: Identity, place: Place): Promise<void> {
    const known = this.#personal.get(key(identity));
    if (known?.conversation === place.conversation && known.serviceUrl === place.serviceUrl) return;
    if (await this.#kept.remember(identity, place)) this.#personal.set(key(identity), place);
  }
}

const key = (identity: Identity): string => `${identity.tenant}/${identity.user}`;
