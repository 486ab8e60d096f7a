import { setTimeout as pause } from "node:timers/promises";
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { SendFailed } from "../../src/chat/messenger.ts";
import { passingErrors } from "./limits.ts";

/** How long a call is tried again. */
export interface Patience {
  retries: number;
  /** The longest single wait, in milliseconds; what asks for more is given up. */
  longest: number;
}

/** For answers: somebody is looking at the chat. */
export const patient: Patience = { retries: 4, longest: 10_000 };
/** For jobs: a row is due again later, which is cheaper than waiting here. */
export const once: Patience = { retries: 0, longest: 0 };

/** Calls, and calls again where it may help. Throws {@link SendFailed}. */
export async function withRetry<Result>(call: () => Promise<Result>, patience: Patience): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (cause) {
      const failed = sendFailed(cause);
      const wait = failed.retryAfter ?? backoff(attempt);
      if (attempt >= patience.retries || failed.final || mayHaveArrived(cause) || wait > patience.longest) throw failed;
      await pause(wait);
    }
  }
}

/** Doubles from half a second, with jitter so that many senders do not come back together. */
export const backoff = (attempt: number): number => 500 * 2 ** attempt * (0.75 + Math.random() / 2);

/** A call that ran out of time may have been done: it is not made twice here. */
const mayHaveArrived = (cause: unknown): boolean => {
  const error = cause instanceof WebAPIRequestError ? cause.original : cause;
  return error instanceof Error && error.name === "TimeoutError";
};

function sendFailed(cause: unknown): SendFailed {
  if (cause instanceof SendFailed) return cause;
  if (cause instanceof WebAPIRateLimitedError)
    return new SendFailed("Slack asks to wait.", { final: false, retryAfter: cause.retryAfter * 1000, cause });
  if (cause instanceof WebAPIHTTPError) return statusFailed(cause.statusCode, null, cause);
  const error = refusal(cause);
  if (error !== undefined)
    return new SendFailed(`Slack answered ${error}.`, { final: !passingErrors.includes(error), cause });
  return new SendFailed("Slack gave no answer.", { final: false, cause });
}

/** `wait`: the seconds that Slack asks to wait, as its header has them. */
export function statusFailed(status: number, wait: string | null, cause?: unknown): SendFailed {
  return new SendFailed(`Slack answered ${status}.`, {
    final: status >= 400 && status < 500 && ![408, 412, 429].includes(status),
    retryAfter: wait !== null && /^\d+$/.test(wait) ? Number(wait) * 1000 : undefined,
    cause,
  });
}

/** The word that Slack refused a call with. */
export function refusal(cause: unknown): string | undefined {
  const platform = cause instanceof SendFailed ? cause.cause : cause;
  return platform instanceof WebAPIPlatformError ? platform.data.error : undefined;
}
