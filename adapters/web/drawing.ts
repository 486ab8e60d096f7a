import type { Menu } from "../../src/bot/menu.ts";
import type { Card, Reader } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import type { Place } from "../../src/chat/request.ts";
import { renderForm as renderTeamsForm } from "../teams/form.ts";
import { renderCard as renderTeamsCard } from "../teams/render.ts";
import { renderCard as renderSlackCard, renderForm as renderSlackForm } from "./standIn.ts";

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
  form(form: Form, side: Side, zone: string): Json;
}

/** Draws with the platforms' own renderers, so that the page shows what Slack and Teams would be sent. */
export function createDraw(menu: Menu): Draw {
  return {
    card: (card, reader, place, onlyFor) => ({
      slack: renderSlackCard(card, reader),
      teams: renderTeamsCard(card, reader, {
        needsForm: menu.needsForm,
        personal: place.kind === "personal",
        targeted: onlyFor !== undefined && place.kind !== "personal",
      }),
    }),
    form(form, side) {
      switch (side) {
        case "slack":
          return renderSlackForm(form);
        case "teams":
          return renderTeamsForm(form);
      }
    },
  };
}
