import { randomUUID } from "node:crypto";
import { optionFault } from "./blockElements.ts";
import { chosen, type Element, findButton, inputBlock, shown } from "./screen.ts";
import { type Delivery, type HowSent, SignedSender } from "./signed.ts";
import type { SlackMessage, SlackView } from "./workspace.ts";

export { findButton, textOf } from "./screen.ts";
export type { Delivery } from "./signed.ts";

type Payload = Record<string, unknown>;

/** Slack's own side of HTTP: what it sends when people type, click and submit, signed as it signs. */
export class SlackSenders extends SignedSender {
  async slash(
    user: string,
    channel: string,
    command: string,
    text: string,
    how: HowSent & { triggerAge?: number } = {},
  ): Promise<Delivery> {
    const delivery = await this.form({ ...this.slashPayload(user, channel, command, text, how.triggerAge) }, how);
    if (delivery.status === 200 && delivery.body.startsWith("{"))
      this.slack.takeCommandAnswer(channel, user, JSON.parse(delivery.body) as Payload);
    return delivery;
  }

  slashPayload(user: string, channel: string, command: string, text: string, triggerAge = 0): Record<string, string> {
    return {
      token: "t",
      command,
      text,
      user_id: user,
      user_name: user.toLowerCase(),
      team_id: this.slack.users.get(user)?.team ?? this.slack.team,
      team_domain: "loopback",
      channel_id: channel,
      channel_name: channel.startsWith("D") ? "directmessage" : "huddle",
      api_app_id: "A1",
      response_url: this.slack.responseUrl(channel, user),
      trigger_id: this.slack.trigger(user, triggerAge),
    };
  }

  /** A message to the bot in its own chat with the user. */
  directMessage(user: string, text: string, more: Payload = {}, how: HowSent = {}): Promise<Delivery> {
    return this.event(
      {
        type: "message",
        channel_type: "im",
        channel: this.slack.directChannel(user),
        user,
        text,
        ts: stamp(),
        ...more,
      },
      how,
    );
  }

  mention(user: string, channel: string, text: string, more: Payload = {}, how: HowSent = {}): Promise<Delivery> {
    return this.event(
      { type: "app_mention", channel, user, text: `<@${this.slack.bot.user}> ${text}`, ts: stamp(), ...more },
      how,
    );
  }

  opensHome(user: string): Promise<Delivery> {
    return this.event({
      type: "app_home_opened",
      user,
      channel: this.slack.directChannel(user),
      tab: "home",
      event_ts: stamp(),
    });
  }

  event(event: Payload, how: HowSent = {}): Promise<Delivery> {
    const team = this.slack.users.get(String(event.user))?.team;
    const payload = {
      token: "t",
      team_id: this.slack.team,
      api_app_id: "A1",
      type: "event_callback",
      event_id: `Ev${randomUUID()}`,
      event_time: Math.floor(Date.now() / 1000),
      event: { event_ts: event.ts, team: team ?? this.slack.team, ...(team && { user_team: team }), ...event },
      authorizations: [{ team_id: this.slack.team, user_id: this.slack.bot.user, is_bot: true }],
    };
    return this.send(JSON.stringify(payload), "application/json", how);
  }

  /** Clicks the button with this label in a message, in a Home or in an open view. */
  click(
    user: string,
    on: SlackMessage | SlackView,
    label: string,
    how: HowSent & { triggerAge?: number } = {},
  ): Promise<Delivery> {
    const { block, element } = findButton(on.blocks, label);
    const message = "ts" in on ? on : undefined;
    return this.#interaction(
      {
        type: "block_actions",
        user: this.#user(user),
        trigger_id: this.slack.trigger(user, how.triggerAge),
        actions: [
          {
            type: "button",
            block_id: block.block_id ?? "b",
            action_id: element.action_id,
            value: element.value,
            text: element.text,
            action_ts: stamp(),
          },
        ],
        ...(message
          ? {
              container: {
                type: "message",
                message_ts: message.ts,
                channel_id: message.channel,
                is_ephemeral: message.onlyFor !== undefined,
                ...(message.thread && { thread_ts: message.thread }),
              },
              channel: { id: message.channel, name: "huddle" },
              ...(message.onlyFor === undefined && {
                message: {
                  type: "message",
                  ts: message.ts,
                  text: message.text,
                  blocks: message.blocks,
                  ...(message.thread && { thread_ts: message.thread }),
                },
              }),
              response_url: this.slack.responseUrl(message.channel, user, message.ts),
            }
          : { container: { type: "view", view_id: (on as SlackView).id }, view: on }),
      },
      how,
    );
  }

  globalShortcut(user: string, callback: string): Promise<Delivery> {
    return this.#interaction({
      type: "shortcut",
      callback_id: callback,
      user: this.#user(user),
      trigger_id: this.slack.trigger(user),
      action_ts: stamp(),
    });
  }

  messageShortcut(user: string, callback: string, channel: string, text: string): Promise<Delivery> {
    return this.#interaction({
      type: "message_action",
      callback_id: callback,
      user: this.#user(user),
      trigger_id: this.slack.trigger(user),
      action_ts: stamp(),
      message_ts: "1700000000.000200",
      channel: { id: channel, name: "huddle" },
      message: { type: "message", user: "UOTHER", text, ts: "1700000000.000200" },
      response_url: this.slack.responseUrl(channel, user),
    });
  }

  /** What an entry field is offered for what is typed so far: labels, and values to choose. */
  async suggest(user: string, field: string, typed: string): Promise<{ text: { text: string }; value: string }[]> {
    const view = this.#open(user);
    const block = inputBlock(view, field);
    const element = block.element as Element;
    const delivery = await this.#interaction({
      type: "block_suggestion",
      user: this.#user(user),
      action_id: element.action_id,
      block_id: block.block_id,
      value: typed,
      container: { type: "view", view_id: view.id },
      view,
    });
    const { options } = JSON.parse(delivery.body) as { options: { text: { text: string }; value: string }[] };
    const fault = options.map(optionFault).find((one) => one !== undefined);
    if (fault) throw new Error(`Slack would not show these options: ${fault}`);
    return options;
  }

  /**
   * Submits the user's open modal; what is not named stays as it is shown. Values in written form: a code, an id,
   * `2026-11-23T06:10` in UTC, true; a file as the JSON of what was handed in.
   */
  async submit(
    user: string,
    values: Record<string, string | boolean | string[]>,
    how: HowSent = {},
  ): Promise<
    Delivery & { answer: { response_action?: string; errors?: Record<string, string>; view?: SlackView } | undefined }
  > {
    const view = this.#open(user);
    for (const field of Object.keys(values)) inputBlock(view, field);
    const state = Object.fromEntries(
      view.blocks
        .filter((block) => block.type === "input")
        .map((block) => {
          const element = block.element as Element;
          const field = Object.keys(values).find((name) => inputBlock(view, name) === block);
          return [
            block.block_id,
            {
              [element.action_id]:
                field === undefined
                  ? (view.kept?.typed[String(block.block_id)]?.[element.action_id] ?? shown(element))
                  : chosen(element, values[field] as string | boolean | string[]),
            },
          ];
        }),
    );
    const delivery = await this.#interaction(
      {
        type: "view_submission",
        user: this.#user(user),
        trigger_id: this.slack.trigger(user),
        view: { ...view, kept: undefined, state: { values: state } },
        response_urls: [],
      },
      how,
    );
    const answer = delivery.body
      ? (JSON.parse(delivery.body) as { response_action?: string; errors?: Record<string, string>; view?: SlackView })
      : undefined;
    if (delivery.status === 200) this.slack.takeSubmissionAnswer(user, answer, state);
    return { ...delivery, answer };
  }

  #open(user: string): SlackView {
    const view = this.slack.views.get(user);
    if (!view) throw new Error(`${user} has no open modal.`);
    return view;
  }

  #user = (id: string): Payload => ({
    id,
    username: id.toLowerCase(),
    team_id: this.slack.users.get(id)?.team ?? this.slack.team,
  });

  #interaction(payload: Payload, how: HowSent = {}): Promise<Delivery> {
    return this.form(
      {
        payload: JSON.stringify({
          token: "t",
          team: { id: this.slack.team, domain: "loopback" },
          api_app_id: "A1",
          is_enterprise_install: false,
          enterprise: null,
          ...payload,
        }),
      },
      how,
    );
  }
}

let stamps = 0;
const stamp = (): string => `${Math.floor(Date.now() / 1000)}.${String(++stamps).padStart(6, "0")}`;
