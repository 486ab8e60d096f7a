import type { Input } from "./card.ts";
import type { SentFile } from "./sentFile.ts";

export type Platform = "slack" | "teams" | "web" | "shell";

/** Who somebody is on a platform. */
export interface Identity {
  platform: Platform;
  /** Slack team, Teams tenant, or the demonstration's own. */
  tenant: string;
  user: string;
}

/** Where a message can be sent. */
export interface Place {
  platform: Platform;
  tenant: string;
  /** Slack channel, Teams conversation. */
  conversation: string;
  kind: "personal" | "group" | "channel";
  /** What people call it, where the platform says so. */
  name?: string;
  /** The message that a thread hangs on. */
  thread?: string;
  /** Teams only: the connector that serves this conversation. */
  serviceUrl?: string;
}

/** Everything a person does is a request to run a command with some input. */
export interface Request {
  /** The platform's own id of this delivery: the same one when it is delivered again. */
  id: string;
  asker: Identity;
  place: Place;
  /**
   * `words`: the text as a terminal's shell has taken it apart, where its quotes are gone.
   * `files`: what came with it in the person's own chat; in other places no file is looked at.
   * `form`: show the command's form with the input in it, whether or not something is missing.
   */
  body:
    | { type: "text"; text: string; words?: readonly string[]; files?: readonly SentFile[] }
    | { type: "run"; command: string; input: Input; form?: boolean };
}

/** What the platform says of a person, read once on first contact. */
export interface Profile {
  name: string;
  email?: string;
  /** IANA zone. */
  zone?: string;
  /** Guests are not staff: they are told whom to ask. */
  guest: boolean;
}
