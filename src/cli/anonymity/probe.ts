import { randomBytes, randomUUID } from "node:crypto";
import type { Bot } from "../../bot/bot.ts";
import type { Messenger } from "../../chat/messenger.ts";
import type { Identity, Platform } from "../../chat/request.ts";
import type { Log } from "../../log.ts";
import type { Services } from "../../services.ts";

/** What a platform tells of a person in all its ways: searched for afterwards, by name. */
export type Identifiers = Record<string, string>;

export interface Filing {
  /** What follows "incident report". */
  words: string;
  unitId: string;
  identity: "anonymous" | "named";
}

/** A platform's real adapter beside a stand-in on loopback, and one person there whom Rounds may know or not. */
export interface Probe {
  platform: Platform;
  tenant: string;
  identity: Identity;
  identifiers: Identifiers;
  messenger: Messenger;
  /** Reports in each way that the platform has, and adds words and answers by each receipt; ends when all was answered. */
  report(filing: Filing): Promise<void>;
  stop(): Promise<void>;
}

export interface ProbeParts {
  bot: Bot;
  services: Services;
  log: Log;
}

/** A string that is nowhere else. */
export const canary = (): string => randomBytes(9).toString("hex");
export const canaryId = (prefix: string): string => `${prefix}${randomBytes(7).toString("hex").toUpperCase()}`;
export const canaryUuid = (): string => randomUUID();
