import type { Attachment, Client } from "@microsoft/teams.api";
import type { IAdaptiveCard } from "@microsoft/teams.cards";
import type { Place } from "../../src/chat/request.ts";
import { conversationId } from "./read.ts";
import { type Patience, withRetry } from "./retry.ts";

/** A message as it goes to Teams: a card, or an attachment of Teams' own such as a file's consent. */
export interface Message {
  attachment: Attachment;
  /** The line that notifications and lists show. */
  summary?: string;
}

export const cardMessage = (card: IAdaptiveCard): Message => ({
  attachment: { contentType: "application/vnd.microsoft.card.adaptive", content: card },
  ...(card.fallbackText !== undefined && { summary: card.fallbackText }),
});

export interface Member {
  name: string;
  /** The directory's id. */
  user?: string;
  email?: string;
  guest: boolean;
}

/** Teams' REST service. Every conversation has its own address, which came with it and may move. */
export class Connector {
  readonly #api: Client;
  readonly #bot: string;

  constructor(api: Client, bot: string) {
    this.#api = api;
    this.#bot = bot;
  }

  /** Sends a message and returns its id; with an account, only that person sees it. */
  async send(place: Place, message: Message, patience: Patience, account?: string): Promise<string> {
    const { conversations } = this.#at(place);
    const activity = {
      ...this.#activity(message),
      ...(account !== undefined && { recipient: { id: account, role: "user" as const, isTargeted: true } }),
    };
    const to = conversationId(place);
    const sent = await withRetry(
      () =>
        account === undefined
          ? conversations.createActivity(to, activity)
          : conversations.createTargetedActivity(to, activity),
      patience,
    );
    return sent.id;
  }

  /** Replaces a message of ours. */
  async update(place: Place, id: string, message: Message, patience: Patience, targeted = false): Promise<void> {
    const { conversations } = this.#at(place);
    const activity = { ...this.#activity(message), id };
    const to = conversationId(place);
    await withRetry(
      () =>
        targeted
          ? conversations.updateTargetedActivity(to, id, activity)
          : conversations.updateActivity(to, id, activity),
      patience,
    );
  }

  /** Opens a person's own chat with the bot, or finds the one there is. */
  async open(tenant: string, user: string, serviceUrl: string | undefined, patience: Patience): Promise<Place> {
    const api = serviceUrl === undefined ? this.#api : this.#api.clone({ serviceUrl });
    const opened = await withRetry(
      () =>
        api.conversations.create({
          members: [{ id: user, role: "user" }],
          tenantId: tenant,
          channelData: { tenant: { id: tenant } },
        }),
      patience,
    );
    return {
      platform: "teams",
      tenant,
      conversation: opened.id,
      kind: "personal",
      serviceUrl: serviceUrl ?? this.#api.serviceUrl,
    };
  }

  async member(place: Place, account: string, patience: Patience): Promise<Member> {
    const { conversations } = this.#at(place);
    const member = await withRetry(
      () => conversations.getMemberById(place.conversation, encodeURIComponent(account)),
      patience,
    );
    const principal = member.userPrincipalName ?? "";
    const email = member.email ?? (principal.includes("#EXT#") ? undefined : member.userPrincipalName);
    return {
      name: member.name,
      ...(member.aadObjectId !== undefined && { user: member.aadObjectId }),
      ...(email !== undefined && { email }),
      guest: member.userRole === "guest" || principal.includes("#EXT#"),
    };
  }

  #at(place: Place): Client {
    return place.serviceUrl === undefined ? this.#api : this.#api.clone({ serviceUrl: place.serviceUrl });
  }

  #activity({ attachment, summary }: Message) {
    return {
      type: "message" as const,
      from: { id: `28:${this.#bot}`, role: "bot" as const },
      attachments: [attachment],
      ...(summary !== undefined && { summary }),
    };
  }
}
