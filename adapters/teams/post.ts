import type { Menu } from "../../src/bot/menu.ts";
import type { Card, Reader } from "../../src/chat/card.ts";
import { type Messenger, SendFailed } from "../../src/chat/messenger.ts";
import type { Identity, Place, Profile } from "../../src/chat/request.ts";
import { type Connector, cardMessage } from "./connector.ts";
import type { Files } from "./files.ts";
import type { People } from "./people.ts";
import { renderCard } from "./render.ts";
import { quick } from "./retry.ts";

/** How jobs reach Teams. A send that fails is not tried for long: its row is due again. */
export function teamsMessenger(menu: Menu, connector: Connector, people: People, files: Files): Messenger {
  const drawn = (place: Place, card: Card, reader: Reader) =>
    cardMessage(
      renderCard(card, reader, {
        needsForm: menu.needsForm,
        personal: place.kind === "personal",
        targeted: false,
      }),
    );
  return {
    platform: "teams",

    async personal(identity) {
      const known = await people.personalPlace(identity);
      if (known !== undefined) return known;
      const seen = people.seen(identity);
      const opened = await connector.open(
        identity.tenant,
        seen?.account ?? identity.user,
        seen?.place.serviceUrl,
        quick,
      );
      await people.remember(identity, opened);
      return opened;
    },

    async post(place, card, reader) {
      const id = await connector.send(place, drawn(place, card, reader), quick);
      if (place.kind === "personal") await files.offer(place, card, quick);
      return id;
    },

    update: (place, message, card, reader) => connector.update(place, message, drawn(place, card, reader), quick),

    profile: (identity) => profile(identity, connector, people),
  };
}

async function profile(identity: Identity, connector: Connector, people: People): Promise<Profile | undefined> {
  const seen = people.seen(identity);
  const place = seen?.place ?? (await people.personalPlace(identity));
  if (place === undefined) return undefined;
  const account = seen?.account ?? identity.user;
  /** A menu of Teams is also in chats that the bot is not in and learns nothing of; there is the person's own then. */
  const inOwnChat = async (cause: unknown) => {
    if (!(cause instanceof SendFailed && cause.final) || place.kind === "personal") throw cause;
    return connector.member(await connector.open(identity.tenant, account, place.serviceUrl, quick), account, quick);
  };
  try {
    const member = await connector.member(place, account, quick).catch(inOwnChat);
    return {
      name: member.name,
      ...(member.email !== undefined && { email: member.email }),
      ...(seen?.zone !== undefined && { zone: seen.zone }),
      guest: member.guest,
    };
  } catch (cause) {
    if (cause instanceof SendFailed && cause.final) return undefined;
    throw cause;
  }
}
