import type { Place } from "../chat/request.ts";
import { data, type Text, text, words } from "../chat/text.ts";

const platforms: Record<Place["platform"], string> = {
  slack: "Slack",
  teams: "Teams",
  web: "simulator",
  shell: "shell",
};

/** "#4-west-huddle", or what is known of a place whose name the platform did not say. */
export function placeName({ name, platform, conversation, kind }: Place): Text {
  if (name !== undefined) return text`${data(kind === "channel" ? `#${name}` : name)}`;
  const sort = kind === "channel" ? "channel" : "chat";
  return text`${words(`a ${platforms[platform]} ${sort}`)} (${data(conversation.slice(0, 24))})`;
}
