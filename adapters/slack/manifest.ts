import type { Menu } from "../../src/bot/menu.ts";
import { shortcuts } from "../../src/bot/shortcuts.ts";
import { slashCharacters, slashCommands } from "./limits.ts";

export interface ManifestOptions {
  /** Public https address of Rounds. */
  url?: string;
  /** Put before every slash command. */
  prefix: string;
  /** Slack is asked for work over a socket; it then calls no address. */
  socketMode?: boolean;
}

/** The one path that Slack calls. */
export const eventsPath = "/slack/events";

/** What the bot is allowed to, and what for. */
export const scopes: Record<string, string> = {
  commands: "slash commands and shortcuts",
  "chat:write": "answers, reminders, and the cards they replace",
  "app_mentions:read": "messages that mention the bot, and no others in a channel",
  "im:history": "messages in a person's own chat with the bot",
  "im:write": "opening a person's own chat for what is theirs alone",
  "users:read": "name and time zone on first contact, and who is a guest",
  "users:read.email": "the e-mail address on first contact, which joins a person's identities",
  "files:read": "files that are sent to be imported, or handed in with a form",
  "files:write": "documents and pictures that the bot makes",
};

const placeholder = "https://rounds.example.org";

/** The app manifest for Slack. https://docs.slack.dev/reference/app-manifest */
export function slackManifest(menu: Menu, { url = placeholder, prefix, socketMode = false }: ManifestOptions) {
  const address = `${url.replace(/\/+$/, "")}${eventsPath}`;
  const called = socketMode ? {} : { request_url: address };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: "Rounds",
      description: "Incidents, reminders and follow-up for hospital departments.",
      long_description:
        "Report incidents, see what waits for you, and be reminded of what was promised. Type a slash command, write to " +
        "Rounds in your own chat with it, or mention it in a channel. Answers are private unless they are meant for " +
        "everybody. Chat is no place for patients' names or record numbers in the clear.",
      background_color: "#1F5FA8",
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: "Rounds", always_online: true },
      shortcuts: shortcuts.map(({ title, on, id, description }) => ({
        name: title,
        type: on === "message" ? "message" : "global",
        callback_id: id,
        description,
      })),
      slash_commands: commandsOf(menu, prefix).map((command) => ({
        ...command,
        should_escape: true,
        ...(!socketMode && { url: address }),
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(scopes) } },
    settings: {
      event_subscriptions: { ...called, bot_events: ["app_home_opened", "app_mention", "message.im"] },
      interactivity: {
        is_enabled: true,
        ...called,
        ...(!socketMode && { message_menu_options_url: address }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}

/**
 * Words that Slack keeps for commands of its own; `/rounds` takes them as its first word.
 * https://slack.com/help/articles/201259356-Slash-commands-in-Slack
 */
const keptBySlack = new Set(
  (
    "active apps archive away call canvas collapse dm dnd expand feed feedback giphy help huddle img invite join keys " +
    "kick leave list me msg mute open part prefs remind remove rename search settings shortcuts shrug star status " +
    "topic unarchive unmute who workflow"
  ).split(" "),
);

function commandsOf(menu: Menu, prefix: string) {
  const areas = menu.areas.filter((area) => prefix !== "" || !keptBySlack.has(area));
  const areaCommands = areas.map((area) => {
    const commands = menu.inArea(area);
    const [only] = commands.length === 1 ? commands : [];
    const verbs = commands.map((command) => command.path.split(" ").slice(1).join(" ")).filter((verb) => verb !== "");
    const single = only?.path === area ? only : undefined;
    return {
      command: `/${prefix}${area}`.slice(0, slashCharacters),
      description: single?.summary ?? `${capital(area)}: ${verbs.join(", ")}`,
      ...usageHint(single?.usage ?? verbs.join(" | ")),
    };
  });
  const rounds = {
    command: `/${prefix}rounds`,
    description: "Everything Rounds can do, in words or as a command.",
    ...usageHint("help, or a command, as incident report slipped on a wet floor 4W"),
  };
  return [rounds, ...areaCommands].slice(0, slashCommands);
}

const usageHint = (usage: string) => (usage === "" ? {} : { usage_hint: usage });

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
