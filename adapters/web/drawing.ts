import type { Menu } from "../../src/bot/menu.ts";
import type { Card, File, Reader } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import type { Place } from "../../src/chat/request.ts";
import { renderForm as renderSlackForm } from "../slack/form.ts";
import { renderHome, renderCard as renderSlackCard } from "../slack/render.ts";
import { renderForm as renderTeamsForm } from "../teams/form.ts";
import { renderCard as renderTeamsCard } from "../teams/render.ts";

/** One platform's JSON, as its renderer made it. */
export type Json = object;

/** A message as both platforms take it; a drawing that is missing shows nothing there. */
export interface Drawn {
  slack: Json | undefined;
  teams: Json | undefined;
}

export type Side = keyof Drawn;

export interface Draw {
  card(card: Card, reader: Reader, place: Place, onlyFor: string | undefined): Required<Drawn>;
  /** What waits for a person: App Home in Slack, a card in Teams. */
  home(card: Card, reader: Reader): Required<Drawn>;
  form(form: Form, side: Side, zone: string): Json;
}

/** Draws with the platforms' own renderers, so that the page shows what Slack and Teams would be sent. */
export function createDraw(menu: Menu): Draw {
  const { needsForm } = menu;
  return {
    card(card, reader, place, onlyFor) {
      const personal = place.kind === "personal";
      const targeted = onlyFor !== undefined && !personal;
      // Slack knows an uploaded picture by an id; here it is its place among the message's files.
      const pictures = new Map(filesIn(card).map((file, index) => [file, String(index)]));
      return {
        slack: renderSlackCard(card, reader, {
          surface: "message",
          personal,
          ...(targeted ? { picturesApart: true } : { pictures }),
        }),
        teams: renderTeamsCard(card, reader, { needsForm, personal, targeted }),
      };
    },
    home: (card, reader) => ({
      slack: renderHome(card, reader),
      teams: renderTeamsCard(card, reader, { needsForm, personal: true, targeted: false }),
    }),
    form(form, side, zone) {
      switch (side) {
        case "slack":
          return renderSlackForm(form, { source: {}, zone });
        case "teams":
          return renderTeamsForm(form);
      }
    },
  };
}

/** Files and pictures, in the order of the card. */
export const filesIn = (card: Card): File[] =>
  card.blocks.flatMap((block) => (block.type === "file" || block.type === "image" ? [block.file] : []));
