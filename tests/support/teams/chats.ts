import { createHash } from "node:crypto";

/** Somebody in Teams: an id of the bot's chats, and the directory's. */
export interface Person {
  account: string;
  user: string;
  name: string;
  email: string;
  tenant: string;
  guest: boolean;
  zone: string;
}

export interface Chat {
  id: string;
  kind: "personal" | "groupChat" | "channel";
  name: string;
  tenant: string;
  members: Person[];
}

/** A message of the bot. */
export interface Message {
  id: string;
  chat: Chat;
  /** The thread it hangs on, in a channel. */
  thread?: string;
  /** The one person who sees it. */
  targetedAt?: string;
  activity: Record<string, unknown>;
  /** How often it was replaced. */
  updates: number;
  serviceUrl: string;
}

/** An Adaptive Card, walked by tests. */
export type CardJson = { [name: string]: unknown };

/** The card of a message, if it has one. */
export function cardOf(message: Pick<Message, "activity">): CardJson {
  const [attachment] = Array.isArray(message.activity.attachments) ? message.activity.attachments : [];
  if (attachment?.contentType !== "application/vnd.microsoft.card.adaptive") throw new Error("There is no card.");
  return attachment.content;
}

/** Every object in the card of one of these types, in the order of reading. */
export function elements(card: unknown, ...types: string[]): CardJson[] {
  const found: CardJson[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ("type" in value && types.includes(String(value.type))) found.push(value as CardJson);
      for (const [name, part] of Object.entries(value)) if (name !== "data" && name !== "fallback") visit(part);
    }
  };
  visit(card);
  return found;
}

/** What a person reads in a card, one element a line. */
export function wordsOf(card: unknown): string {
  const said: string[] = [];
  for (const element of elements(card, "TextBlock", "RichTextBlock", "FactSet", "Action.Execute", "Action.Submit")) {
    if (element.type === "RichTextBlock")
      said.push(
        elements(element, "TextRun")
          .map((run) => String(run.text))
          .join(""),
      );
    else if (element.type === "FactSet" && Array.isArray(element.facts))
      said.push(...element.facts.map((fact) => `${fact.title}: ${fact.value}`));
    else if (String(element.type).startsWith("Action.")) said.push(`[${element.title}]`);
    else said.push(String(element.text));
  }
  return said.join("\n");
}

/** A stable id of the directory's kind. */
export function guid(of: string): string {
  const hex = createHash("sha256").update(of).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
