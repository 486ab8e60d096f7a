import type { Menu } from "../../src/bot/menu.ts";
import { type Shortcut, shortcuts } from "../../src/bot/shortcuts.ts";
import { commandsInList } from "./limits.ts";

export interface ManifestOptions {
  /** Application id of the bot. */
  clientId: string;
  /** Public address of Rounds. */
  url: string;
}

/** What the committed manifest holds in place of an installation's own. */
export const placeholders: ManifestOptions = {
  clientId: "00000000-0000-0000-0000-000000000000",
  url: "https://rounds.example",
};

/** The app manifest for Teams. https://learn.microsoft.com/microsoft-365/extensibility/schema */
export function teamsManifest(menu: Menu, options: Partial<ManifestOptions> = {}) {
  const { clientId, url } = { ...placeholders, ...options };
  return {
    $schema: "https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json",
    manifestVersion: "1.30",
    version: "1.0.0",
    id: clientId,
    developer: { name: "Rounds", websiteUrl: url, privacyUrl: url, termsOfUseUrl: url },
    name: { short: "Rounds", full: "Rounds for hospital departments" },
    description: {
      short: "Incidents, reminders and follow-up for hospital departments.",
      full:
        "Report incidents, see what waits for you, and be reminded of what was promised. Type a command or a plain " +
        "sentence in your own chat with Rounds, or mention it in a channel. Answers are private unless they are meant " +
        "for everybody.",
    },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#1F5FA8",
    bots: [
      {
        botId: clientId,
        scopes: ["personal", "team", "groupChat"],
        supportsFiles: true,
        isNotificationOnly: false,
        supportsTargetedMessages: true,
        commandLists: [
          commandList(menu, "personal", usedAlone),
          commandList(menu, "team", usedTogether),
          commandList(menu, "groupChat", usedTogether),
        ],
      },
    ],
    composeExtensions: [{ botId: clientId, commands: shortcuts.map(composeCommand) }],
    // Tells when a digest was read: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
    authorization: {
      permissions: { resourceSpecific: [{ name: "ChatMessageReadReceipt.Read.Chat", type: "Application" }] },
    },
    webApplicationInfo: { id: clientId, resource: url },
    permissions: ["identity", "messageTeamMembers"],
    defaultInstallScope: "personal",
    defaultGroupCapability: { team: "bot", groupchat: "bot" },
    supportsChannelFeatures: "tier1",
    validDomains: [new URL(url).host],
  };
}

/** An action that opens a dialog at once: under a message, or beside the composer, in the search box and as a slash command. */
const composeCommand = ({ id, title, description, on }: Shortcut) => ({
  id,
  type: "action",
  title,
  description,
  context: on === "message" ? ["message"] : ["compose", "commandBox"],
  ...(on === "anywhere" && { triggers: ["slash"] }),
  fetchTask: true,
});

/** Most used in a person's own chat, and among others; what the menu has besides fills the list. */
const usedAlone = [
  "todo",
  "incident report",
  "incident list",
  "incident show",
  "remind",
  "training mine",
  "budget show",
  "kpi show",
  "grievance log",
  "settings",
  "help",
];
const usedTogether = [
  "incident report",
  "incident list",
  "incident show",
  "todo",
  "meeting start",
  "meeting next",
  "agenda add",
  "action add",
  "kpi show",
  "remind",
  "help",
];

function commandList(menu: Menu, scope: "personal" | "team" | "groupChat", mostUsed: readonly string[]) {
  const first = mostUsed.flatMap((path) => menu.find(path) ?? []);
  const rest = menu.commands.filter((command) => !first.includes(command));
  return {
    scopes: [scope],
    triggers: ["mention", "slash"],
    commands: [...first, ...rest]
      .slice(0, commandsInList)
      .map((command) => ({ title: command.path, description: command.summary })),
  };
}
