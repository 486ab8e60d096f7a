import { createHmac, randomUUID } from "node:crypto";
import { optionFault } from "./blocks.ts";
import type { Block, LoopbackSlack, SlackMessage, SlackView } from "./loopback.ts";

type Payload = Record<string, unknown>;
type Element = Record<string, unknown> & { type: string; action_id: string };

export interface Delivery {
  status: number;
  body: string;
  /** Sends the very same bytes again, as Slack does when it heard no answer. */
  again(): Promise<Delivery>;
}

export interface HowSent {
  /** Seconds that the timestamp is old. */
  old?: number;
  secret?: string;
  retry?: number;
}

/** Slack's own side of HTTP: what it sends when people type, click and submit, signed as it signs. */
export class SlackSenders {
  readonly slack: LoopbackSlack;
  readonly target: string;

  /** `target` is Rounds' address, `http://127.0.0.1:3000`. */
  constructor(slack: LoopbackSlack, target: string) {
    this.slack = slack;
    this.target = target;
  }

  async slash(
    user: string,
    channel: string,
    command: string,
    text: string,
    how: HowSent & { triggerAge?: number } = {},
  ): Promise<Delivery> {
    const delivery = await this.#form({ ...this.slashPayload(user, channel, command, text, how.triggerAge) }, how);
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
    return this.#send(JSON.stringify(payload), "application/json", how);
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
    return this.#form(
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

  #form = (fields: Record<string, string>, how: HowSent): Promise<Delivery> =>
    this.#send(new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded", how);

  async #send(body: string, contentType: string, how: HowSent): Promise<Delivery> {
    const at = String(Math.floor(Date.now() / 1000) - (how.old ?? 0));
    const signature = `v0=${createHmac("sha256", how.secret ?? this.slack.signingSecret)
      .update(`v0:${at}:${body}`)
      .digest("hex")}`;
    const headers = {
      "content-type": contentType,
      "x-slack-request-timestamp": at,
      "x-slack-signature": signature,
      ...(how.retry && { "x-slack-retry-num": String(how.retry), "x-slack-retry-reason": "http_timeout" }),
    };
    const answer = await fetch(`${this.target}/slack/events`, { method: "POST", body, headers });
    return {
      status: answer.status,
      body: await answer.text(),
      again: () => this.#send(body, contentType, { ...how, retry: (how.retry ?? 0) + 1 }),
    };
  }
}

let stamps = 0;
const stamp = (): string => `${Math.floor(Date.now() / 1000)}.${String(++stamps).padStart(6, "0")}`;

/** The button with this label, wherever it is in the blocks. */
export function findButton(blocks: readonly Block[], label: string): { block: Block; element: Element } {
  const found: string[] = [];
  for (const block of blocks) {
    for (const element of [
      ...((block.elements ?? []) as Element[]),
      ...(block.accessory ? [block.accessory as Element] : []),
    ]) {
      if (element.type !== "button") continue;
      const text = (element.text as { text: string }).text;
      if (text === label) return { block, element };
      found.push(text);
    }
  }
  throw new Error(`There is no button “${label}”, only ${found.join(", ") || "none"}.`);
}

/** The input block of a field: its block_id begins with the field's name, or is it. */
function inputBlock(view: SlackView, field: string): Block {
  const block = view.blocks.find((one) => one.type === "input" && String(one.block_id).split(/[:|]/).includes(field));
  if (!block)
    throw new Error(
      `The modal has no field “${field}”, only ${view.blocks
        .filter((one) => one.type === "input")
        .map((one) => one.block_id)
        .join(", ")}.`,
    );
  return block;
}

/** The state of an element as it is shown at first. */
function shown(element: Element): Payload {
  const {
    initial_value: value,
    initial_option: option,
    initial_options: options,
    initial_date: date,
    initial_time: time,
    initial_date_time: dateTime,
  } = element;
  return {
    type: element.type,
    value: value ?? null,
    selected_option: option ?? null,
    selected_options: options ?? [],
    selected_date: date ?? null,
    selected_time: time ?? null,
    selected_date_time: dateTime ?? null,
  };
}

function chosen(element: Element, value: string | boolean | string[]): Payload {
  const option = (wanted: unknown) =>
    (element.options as { value: string }[] | undefined)?.find((one) => one.value === wanted) ?? {
      value: wanted,
      text: { type: "plain_text", text: String(wanted) },
    };
  switch (element.type) {
    case "static_select":
    case "radio_buttons":
    case "external_select":
      return { type: element.type, selected_option: option(value) };
    case "multi_static_select":
    case "multi_external_select":
      return { type: element.type, selected_options: (value as string[]).map(option) };
    case "checkboxes":
      return {
        type: element.type,
        selected_options:
          value === true ? (element.options as unknown[]) : Array.isArray(value) ? value.map(option) : [],
      };
    case "file_input":
      return { type: element.type, files: [JSON.parse(String(value))] };
    case "datepicker":
      return { type: element.type, selected_date: value };
    case "timepicker":
      return { type: element.type, selected_time: value };
    case "datetimepicker":
      return { type: element.type, selected_date_time: Math.floor(Date.parse(`${String(value)}Z`) / 1000) };
    default:
      return { type: element.type, value };
  }
}

/** Every text in blocks, a line each: what a person reads. */
export function textOf(blocks: readonly unknown[]): string {
  const lines: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const { type, elements } = value as { type?: string; elements?: Record<string, unknown>[] };
      if (type === "rich_text_section" || type === "rich_text_preformatted" || type === "rich_text_quote")
        lines.push((elements ?? []).map((one) => String(one.text ?? one.fallback ?? one.user_id ?? "")).join(""));
      else
        for (const [key, inner] of Object.entries(value))
          (key === "text" || key === "alt_text") && typeof inner === "string" ? lines.push(inner) : visit(inner);
    }
  };
  visit(blocks);
  return lines.join("\n");
}
