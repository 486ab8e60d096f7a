import { createHmac } from "node:crypto";
import express from "express";
import { createSlack } from "../../../adapters/slack/app.ts";
import { listen } from "../../http.ts";
import { awaited, openLoopback, receiptIn } from "./loopback.ts";
import { canary, canaryId, type Filing, type Identifiers, type Probe, type ProbeParts } from "./probe.ts";

type Payload = Record<string, unknown>;

interface View {
  private_metadata: string;
  blocks: { type: string; block_id?: string; element?: { action_id: string; type: string } }[];
}

const signingSecret = "anonymity-check";

/** Slack's adapter with signed requests: a slash command, a message and a form. */
export async function openSlackProbe({ bot, log }: ProbeParts): Promise<Probe> {
  const tenant = canaryId("T");
  const identifiers: Identifiers = {
    user: canaryId("U"),
    name: `Name ${canary()}`,
    email: `${canary()}@canary.example`,
    channel: canaryId("D"),
    trigger: `1.${canary()}`,
    "response URL": canary(),
    "message time": `1${Date.now()}.${Math.floor(Math.random() * 1e6)}`,
    event: `Ev${canary()}`,
    view: canaryId("V"),
    "view's hash": canary(),
  };
  const slack = await openLoopback();
  const opened: View[] = [];
  slack.web.post("/api/:method", (request, answer) => {
    const given = new URLSearchParams(String(request.body));
    if (request.params.method === "views.open") opened.push(JSON.parse(given.get("view") ?? "{}"));
    answer.json({ ok: true, ...answerTo(request.params.method, identifiers, tenant) });
  });
  slack.web.post("/answers/:id", (_request, answer) => void answer.json({ ok: true }));

  const web = express();
  const adapter = createSlack({
    bot,
    web,
    log,
    settings: { botToken: "xoxb-canary", signingSecret, apiUrl: `${slack.url}/api/`, prefix: "" },
  });
  await adapter.start();
  const rounds = await listen(web, "127.0.0.1", 0);

  async function send(body: string, type: string): Promise<string> {
    const at = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac("sha256", signingSecret).update(`v0:${at}:${body}`).digest("hex")}`;
    const headers = { "content-type": type, "x-slack-request-timestamp": at, "x-slack-signature": signature };
    const answer = await fetch(`http://127.0.0.1:${rounds.port}/slack/events`, { method: "POST", body, headers });
    const said = await answer.text();
    slack.heard.push(said);
    return said;
  }
  const form = (fields: Record<string, string>) =>
    send(new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded");
  let asked = 0;
  const slash = (text: string) =>
    form({
      command: "/incident",
      text,
      team_id: tenant,
      channel_name: "directmessage",
      user_id: identifiers.user ?? "",
      user_name: identifiers.name ?? "",
      channel_id: identifiers.channel ?? "",
      // Every delivery has another trigger.
      trigger_id: `${identifiers.trigger}${++asked}`,
      response_url: `${slack.url}/answers/${identifiers["response URL"]}`,
    });
  const message = (text: string) => {
    const { user, channel, "message time": ts } = identifiers;
    const event = { type: "message", channel_type: "im", channel, user, text, ts: `${ts}${++asked}`, team: tenant };
    return send(
      JSON.stringify({ type: "event_callback", team_id: tenant, event_id: `${identifiers.event}${asked}`, event }),
      "application/json",
    );
  };
  const submit = (view: View, chosen: Record<string, string>) => {
    const values = Object.fromEntries(view.blocks.flatMap((block) => stateOf(block, chosen)));
    const { user, name, view: id, "view's hash": hash, trigger } = identifiers;
    const payload = {
      type: "view_submission",
      team: { id: tenant },
      user: { id: user, name, team_id: tenant },
      trigger_id: trigger,
      view: { ...view, id, hash: `${hash}${++asked}`, state: { values } },
    };
    return form({ payload: JSON.stringify(payload) });
  };

  return {
    platform: "slack",
    tenant,
    identity: { platform: "slack", tenant, user: identifiers.user ?? "" },
    identifiers,
    messenger: adapter.messenger,
    async report({ words, unitId, identity }: Filing) {
      const text = `report identity:${identity} ${words}`;
      const ways = [
        () => slash(text),
        () => message(`incident ${text}`),
        async () => {
          await slash("report");
          const view = await awaited("Slack's form", () => opened.pop());
          await submit(view, { what: words, where: unitId, identity });
        },
      ];
      for (const way of ways) {
        const before = slack.heard.length;
        await way();
        const filed = (said: string) => (identity === "named" ? /is filed/.exec(said)?.[0] : receiptIn(said));
        const receipt = await awaited("Slack's answer", () => found(slack.heard.slice(before), filed));
        if (identity !== "anonymous") continue;
        await slash(`status ${receipt} one more thing`);
        await message(`details fall ${receipt} assisted:no`);
      }
    },
    async stop() {
      await adapter.stop();
      await rounds.close();
      await slack.close();
    },
  };
}

const found = (heard: readonly string[], look: (said: string) => string | undefined): string | undefined =>
  heard.map(look).find((one) => one !== undefined);

function answerTo(
  method: string | undefined,
  { user, name, email, channel, view }: Identifiers,
  team: string,
): Payload {
  switch (method) {
    case "auth.test":
      return { team: "Anonymity check", team_id: team, user: "rounds", user_id: "UROUNDS", bot_id: "BROUNDS" };
    case "users.info":
      return { user: { id: user, team_id: team, real_name: name, tz: "America/New_York", profile: { email } } };
    case "conversations.open":
      return { channel: { id: channel } };
    case "views.open":
    case "views.update":
      return { view: { id: view } };
    default:
      return { channel, ts: "1.1" };
  }
}

function stateOf({ type, block_id, element }: View["blocks"][number], chosen: Record<string, string>) {
  const value = chosen[block_id?.split("|")[0] ?? ""];
  if (type !== "input" || block_id === undefined || element === undefined || value === undefined) return [];
  const state = element.type === "plain_text_input" ? { value } : { selected_option: { value } };
  return [[block_id, { [element.action_id]: state }] as const];
}
