import { createHash } from "node:crypto";
import type { Input } from "../chat/card.ts";
import type { Platform } from "../chat/request.ts";

/** What stands in a platform's own menus: under each message, and where no message is. */
export interface Shortcut {
  /** The id in both platforms' manifests. */
  id: string;
  /** At most 24 characters, Slack's limit for a shortcut's name. */
  title: string;
  /** At most 128 characters, Teams' limit. */
  description: string;
  on: "message" | "anywhere";
  command: string;
  /** The command's input, from the message that it stands under. */
  input(message: Written): Input;
}

/** A message that somebody wrote in a chat. */
export interface Written {
  platform: Platform;
  conversation: string;
  /** The platform's id of the message, in its conversation. */
  id: string;
  text: string;
  at?: Date;
}

export const shortcuts: readonly Shortcut[] = [
  {
    id: "report_incident",
    title: "Report an incident",
    description: "Opens the form for an incident, a near miss or an unsafe condition.",
    on: "anywhere",
    command: "incident report",
    input: () => ({}),
  },
  {
    id: "report_message",
    title: "Report an incident",
    description: "Opens the form with the message's text. Nothing leads back to the message.",
    on: "message",
    command: "incident report",
    // The words alone: where and when they were written could tell who reports.
    input: ({ text }) => (text === "" ? {} : { what: quoted(text) }),
  },
  {
    id: "add_to_incident",
    title: "Add to incident",
    description: "Adds the message to the timeline of an incident, with the time it was written.",
    on: "message",
    command: "incident note",
    input: (message) => ({
      ...(message.text !== "" && { note: quoted(message.text) }),
      ...(message.at !== undefined && { said: message.at.toISOString() }),
      message: keyOf(message),
    }),
  },
];

/** Always quoted, also when people add their own words: else it would show who of those in the chat reports. */
const quoted = (text: string): string => `“${text}”`;

/** The same for whoever adds it, and nothing that leads to the message. */
const keyOf = ({ platform, conversation, id }: Written): string =>
  createHash("sha256")
    .update(JSON.stringify([platform, conversation, id]))
    .digest("hex");
