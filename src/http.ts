import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import express from "express";
import { metricsText } from "./metrics.ts";

/** An address or port that cannot be had; the message says the way out. */
export class CannotListen extends Error {
  override name = "CannotListen";
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
 * Listens on the wished port. Without a wish on 3000, or on a free one where that is taken; throws {@link CannotListen}
 * where the wished one is.
 */
export async function listen(web: express.Application, host: string, wished: number | undefined): Promise<Listening> {
  const server = http.createServer(web);
  const close = closing(server);
  const takenOrElse = (error: NodeJS.ErrnoException) => {
    if (wished !== undefined || !isTaken(error)) throw refused(error, host, wished);
    return open(server, host, 0);
  };
  await open(server, host, wished ?? 3000).catch(takenOrElse);
  return { port: (server.address() as AddressInfo).port, close };
}

/**
 * A server's orderly end. Node's own would wait for browsers' connections on which nothing has been asked yet, and for
 * those that are kept open after their last answer.
 */
function closing(server: http.Server): () => Promise<void> {
  const unused = new Set<Socket>();
  let ending = false;
  server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", (request, answer) => {
    unused.delete(request.socket);
    answer.once("close", () => ending && setImmediate(() => server.closeIdleConnections()));
  });
  return () =>
    new Promise((closed) => {
      ending = true;
      server.close(() => closed());
      for (const socket of unused) socket.destroy();
      server.closeIdleConnections();
    });
}

/** Another program has it, or this user may not open it. */
const isTaken = ({ code }: NodeJS.ErrnoException): boolean => code === "EADDRINUSE" || code === "EACCES";

function refused(error: NodeJS.ErrnoException, host: string, port: number | undefined): Error {
  if (error.code === "ENOTFOUND" || error.code === "EADDRNOTAVAIL")
    return new CannotListen(
      `${host} is no address of this machine. Set HOST to one that is, or leave it out: loopback is enough for a tunnel or proxy beside Rounds.`,
      { cause: error },
    );
  if (!isTaken(error)) return error;
  const why = error.code === "EACCES" ? "this user may not open it" : "another program has it";
  return new CannotListen(
    `Port ${port} cannot be used: ${why}. Set PORT to another one, or leave it out and a free one is found.`,
    { cause: error },
  );
}

const open = (server: http.Server, host: string, port: number): Promise<void> =>
  new Promise((opened, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      opened();
    });
  });
