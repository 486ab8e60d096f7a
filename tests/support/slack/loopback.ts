import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { callMethod } from "./webApi.ts";
import { type Answer, type Arguments, Workspace } from "./workspace.ts";

/** A Slack on loopback that refuses what the real one refuses: the Web API, response URLs, files and Socket Mode. */
export class LoopbackSlack extends Workspace {
  /** Milliseconds before each answer of the Web API, and before those of single methods. */
  delay = 0;
  readonly delays = new Map<string, number>();
  /** While set, a posted message is accepted and its answer is held back: what a killed sender never hears. */
  hold: Promise<void> | undefined;
  /** Answers that these methods, or a `response_url`, give instead, once each. */
  readonly failures: { method: string; answer: Answer }[] = [];
  readonly scopes: string[] = [];
  #server = http.createServer((request, response) => void this.#serve(request, response));
  #sockets = new Set<WebSocket>();
  #socketAnswers = new Map<string, (payload: unknown) => void>();

  async start(): Promise<void> {
    const sockets = new WebSocketServer({ server: this.#server, path: "/socket" });
    sockets.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("message", (data) => {
        const said = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown };
        this.#socketAnswers.get(said.envelope_id)?.(said.payload);
      });
      socket.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: "A1" } }));
    });
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  get isConnectedBySocket(): boolean {
    return this.#sockets.size > 0;
  }

  /** Ends the socket, as Slack does every few hours. */
  cutSocket(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Sends a payload over Socket Mode and returns what it is acknowledged with. */
  async bySocket(type: string, payload: unknown): Promise<unknown> {
    const [socket] = this.#sockets;
    if (!socket) throw new Error("Nobody is connected by Socket Mode.");
    const envelope = randomUUID();
    return new Promise((acknowledged) => {
      this.#socketAnswers.set(envelope, acknowledged);
      socket.send(JSON.stringify({ envelope_id: envelope, type, payload, accepts_response_payload: true }));
    });
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [, room, rest = ""] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    if (room === "download") {
      await this.holdDownloads;
      const instead = this.downloads.get(rest);
      if (instead) {
        response.writeHead(instead.status, instead.headers).end(instead.body);
        return;
      }
      const isAllowed = request.headers.authorization === `Bearer ${this.token}`;
      response.writeHead(isAllowed ? 200 : 403).end(isAllowed ? this.files.get(rest)?.bytes : undefined);
      return;
    }
    const answer = await this.#answer(room, rest, request, body);
    const delay = this.delays.get(rest) ?? this.delay;
    if (delay > 0) await new Promise((passed) => setTimeout(passed, delay));
    if (room === "api" && /^chat\.post/.test(rest) && this.hold) await this.hold;
    response.writeHead(answer.status ?? 200, {
      "content-type": "application/json",
      "x-oauth-scopes": this.scopes.join(","),
      ...answer.headers,
    });
    response.end(JSON.stringify(answer.body));
  }

  async #answer(room: string | undefined, rest: string, request: http.IncomingMessage, body: Buffer): Promise<Answer> {
    if (room === "upload") {
      const file = this.files.get(rest);
      if (file) file.bytes = body;
      return { body: { ok: true } };
    }
    if (room === "response")
      return this.#planned("response_url") ?? this.respond(rest, JSON.parse(body.toString()) as Arguments);
    if (room !== "api") return { status: 404, body: { ok: false } };
    const given = readArguments(request.headers["content-type"] ?? "", body);
    this.calls.push({ method: rest, given, at: Date.now() });
    const token = request.headers.authorization?.replace("Bearer ", "") ?? given.token;
    if (token !== (rest === "apps.connections.open" ? this.appToken : this.token))
      return { body: { ok: false, error: token ? "invalid_auth" : "not_authed" } };
    return this.#planned(rest) ?? callMethod(this, rest, given);
  }

  #planned(method: string): Answer | undefined {
    const index = this.failures.findIndex((one) => one.method === method);
    return index >= 0 ? this.failures.splice(index, 1)[0]?.answer : undefined;
  }
}

function readArguments(contentType: string, body: Buffer): Arguments {
  if (contentType.includes("json")) return JSON.parse(body.toString() || "{}") as Arguments;
  const given: Arguments = {};
  for (const [key, value] of new URLSearchParams(body.toString()))
    given[key] = ["blocks", "view", "attachments"].includes(key) ? JSON.parse(value) : value;
  return given;
}
