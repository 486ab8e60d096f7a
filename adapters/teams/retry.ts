import { setTimeout as pause } from "node:timers/promises";
import { SendFailed } from "../../src/chat/messenger.ts";
import { retriedStatuses } from "./limits.ts";

/** How long an answer that a person waits for is tried again. */
export interface Patience {
  retries: number;
  /** The longest single wait, in milliseconds; what asks for more is given up. */
  longest: number;
}

/** For answers: somebody is looking at the chat. */
export const patient: Patience = { retries: 4, longest: 10_000 };
/** For jobs: a row is due again later, which is cheaper than waiting here. */
export const quick: Patience = { retries: 1, longest: 1_000 };

/** Sends, and sends again where Teams says that it may help. Throws {@link SendFailed}. */
export async function withRetry<Result>(send: () => Promise<Result>, patience: Patience): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (cause) {
      const failed = sendFailed(cause);
      const wait = failed.retryAfter ?? backoff(attempt);
      if (attempt >= patience.retries || !mayHelp(cause) || wait > patience.longest) throw failed;
      await pause(wait);
    }
  }
}

/** Doubles from half a second, with jitter so that many senders do not come back together. */
const backoff = (attempt: number): number => 500 * 2 ** attempt * (0.75 + Math.random() / 2);

/** Without an answer it may have arrived: only what Teams said it refused is sent again here. */
const mayHelp = (cause: unknown): boolean => retriedStatuses.includes(statusOf(cause) ?? 0);

function sendFailed(cause: unknown): SendFailed {
  if (cause instanceof SendFailed) return cause;
  const status = statusOf(cause);
  const final = status !== undefined && status >= 400 && status < 500 && ![401, 408, 412, 429].includes(status);
  const reason = status === undefined ? "Teams gave no answer." : `Teams answered ${status}.`;
  return new SendFailed(reason, { final, retryAfter: retryAfter(cause), cause });
}

/** The HTTP status that an error of the SDK's client carries. */
function statusOf(cause: unknown): number | undefined {
  const answer = cause instanceof SendFailed ? cause.cause : cause;
  const response = property(answer, "response");
  const status = property(response, "status");
  return typeof status === "number" ? status : undefined;
}

/** `Retry-After` in seconds or as a date. */
function retryAfter(cause: unknown): number | undefined {
  const header = property(property(property(cause, "response"), "headers"), "retry-after");
  if (typeof header !== "string") return undefined;
  const wait = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

const property = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : undefined;
