import { setTimeout as pause } from "node:timers/promises";
import { type Logger, SocketModeReceiver } from "@slack/bolt";
import type { WebClientOptions } from "@slack/web-api";
import type { Log } from "../../src/log.ts";
import { backoff } from "./retry.ts";

/**
 * Socket Mode's connection, which Slack renews every few hours. It is renewed here, because the SDK's own way ends the
 * process when Slack gives no new address at that moment.
 */
export class SocketConnection {
  readonly receiver: SocketModeReceiver;
  readonly #log: Log;
  readonly #ended = new AbortController();
  #isConnecting = true;

  constructor(appToken: string, clientOptions: WebClientOptions, logger: Logger, log: Log) {
    this.#log = log;
    this.receiver = new SocketModeReceiver({
      appToken,
      logger,
      installerOptions: { clientOptions },
      autoReconnectEnabled: false,
    });
    this.receiver.client.on("disconnected", () => void this.#renew());
  }

  async start(): Promise<void> {
    await this.receiver.start();
    this.#isConnecting = false;
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.receiver.stop();
  }

  async #renew(): Promise<void> {
    if (this.#isConnecting) return;
    this.#isConnecting = true;
    for (let attempt = 0; !this.#ended.signal.aborted; attempt += 1) {
      try {
        await this.receiver.client.start();
        break;
      } catch (cause) {
        this.#log.warn({ platform: "slack", reason: "socket", attempt, cause }, "Slack's socket is not there yet.");
        await pause(Math.min(backoff(attempt), longestWait), undefined, { signal: this.#ended.signal }).catch(() => {});
      }
    }
    this.#isConnecting = false;
  }
}

const longestWait = 30_000;
