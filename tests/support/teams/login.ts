import { randomUUID } from "node:crypto";
import express, { type Router } from "express";
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";

/** Stands in for Microsoft's login and for the keys that the Bot Framework signs with. */
export interface Login {
  router: Router;
  /** A token as the Bot Framework puts it on every activity. */
  signed(claims: { audience: string; serviceUrl: string; issuer?: string; expired?: boolean }): Promise<string>;
  /** A token signed with a key that nobody published. */
  forged(claims: { audience: string; serviceUrl: string }): Promise<string>;
  /** Whether the bot's own token came from here. */
  accepts(authorization: string | undefined): Promise<boolean>;
  /** How many tokens the bot asked for. */
  given(): number;
}

const botFramework = "https://api.botframework.com";

export async function createLogin(clientId: string, clientSecret: string): Promise<Login> {
  const key = await generateKeyPair("RS256");
  const foreign = await generateKeyPair("RS256");
  const kid = randomUUID();
  const published = { ...(await exportJWK(key.publicKey)), kid, use: "sig", alg: "RS256" };
  let given = 0;

  const sign = (claims: Record<string, unknown>, privateKey: CryptoKey, issuer: string, audience: string, end = "1h") =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(end)
      .sign(privateKey);

  const router = express.Router();
  router.get("/v1/.well-known/openidconfiguration", (_request, response) => {
    response.send({ issuer: botFramework, id_token_signing_alg_values_supported: ["RS256"] });
  });
  router.get("/v1/.well-known/keys", (_request, response) => {
    response.send({ keys: [published] });
  });
  router.post("/:tenant/oauth2/v2.0/token", express.urlencoded(), async (request, response) => {
    const { client_id, client_secret, grant_type, scope } = request.body;
    const right =
      client_id === clientId && client_secret === clientSecret && grant_type === "client_credentials" && scope;
    if (!right) {
      response.status(401).send({ error: "invalid_client" });
      return;
    }
    given += 1;
    const token = await sign(
      { appid: clientId },
      key.privateKey,
      `https://sts.test/${request.params.tenant}/`,
      botFramework,
    );
    response.send({ token_type: "Bearer", expires_in: 3600, access_token: token });
  });

  return {
    router,
    signed: ({ audience, serviceUrl, issuer = botFramework, expired }) =>
      sign({ serviceurl: serviceUrl }, key.privateKey, issuer, audience, expired ? "-1h" : "1h"),
    forged: ({ audience, serviceUrl }) => sign({ serviceurl: serviceUrl }, foreign.privateKey, botFramework, audience),
    async accepts(authorization) {
      try {
        await jwtVerify(authorization?.replace(/^Bearer /, "") ?? "", key.publicKey, { audience: botFramework });
        return true;
      } catch {
        return false;
      }
    },
    given: () => given,
  };
}
