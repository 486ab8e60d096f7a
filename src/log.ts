import pino from "pino";

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

export function createLog(level: string): Log {
  return pino({ level, base: null, serializers: { cause: withoutMessage } }, pino.destination({ dest: 2, sync: true }));
}

/** An error without its message: messages of databases and platforms quote what people typed. */
function withoutMessage(cause: unknown): unknown {
  if (!(cause instanceof Error)) return { kind: typeof cause };
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const frames = (cause.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  return { kind: cause.name, code, frames, ...(cause.cause !== undefined && { cause: withoutMessage(cause.cause) }) };
}
