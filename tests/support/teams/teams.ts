import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { cardFaults } from "./cardChecks.ts";
import { type CardJson, type Chat, cardOf, elements, guid, type Message, type Person } from "./chats.ts";
import { connectorRoutes } from "./connector.ts";
import { createLogin } from "./login.ts";
import { botId, botSecret, type Delivered, World } from "./world.ts";

export * from "./chats.ts";
export { until } from "./connector.ts";
export { botId, botSecret, type Delivered, homeTenant } from "./world.ts";

export interface Dialog {
  title: string;
  card: CardJson;
  chat: Chat;
  message: string | undefined;
  /** Opened from a menu of Teams' own, by this entry. */
  shortcut?: string;
}

/** A message that somebody wrote, as Teams hands it over with an entry of its menu. */
export interface Written {
  id: string;
  at: string;
  html: string;
}

/** A Teams of our own on loopback, with what people do in their clients. */
export class Teams extends World {
  /** Writes as the Teams client does: as HTML would have it, the bot mentioned where it must be. */
  says(person: Person, chat: Chat, text: string, options: { mentions?: Person[]; thread?: string } = {}) {
    const mentions = (options.mentions ?? []).map((one) => this.#mention(one.account, one.name));
    const own = chat.kind === "personal" ? [] : [this.#mention(`28:${botId}`, "Rounds")];
    const encoded = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    const mentioned = (options.mentions ?? []).reduce(
      (written, one) => written.replace(`@${one.name}`, `<at>${one.name}</at>`),
      encoded,
    );
    return this.deliver(person, chat, {
      type: "message",
      textFormat: "plain",
      text: chat.kind === "personal" ? mentioned : `<at>Rounds</at>\u00a0${mentioned}`,
      entities: [...own, ...mentions, this.#clientInfo(person)],
      ...(options.thread !== undefined && { thread: options.thread }),
    });
  }

  /** Sends a file, which Teams keeps in the person's own OneDrive; it comes with its name as HTML beside it. */
  sendsFile(
    person: Person,
    chat: Chat,
    name: string,
    bytes: string | Buffer,
    about: { url?: string; text?: string } = {},
  ) {
    const key = `${this.state.sent.size}-${name}`;
    this.state.sent.set(key, Buffer.from(bytes as string));
    return this.deliver(person, chat, {
      type: "message",
      textFormat: "plain",
      text: about.text ?? "",
      entities: [this.#clientInfo(person)],
      attachments: [
        { contentType: "text/html", content: `<p>${name}</p>` },
        {
          contentType: "application/vnd.microsoft.teams.file.download.info",
          contentUrl: `https://hospital-my.sharepoint.com/personal/${name}`,
          name,
          content: {
            downloadUrl: about.url ?? `${this.serviceUrl}sent/${encodeURIComponent(key)}`,
            uniqueId: key,
            fileType: name.split(".").at(-1),
          },
        },
      ],
    });
  }

  /** The slash form: only this person sees it. */
  slash(person: Person, chat: Chat, text: string) {
    return this.deliver(person, chat, {
      type: "message",
      textFormat: "plain",
      text,
      recipient: { id: `28:${botId}`, name: "Rounds", isTargeted: true },
      entities: [this.#clientInfo(person)],
    });
  }

  install(person: Person, chat: Chat) {
    return this.deliver(person, chat, { type: "installationUpdate", action: "add" });
  }

  /** Reads a chat up to a message, which Teams tells the bot where it may. */
  reads(person: Person, chat: Chat, until: string) {
    const name = "application/vnd.microsoft.readReceipt";
    return this.deliver(person, chat, { type: "event", name, value: { lastReadMessageId: until } });
  }

  /** Uses a button of a message; the answer is Teams' own for the kind of button. */
  async clicks(person: Person, message: Message, label: string): Promise<Delivered> {
    const button = elements(cardOf(message), "Action.Execute", "Action.Submit").find((one) => one.title === label);
    if (button === undefined) throw new Error(`There is no button ${label}.`);
    return button.type === "Action.Execute"
      ? this.#execute(person, message, button)
      : this.invoke(person, message.chat, "task/fetch", { data: button.data, context: { theme: "default" } }, message);
  }

  #execute(person: Person, message: Message, button: CardJson): Promise<Delivered> {
    const action = { type: "Action.Execute", verb: button.verb, data: button.data };
    return this.invoke(person, message.chat, "adaptiveCard/action", { action, trigger: "manual" }, message);
  }

  /** Opens the dialog of a button. */
  async opens(person: Person, message: Message, label: string): Promise<Dialog> {
    const answered = await this.clicks(person, message, label);
    return this.dialogOf(answered, message.chat, message.id);
  }

  /** Fills in a dialog and uses one of its buttons, the first when none is named. */
  submits(person: Person, dialog: Dialog, values: Record<string, string>, label?: string): Promise<Delivered> {
    const buttons = elements(dialog.card, "Action.Submit");
    const button = label === undefined ? buttons[0] : buttons.find((one) => one.title === label);
    if (button === undefined) throw new Error("The dialog has no such button.");
    const inputs = elements(dialog.card, ...inputTypes);
    const shown = Object.fromEntries(
      inputs.flatMap((input) => (input.value === undefined ? [] : [[String(input.id), String(input.value)]])),
    );
    const unknown = Object.keys(values).filter((id) => !inputs.some((input) => input.id === id));
    if (unknown.length > 0) throw new Error(`The dialog has no input ${unknown.join(", ")}.`);
    const data = { ...(button.data as object), ...shown, ...values };
    const context = { theme: "default" };
    return dialog.shortcut === undefined
      ? this.invoke(person, dialog.chat, "task/submit", { data, context })
      : this.invoke(person, dialog.chat, "composeExtension/submitAction", {
          commandId: dialog.shortcut,
          commandContext: "message",
          data,
          context,
        });
  }

  /** Chooses an entry of Teams' own menus: under a message, or beside the composer where there is none. */
  async chooses(person: Person, chat: Chat, shortcut: string, message?: Written): Promise<Dialog> {
    const answered = await this.invoke(person, chat, "composeExtension/fetchTask", {
      commandId: shortcut,
      commandContext: message === undefined ? "compose" : "message",
      context: { theme: "default" },
      ...(message !== undefined && {
        messagePayload: {
          id: message.id,
          messageType: "message",
          createdDateTime: message.at,
          linkToMessage: `https://teams.microsoft.com/l/message/${chat.id}/${message.id}`,
          from: { user: { id: guid("author"), displayName: "Some Author", userIdentityType: "aadUser" } },
          body: { contentType: "html", content: message.html },
        },
      }),
    });
    return { ...this.dialogOf(answered, chat), shortcut };
  }

  /** Reads a dialog from an answer and refuses one that Teams could not draw. */
  dialogOf(answered: Delivered, chat: Chat, message?: string): Dialog {
    const task = (answered.body as { task?: { type: string; value: { title: string; card: { content: CardJson } } } })
      ?.task;
    if (task?.type !== "continue") throw new Error(`No dialog was opened: ${JSON.stringify(answered.body)}`);
    const card = task.value.card.content;
    const faults = cardFaults(card, "dialog");
    if (faults.length > 0) throw new Error(`Teams could not draw the dialog: ${faults.join(" ")}`);
    return { title: task.value.title, card, chat, message };
  }

  search(person: Person, chat: Chat, dataset: string, queryText: string) {
    return this.invoke(person, chat, "application/search", {
      queryText,
      dataset,
      queryOptions: { skip: 0, top: 15 },
      kind: "search",
    });
  }

  /** Agrees to a file, which the bot then puts where Teams says. */
  agrees(person: Person, message: Message, action: "accept" | "decline" = "accept") {
    const [attachment] = message.activity.attachments as { name: string; content: Record<string, unknown> }[];
    const upload = guid(message.id);
    return this.invoke(person, message.chat, "fileConsent/invoke", {
      type: "fileUpload",
      action,
      context: attachment?.content.acceptContext,
      ...(action === "accept" && {
        uploadInfo: {
          uploadUrl: `${this.serviceUrl}upload/${upload}`,
          contentUrl: `https://drive.example/${attachment?.name}`,
          name: attachment?.name,
          uniqueId: upload,
          fileType: "txt",
        },
      }),
    });
  }

  #mention(id: string, name: string) {
    return { type: "mention", text: `<at>${name}</at>`, mentioned: { id, name } };
  }

  #clientInfo(person: Person) {
    return { type: "clientInfo", locale: "en-US", country: "US", platform: "Web", timezone: person.zone };
  }
}

const inputTypes = ["Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet"];

/** Starts a Teams on a free loopback port. */
export async function startTeams(): Promise<Teams> {
  const login = await createLogin(botId, botSecret);
  const web = express();
  web.use("/login", login.router);
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const teams = new Teams(url, login, async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  web.use("/amer", connectorRoutes(teams.state, login));
  return teams;
}
