import { sendMilliseconds } from "./limits.ts";

/** Gets the bot's own token from a server that stands in for Microsoft's, where the SDK's own way insists on https. */
export function tokensFrom(login: string, clientId: string, clientSecret: string, ownTenant: string) {
  let known: { token: string; until: number } | undefined;
  return async (scope: string | string[], tenant?: string): Promise<string> => {
    if (known !== undefined && known.until > Date.now()) return known.token;
    const answer = await fetch(`${login}/${tenant ?? ownTenant}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        scope: String(scope),
      }),
      signal: AbortSignal.timeout(sendMilliseconds),
    });
    if (!answer.ok) throw new Error(`The token was answered ${answer.status}.`);
    const { access_token: token, expires_in: seconds } = await answer.json();
    if (typeof token !== "string") throw new Error("The token was no token.");
    known = { token, until: Date.now() + (Number(seconds) - 60) * 1000 };
    return token;
  };
}
