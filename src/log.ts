import pino, { type DestinationStream } from "pino";

/** What may be logged: ids, codes and numbers. There is no field for what people write, and none is read from errors. */
export interface LogFields {
  /** The reference code that a person was given. */
  code?: string;
  organisation?: string;
  person?: string;
  record?: string;
  notice?: string;
  job?: string;
  command?: string;
  platform?: string;
  /** What kind of thing happened, from a fixed list of words. */
  reason?: string;
  status?: number;
  count?: number;
  attempt?: number;
  milliseconds?: number;
  port?: number;
  pid?: number;
  /** An error: only its class, code and the places in our code it passed through are kept, never its message. */
  cause?: unknown;
}

export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  return pino({ level, base: null, serializers: { cause: withoutMessage } }, destination);
}

/** An error without its message: messages of databases and platforms quote what people typed. */
function withoutMessage(cause: unknown): unknown {
  if (!(cause instanceof Error)) return { kind: typeof cause };
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  // A message may have several lines, and one of them may begin as a frame does: "at the bedside".
  const frames = (cause.stack ?? "")
    .replace(cause.message, "")
    .split("\n")
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  return { kind: cause.name, code, frames, ...(cause.cause !== undefined && { cause: withoutMessage(cause.cause) }) };
}
