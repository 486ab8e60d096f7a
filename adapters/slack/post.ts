import { type Messenger, SendFailed } from "../../src/chat/messenger.ts";
import type { Identity, Profile } from "../../src/chat/request.ts";
import type { Log } from "../../src/log.ts";
import type { Connector } from "./connector.ts";
import { once, patient, refusal } from "./retry.ts";

/** How jobs reach Slack. A send that fails is not tried again here: its row is due again. */
export function slackMessenger(connector: Connector, log: Log): Messenger {
  return {
    platform: "slack",

    personal: async ({ tenant, user }) => ({
      platform: "slack",
      tenant,
      conversation: await connector.openChat(user, once),
      kind: "personal",
    }),

    async post(place, card, reader) {
      const id = await connector.post(place, card, reader, once);
      if (place.kind === "personal")
        // The message has arrived: failing now would send it a second time.
        await connector
          .giveFiles(place.conversation, card, patient)
          .catch((cause) => log.error({ platform: "slack", reason: "file", cause }, "A file could not be given."));
      return id;
    },

    update: (place, message, card, reader) => connector.update(place, message, card, reader, once),

    profile: (identity) => profile(identity, connector),
  };
}

async function profile({ user: id }: Identity, connector: Connector): Promise<Profile | undefined> {
  try {
    const user = await connector.user(id, patient);
    if (user === undefined) return undefined;
    const name = user.profile?.real_name || user.real_name || user.name || id;
    const email = user.profile?.email;
    const { is_restricted, is_ultra_restricted, is_stranger, is_bot, deleted } = user;
    return {
      name,
      ...(email && { email }),
      ...(user.tz && { zone: user.tz }),
      guest: [is_restricted, is_ultra_restricted, is_stranger, is_bot, deleted].includes(true),
    };
  } catch (cause) {
    if (cause instanceof SendFailed && ["user_not_found", "user_not_visible"].includes(refusal(cause) ?? ""))
      return undefined;
    throw cause;
  }
}
