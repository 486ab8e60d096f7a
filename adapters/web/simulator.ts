import express from "express";
import type { Card, Reader } from "../../src/chat/card.ts";
import { type Messenger, SendFailed } from "../../src/chat/messenger.ts";
import type { Place } from "../../src/chat/request.ts";
import { plain } from "../../src/chat/text.ts";
import { createApi, type SimulatorOptions } from "./api.ts";
import { Conversations, ownChat } from "./conversations.ts";
import { createDraw, type Draw, filesIn } from "./drawing.ts";
import { createGuard } from "./guard.ts";
import { servePage } from "./servePage.ts";
import { Turns } from "./turns.ts";

export interface Simulator {
  messenger: Messenger;
  app: express.Application;
  /** The port that the app listens on; before it is known, nothing is answered. */
  servedAt(port: number): void;
  stop(): Promise<void>;
}

/** Slack and Teams in one page, for this machine only: people, conversations, and every message as both are sent it. */
export function createSimulator({ bot, people, channels, log }: SimulatorOptions): Simulator {
  const conversations = new Conversations(channels);
  const draw = createDraw(bot.menu);
  const guard = createGuard();
  const api = createApi({ bot, people, channels, conversations, turns: new Turns(bot, conversations, draw), log });

  const app = express();
  app.disable("x-powered-by");
  app.use(guard.check);
  app.use("/api", api.router);
  servePage(app, log);

  const messenger: Messenger = {
    platform: "web",
    async personal(identity) {
      return { platform: "web", tenant: identity.tenant, conversation: ownChat(identity), kind: "personal" };
    },
    async post(place, card, reader) {
      return conversations.add({ conversation: place.conversation, ...shown(draw, place, card, reader) }).id;
    },
    async update(place, message, card, reader) {
      if (!conversations.replace(place.conversation, message, shown(draw, place, card, reader)))
        throw new SendFailed("The message is gone.", { final: true });
    },
    async profile(identity) {
      const known = (await people()).find((somebody) => somebody.identity.user === identity.user);
      return known && { name: known.name, guest: false };
    },
  };
  return { messenger, app, servedAt: guard.servedAt, stop: api.stop };
}

/** What everybody in a place sees of a card. */
const shown = (draw: Draw, place: Place, card: Card, reader: Reader) => ({
  drawn: draw.card(card, reader, place, undefined),
  summary: plain(card.summary, reader.zone),
  zone: reader.zone,
  files: filesIn(card),
});
