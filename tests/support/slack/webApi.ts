import { blockFault, viewFault } from "./blocks.ts";
import type { Answer, Arguments, SlackView, Workspace } from "./workspace.ts";

const no = (error: string, more: Record<string, unknown> = {}): Answer => ({ body: { ok: false, error, ...more } });
const yes = (body: Record<string, unknown> = {}): Answer => ({ body: { ok: true, ...body } });

/** What a method of the Web API answers. */
export function callMethod(slack: Workspace, method: string, given: Arguments): Answer {
  const user = slack.users.get(String(given.user ?? given.user_id ?? ""));
  switch (method) {
    case "auth.test":
      return yes({
        url: "https://loopback.slack.example/",
        team: "Loopback General",
        team_id: slack.team,
        user: "rounds",
        user_id: slack.bot.user,
        bot_id: slack.bot.id,
        is_enterprise_install: false,
      });
    case "apps.connections.open":
      return yes({ url: slack.url.replace("http", "ws").replace("/api/", "/socket") });
    case "users.info":
      if (!user) return no("user_not_found");
      return yes({
        user: {
          id: user.id,
          team_id: user.team ?? slack.team,
          name: user.name,
          real_name: user.name,
          deleted: false,
          is_bot: user.bot ?? false,
          is_restricted: user.guest ?? false,
          is_ultra_restricted: false,
          is_stranger: user.team !== undefined,
          tz: user.tz,
          profile: { real_name: user.name, email: user.email },
        },
      });
    case "conversations.open": {
      const opened = String(given.users ?? "");
      return slack.users.has(opened) ? yes({ channel: { id: slack.directChannel(opened) } }) : no("user_not_found");
    }
    case "conversations.info":
      return yes({ channel: { id: given.channel, is_im: String(given.channel).startsWith("D") } });
    case "chat.postMessage":
    case "chat.postEphemeral":
      return post(slack, method, given);
    case "chat.update": {
      const message = slack.messages.find(
        (one) => one.ts === given.ts && one.channel === given.channel && one.onlyFor === undefined,
      );
      if (!message) return no("message_not_found");
      const fault = blockFault(given.blocks ?? [], "message") ?? slack.fileFault(given);
      if (fault) return no("invalid_blocks", { fault });
      Object.assign(message, { text: String(given.text ?? ""), blocks: given.blocks ?? [] });
      return yes({ channel: message.channel, ts: message.ts, text: message.text });
    }
    case "views.open": {
      const fault = slack.useTrigger(String(given.trigger_id ?? "")) ?? viewFault(given.view);
      const opener = slack.ownerOf(String(given.trigger_id));
      return fault
        ? no(fault.includes("trigger") ? fault : "invalid_arguments", { response_metadata: { messages: [fault] } })
        : yes({ view: slack.open(opener, given.view as SlackView) });
    }
    case "views.update": {
      const fault = viewFault(given.view);
      const found = [...slack.views].find(([, view]) => view.id === given.view_id);
      if (!found) return no("not_found");
      if (fault) return no("invalid_arguments", { response_metadata: { messages: [fault] } });
      return yes({ view: slack.open(found[0], given.view as SlackView, found[1].id) });
    }
    case "views.publish": {
      const fault = viewFault(given.view);
      if (fault) return no("invalid_arguments", { response_metadata: { messages: [fault] } });
      slack.homes.set(String(given.user_id), { ...(given.view as SlackView), id: `VHOME${String(given.user_id)}` });
      return yes({ view: given.view });
    }
    case "files.getUploadURLExternal": {
      const id = `F${slack.files.size + 1}`;
      slack.files.set(id, { name: String(given.filename), bytes: Buffer.alloc(0) });
      return yes({ upload_url: slack.url.replace("/api/", `/upload/${id}`), file_id: id });
    }
    case "files.completeUploadExternal": {
      const done = (typeof given.files === "string" ? JSON.parse(given.files) : given.files) as { id: string }[];
      for (const { id } of done) {
        const file = slack.files.get(id);
        if (file && given.channel_id) file.channel = String(given.channel_id);
        if (file && given.initial_comment) file.comment = String(given.initial_comment);
      }
      return yes({ files: done.map(({ id }) => ({ id, name: slack.files.get(id)?.name })) });
    }
    default:
      return no("unknown_method");
  }
}

function post(slack: Workspace, method: string, given: Arguments): Answer {
  const channel = String(given.channel ?? "");
  // A chat of two people is none of ours.
  const isOurs = !channel.startsWith("D") || [...slack.users.keys()].some((id) => slack.directChannel(id) === channel);
  if (!/^[CDG]/.test(channel) || !isOurs) return no("channel_not_found");
  if (slack.closedChannels.has(channel))
    return no(method === "chat.postEphemeral" ? "channel_not_found" : "not_in_channel");
  if (String(given.text ?? "").length > 40_000) return no("msg_too_long");
  if (!given.text && !given.blocks) return no("no_text");
  const onlyFor = method === "chat.postEphemeral" ? String(given.user) : undefined;
  const fault = (given.blocks ? blockFault(given.blocks, "message") : undefined) ?? slack.fileFault(given, onlyFor);
  if (fault) return no("invalid_blocks", { fault });
  const wait = slack.tooMany(channel);
  if (wait > 0)
    return { status: 429, headers: { "retry-after": String(wait) }, body: { ok: false, error: "ratelimited" } };
  const message = slack.keep(channel, given, onlyFor);
  return yes(
    message.onlyFor ? { message_ts: message.ts } : { channel, ts: message.ts, message: { text: message.text } },
  );
}
