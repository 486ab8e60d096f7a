import http from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { metricsText } from "./metrics.ts";

/** A port that cannot be had; the message says the way out. */
export class PortTaken extends Error {
  override name = "PortTaken";
}

/** The application that Slack and Teams reach, with health and metrics beside them. */
export function createWeb(isHealthy: () => Promise<boolean>): express.Application {
  const web = express();
  web.disable("x-powered-by");
  web.get("/health", async (_request, answer) => {
    const healthy = await isHealthy().catch(() => false);
    answer.status(healthy ? 200 : 503).json({ healthy });
  });
  web.get("/metrics", async (_request, answer) => {
    answer.type("text/plain").send(await metricsText());
  });
  return web;
}

export interface Listening {
  port: number;
  /** Takes no new requests, and ends when those in hand are answered. */
  close(): Promise<void>;
}

/**
 * Listens on the wished port. Without a wish on 3000, or on a free one where that is taken; throws {@link PortTaken} where
 * the wished one is.
 */
export async function listen(web: express.Application, host: string, wished: number | undefined): Promise<Listening> {
  const server = http.createServer(web);
  const began = await open(server, host, wished ?? 3000).catch((error: NodeJS.ErrnoException) => error);
  if (began instanceof Error) {
    if (began.code !== "EADDRINUSE" && began.code !== "EACCES") throw began;
    if (wished !== undefined)
      throw new PortTaken(
        `Port ${wished} cannot be used: ${began.code === "EACCES" ? "this user may not open it" : "another program has it"}. Set PORT to another one, or leave it out and a free one is found.`,
      );
    await open(server, host, 0);
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeIdleConnections();
      }),
  };
}

const open = (server: http.Server, host: string, port: number): Promise<void> =>
  new Promise((opened, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      opened();
    });
  });
