import type { Input, Json } from "../../src/chat/card.ts";
import { metadataCharacters } from "./limits.ts";

/** Where a form or a button came from: the card that its answer replaces, and the place where it was asked. */
export interface Source {
  channel?: string;
  /** The message of the card; an ephemeral one has none that could be updated. */
  message?: string;
  responseUrl?: string;
  thread?: string;
  /** The card is replaced by what comes of it. */
  replaces?: true;
}

/** What a modal carries, and brings back as a stranger's claim. */
export interface Metadata {
  command: string;
  carried: Input;
  source: Source;
  /** Zone in which moments are written. */
  zone?: string;
}

/** A response URL is left out where there is no room for it: the person's own chat is the way then. */
export function writeMetadata(metadata: Metadata): string {
  const whole = JSON.stringify(metadata);
  if (whole.length <= metadataCharacters) return whole;
  const { responseUrl: _, ...source } = metadata.source;
  return JSON.stringify({ ...metadata, source });
}

export function readMetadata(written: unknown): Metadata | undefined {
  const claim = parsed(written);
  if (!isRecord(claim) || typeof claim.command !== "string" || !isInput(claim.carried)) return undefined;
  const source = isRecord(claim.source) ? claim.source : {};
  return {
    command: claim.command,
    carried: claim.carried,
    source: {
      ...(isId(source.channel) && { channel: source.channel }),
      ...(isId(source.message) && { message: source.message }),
      ...(isId(source.thread) && { thread: source.thread }),
      ...(typeof source.responseUrl === "string" && { responseUrl: source.responseUrl }),
      ...(source.replaces === true && { replaces: true }),
    },
    ...(typeof claim.zone === "string" && { zone: claim.zone }),
  };
}

/** What a button carries, read from its action id and its value. */
export interface Pressed {
  command: string;
  input: Input;
  form: boolean;
}

export function readPressed(action: unknown): Pressed | undefined {
  if (!isRecord(action) || typeof action.action_id !== "string") return undefined;
  const value = parsed(action.value);
  if (!isRecord(value) || !isInput(value.input)) return undefined;
  return { command: action.action_id.replace(/#\d+$/, ""), input: value.input, form: value.form === true };
}

function parsed(written: unknown): unknown {
  if (typeof written !== "string") return undefined;
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isId = (value: unknown): value is string => typeof value === "string" && /^[\w.]{1,64}$/.test(value);

/** What was parsed from JSON is JSON. */
const isInput = (value: unknown): value is { [field: string]: Json } => isRecord(value);

export const word = (value: unknown): string => (typeof value === "string" ? value : "");
