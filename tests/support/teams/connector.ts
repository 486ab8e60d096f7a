import { setTimeout as pause } from "node:timers/promises";
import express, { type Request, type Response, type Router } from "express";
import { messageBytes } from "../../../adapters/teams/limits.ts";
import { cardFaults } from "./cardChecks.ts";
import type { Chat, Message, Person } from "./chats.ts";
import type { Login } from "./login.ts";

/** A send that is kept open. */
export interface Held {
  /** Resolves when the bot has sent something. */
  arrived: Promise<void>;
  release(): void;
}

export interface ConnectorState {
  chats: Map<string, Chat>;
  people: Map<string, Person>;
  messages: Message[];
  /** Why something was refused, in the order of the refusals. */
  refused: string[];
  /** Whether tenants have messages for one person among many. */
  targeted: boolean;
  /** Sends a conversation may have in a second. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
  perSecond: number;
  /** Statuses to answer the next sends with; `dropped` takes the message and hangs up without an answer. */
  failures: ({ status: number; retryAfter?: number } | "dropped")[];
  holds: { when: "before" | "after"; arrived(): void; released: Promise<void> }[];
  /** When each accepted or refused send came, in a conversation. */
  sends: Map<string, number[]>;
  uploads: Map<string, Buffer>;
  /** Files that people sent, by the end of their addresses. */
  sent: Map<string, Buffer>;
  /** While set, downloads wait for it. */
  holdDownloads?: Promise<void>;
  nextId(): string;
  baseUrl(): string;
}

/** Teams' REST service: it takes what the real one takes and refuses what the real one refuses. */
export function connectorRoutes(state: ConnectorState, login: Login): Router {
  const router = express.Router();

  router.put("/upload/:file", express.raw({ type: () => true, limit: "10mb" }), (request, response) => {
    state.uploads.set(request.params.file, request.body);
    response.status(201).send({});
  });

  // The address is the key: no token is asked for.
  router.get("/sent/:file", async (request, response) => {
    await state.holdDownloads;
    if (request.params.file === "elsewhere") response.redirect("http://169.254.169.254/latest/meta-data");
    else {
      const bytes = state.sent.get(request.params.file);
      if (bytes === undefined) response.status(404).send({});
      else response.send(bytes);
    }
  });

  router.use(async (request, response, next) => {
    if (await login.accepts(request.headers.authorization)) next();
    else refuse(response, 401, "AuthorizationHeaderNotFound", "The bot's token is not one of ours.");
  });
  router.use(express.json({ limit: "10mb" }));

  function refuse(response: Response, status: number, code: string, why: string, retryAfter?: number): void {
    state.refused.push(`${status} ${why}`);
    if (retryAfter !== undefined) response.setHeader("retry-after", String(retryAfter));
    response.status(status).send({ error: { code, message: why } });
  }

  const find = (request: Request) => {
    const [id = "", thread] = String(request.params.conversation).split(";messageid=");
    return { chat: state.chats.get(id), thread };
  };

  /** What would be refused in any message; true when it was. */
  function refuses(request: Request, response: Response, chat: Chat | undefined): chat is undefined {
    const { body } = request;
    const failure = state.failures[0] === "dropped" ? undefined : state.failures.shift();
    if (failure !== undefined && failure !== "dropped")
      refuse(response, failure.status, "Throttled", `asked to fail with ${failure.status}`, failure.retryAfter);
    else if (chat === undefined) refuse(response, 404, "ConversationNotFound", "No such conversation.");
    else if (rate(chat) > state.perSecond) refuse(response, 429, "Throttled", "Too many messages.", 1);
    else if (bytes(body) > messageBytes) refuse(response, 413, "MessageSizeTooBig", `${bytes(body)} bytes.`);
    else {
      const faults = messageFaults(body);
      if (faults.length === 0) return false;
      refuse(response, 400, "BadSyntax", faults.join(" "));
    }
    return true;
  }

  function rate(chat: Chat): number {
    const now = Date.now();
    const recent = (state.sends.get(chat.id) ?? []).filter((at) => now - at < 1000);
    state.sends.set(chat.id, [...recent, now]);
    return recent.length + 1;
  }

  async function holding(when: "before" | "after"): Promise<void> {
    if (state.holds[0]?.when !== when) return;
    const hold = state.holds.shift();
    hold?.arrived();
    await hold?.released;
  }

  router.post("/v3/conversations", (request, response) => {
    const [member] = request.body.members ?? [];
    const person = [...state.people.values()].find((one) => one.account === member?.id || one.user === member?.id);
    if (person === undefined || request.body.tenantId !== person.tenant) {
      refuse(response, 403, "Forbidden", "The bot is not installed for this person.");
      return;
    }
    const id = personalChat(person);
    const chat = state.chats.get(id) ?? { id, kind: "personal", name: "", tenant: person.tenant, members: [person] };
    state.chats.set(id, chat);
    response.status(201).send({ id, activityId: "", serviceUrl: state.baseUrl() });
  });

  router.post("/v3/conversations/:conversation/activities", async (request, response) => {
    await holding("before");
    const { chat, thread } = find(request);
    if (refuses(request, response, chat) || chat === undefined) return;
    const targeted = request.query.isTargetedActivity === "true";
    const recipient = request.body.recipient;
    if (targeted !== (recipient?.isTargeted === true)) {
      refuse(response, 400, "BadArgument", "Only the address or only the recipient says that it is for one person.");
      return;
    }
    if (targeted && (!state.targeted || chat.kind === "personal")) {
      refuse(response, 400, "BadArgument", "There are no messages for one person here.");
      return;
    }
    const reader = chat.members.find((member) => member.account === recipient?.id);
    if (targeted && reader === undefined) {
      refuse(response, 403, "Forbidden", "This person is not in the conversation.");
      return;
    }
    const message: Message = {
      id: state.nextId(),
      chat,
      ...(thread !== undefined && { thread }),
      ...(targeted && reader && { targetedAt: reader.account }),
      activity: request.body,
      updates: 0,
      serviceUrl: state.baseUrl(),
    };
    state.messages.push(message);
    await holding("after");
    if (state.failures[0] === "dropped") {
      state.failures.shift();
      request.socket.destroy();
      return;
    }
    response.status(201).send({ id: message.id });
  });

  router.put("/v3/conversations/:conversation/activities/:activity", (request, response) => {
    const { chat } = find(request);
    if (refuses(request, response, chat) || chat === undefined) return;
    const message = state.messages.find((one) => one.chat.id === chat.id && one.id === request.params.activity);
    const targeted = request.query.isTargetedActivity === "true";
    if (message === undefined || targeted !== (message.targetedAt !== undefined)) {
      refuse(response, 404, "ActivityNotFoundInConversation", "No such message of the bot.");
      return;
    }
    message.activity = request.body;
    message.updates += 1;
    response.send({ id: message.id });
  });

  router.delete("/v3/conversations/:conversation/activities/:activity", (request, response) => {
    state.messages = state.messages.filter((one) => one.id !== request.params.activity);
    response.send({});
  });

  router.get("/v3/conversations/:conversation/members/:member", (request, response) => {
    const member = find(request).chat?.members.find((one) => [one.account, one.user].includes(request.params.member));
    if (member === undefined) refuse(response, 404, "MemberNotFoundInConversation", "Nobody of this name is here.");
    else response.send(profile(member));
  });

  router.get("/v3/conversations/:conversation/pagedMembers", (request, response) => {
    response.send({ members: (find(request).chat?.members ?? []).map(profile) });
  });

  return router;
}

export const personalChat = (person: Person): string => `a:1${Buffer.from(person.account).toString("base64url")}`;

const profile = (person: Person) => ({
  id: person.account,
  aadObjectId: person.user,
  name: person.name,
  ...(person.guest ? {} : { email: person.email }),
  userPrincipalName: person.guest ? `${person.email.replace("@", "_")}#EXT#@host.example` : person.email,
  userRole: person.guest ? "guest" : "user",
  tenantId: person.tenant,
});

/** Size as Teams counts: UTF-16, without pictures. */
function bytes(body: unknown): number {
  const counted = JSON.stringify(body, (key, value) =>
    key === "url" && String(value).startsWith("data:") ? undefined : value,
  );
  return counted.length * 2;
}

function messageFaults(body: Record<string, unknown>): string[] {
  const attachments = Array.isArray(body.attachments) ? body.attachments : [];
  if (attachments.length === 0 && typeof body.text !== "string") return ["The message is empty."];
  return attachments.flatMap((attachment) =>
    attachment.contentType === "application/vnd.microsoft.card.adaptive"
      ? cardFaults(attachment.content, "message")
      : [],
  );
}

/** Waits until something is true, and says what was waited for when it never is. */
export async function until<Found>(
  what: string,
  look: () => Found | undefined | false,
  longest = 60_000,
): Promise<Found> {
  const end = Date.now() + longest;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await pause(10);
  }
}
