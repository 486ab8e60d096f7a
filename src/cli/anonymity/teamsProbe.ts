import { generateKeyPairSync, sign } from "node:crypto";
import express from "express";
import { createTeams } from "../../../adapters/teams/app.ts";
import { listen } from "../../http.ts";
import { awaited, openLoopback, receiptIn } from "./loopback.ts";
import { canary, canaryUuid, type Filing, type Identifiers, type Probe, type ProbeParts } from "./probe.ts";

const issuer = "https://api.botframework.com";
const shortcut = "report_incident";

/** Teams' adapter with signed activities: a message, and the form of its own menu. */
export async function openTeamsProbe({ bot, services, log }: ProbeParts): Promise<Probe> {
  const tenant = canaryUuid();
  const clientId = canaryUuid();
  const identifiers: Identifiers = {
    account: `29:${canary()}`,
    "directory id": canaryUuid(),
    name: `Name ${canary()}`,
    email: `${canary()}@canary.example`,
    conversation: `a:${canary()}`,
    "service address": canary(),
    activity: canary(),
  };
  const { account = "", name = "", email = "", conversation = "" } = identifiers;
  const user = identifiers["directory id"] ?? "";
  const teams = await openLoopback();
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = canary();
  teams.web.get("/login/v1/.well-known/openidconfiguration", (_request, answer) => {
    answer.json({ issuer, id_token_signing_alg_values_supported: ["RS256"] });
  });
  teams.web.get("/login/v1/.well-known/keys", (_request, answer) => {
    answer.json({ keys: [{ ...key.publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" }] });
  });
  teams.web.post("/login/:tenant/oauth2/v2.0/token", (_request, answer) => {
    answer.json({ token_type: "Bearer", expires_in: 3600, access_token: token({}) });
  });
  teams.web.get(/\/members\//, (_request, answer) => {
    answer.json({ id: account, aadObjectId: user, name, email, userPrincipalName: email, userRole: "user" });
  });
  teams.web.use((_request, answer) => void answer.status(201).json({ id: canary() }));

  function token(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const told = { iss: issuer, aud: clientId, iat: now, nbf: now, exp: now + 3_600, ...claims };
    const signed = `${part({ alg: "RS256", typ: "JWT", kid })}.${part(told)}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), key.privateKey).toString("base64url")}`;
  }

  const web = express();
  const adapter = createTeams({
    bot,
    web,
    log,
    settings: { clientId, clientSecret: "canary", tenantId: tenant, playground: false, login: `${teams.url}/login` },
    remember: (identity, chat) => services.recipients.keepChat(identity, chat, new Date()),
    personalPlace: (identity) => services.recipients.chat(identity, new Date()),
  });
  await adapter.start();
  const rounds = await listen(web, "127.0.0.1", 0);
  const serviceUrl = `${teams.url}/${identifiers["service address"]}/`;

  let sent = 0;
  async function send(activity: object): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${rounds.port}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token({ serviceurl: serviceUrl })}` },
      body: JSON.stringify({
        id: `${identifiers.activity}${++sent}`,
        channelId: "msteams",
        serviceUrl,
        from: { id: account, name, aadObjectId: user },
        recipient: { id: `28:${clientId}`, name: "Rounds" },
        conversation: { id: conversation, conversationType: "personal", tenantId: tenant },
        channelData: { tenant: { id: tenant } },
        ...activity,
      }),
    });
    const said = await answer.text();
    if (answer.status >= 400) throw new Error(`Teams' adapter answered ${answer.status}.`);
    teams.heard.push(said);
    return said === "" ? undefined : JSON.parse(said);
  }
  const says = (text: string) => send({ type: "message", text, textFormat: "plain" });
  const invokes = (invoke: string, value: object) => send({ type: "invoke", name: invoke, value });

  return {
    platform: "teams",
    tenant,
    identity: { platform: "teams", tenant, user },
    identifiers,
    messenger: adapter.messenger,
    async report({ words, unitId, identity }: Filing) {
      const ways = [
        () => says(`incident report identity:${identity} ${words}`),
        async () => {
          const dialog = await invokes("composeExtension/fetchTask", {
            commandId: shortcut,
            commandContext: "compose",
          });
          const chosen = { "field.what": words, "field.where": unitId, "field.identity": identity };
          const data = { ...submitData(dialog), ...chosen };
          await invokes("composeExtension/submitAction", { commandId: shortcut, commandContext: "compose", data });
        },
      ];
      for (const way of ways) {
        const before = teams.heard.length;
        await way();
        const filed = (said: string) => (identity === "named" ? /is filed/.exec(said)?.[0] : receiptIn(said));
        const receipt = await awaited("Teams' answer", () =>
          teams.heard
            .slice(before)
            .map(filed)
            .find((one) => one !== undefined),
        );
        if (identity !== "anonymous") continue;
        await says(`incident status ${receipt} one more thing`);
        await says(`details fall ${receipt} assisted:no`);
      }
    },
    async stop() {
      await adapter.stop();
      await rounds.close();
      await teams.close();
    },
  };
}

/** What the dialog's own button carries. */
function submitData(answered: unknown): object {
  const found: object[] = [];
  JSON.stringify(answered, (_key, value: unknown) => {
    if (typeof value === "object" && value !== null && "type" in value && value.type === "Action.Submit")
      if ("data" in value && typeof value.data === "object" && value.data !== null) found.push(value.data);
    return value;
  });
  const [first] = found;
  if (first === undefined) throw new Error("Teams' form did not open.");
  return first;
}
