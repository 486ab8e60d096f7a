import { type CardJson, elements, until } from "../support/teams/teams.ts";

/** A message of the bot as the Playground's own page gets it. */
export interface PageMessage {
  id: string;
  conversation: string;
  card: CardJson;
}

/** What the Playground's page does, without a browser: it sends what people do and listens for messages. */
export class Page {
  readonly messages: PageMessage[] = [];
  readonly #url: string;
  readonly #socket: WebSocket;

  constructor(url: string) {
    this.#url = url;
    this.#socket = new WebSocket(`${url.replace("http:", "ws:")}/_ws_conversation/v1/conversations/stream`);
    this.#socket.addEventListener("message", (event) => this.#hear(JSON.parse(String(event.data))));
  }

  opened(): Promise<boolean> {
    return until("the page's stream", () => this.#socket.readyState === WebSocket.OPEN);
  }

  close(): void {
    this.#socket.close();
  }

  #hear(heard: {
    action: string;
    actionConversationId: string;
    message: { messageId: string; attachments?: { content: CardJson }[] };
  }): void {
    const card = heard.message?.attachments?.[0]?.content;
    if (card === undefined) return;
    const message = { id: heard.message.messageId, conversation: heard.actionConversationId, card };
    const known = this.messages.findIndex((one) => one.id === message.id);
    if (known === -1) this.messages.push(message);
    else this.messages[known] = message;
  }

  /** Waits for the n-th message of the bot. */
  nth(count: number): Promise<PageMessage> {
    return until(`message ${count} in the Playground`, () => this.messages[count - 1]);
  }

  install(conversation: string): Promise<unknown> {
    return this.#post(`/_debug/conversation/${conversation}/installation`, {});
  }

  says(user: string, conversation: string, text: string, bot?: { id: string; name: string }): Promise<unknown> {
    return this.#post(`/_conversation/v1/conversations/${conversation}/messages`, {
      type: "text",
      text: bot ? `<at>${bot.name}</at> ${text}` : text,
      textFormat: bot ? "xml" : "plain",
      from: { id: user },
      ...(bot && { mentions: [{ mentioned: { id: bot.id }, text: `<at>${bot.name}</at>` }] }),
    });
  }

  /** Uses a button that runs at once, and gives what the bot answered. */
  clicks(user: string, message: PageMessage, label: string): Promise<{ type: string; value: unknown }> {
    const button = elements(message.card, "Action.Execute").find((one) => one.title === label);
    if (button === undefined) throw new Error(`There is no button ${label}.`);
    return this.#post("/_conversation/v1/invoke", {
      name: "adaptiveCard/action",
      conversation: { id: message.conversation },
      from: { id: user },
      replyToId: message.id,
      value: { action: { type: "Action.Execute", verb: button.verb, data: button.data }, trigger: "manual" },
    });
  }

  async #post<Answer>(path: string, body: unknown): Promise<Answer> {
    const answer = await fetch(this.#url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The Playground answered ${answer.status} to ${path}: ${text}`);
    return (text === "" || text === "OK" ? undefined : JSON.parse(text)) as Answer;
  }
}
