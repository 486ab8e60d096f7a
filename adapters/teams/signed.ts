import type { CloudEnvironment } from "@microsoft/teams.api";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { activityBytes } from "./limits.ts";

/**
 * Stands before the SDK, which checks the signature. The SDK also takes tokens that a tenant's own directory issues,
 * and compares no address in them; Rounds has no use for them, so only those of the Bot Framework pass.
 */
export function onlyBotFramework(cloud: CloudEnvironment): RequestHandler {
  return (request, response, next) => {
    if (issuer(request.headers.authorization) === cloud.tokenIssuer) next();
    else response.status(401).send({ error: "A token of the Bot Framework is needed." });
  };
}

function issuer(authorization: string | undefined): unknown {
  const [, claims] = /^Bearer [^.]+\.([^.]+)\.[^.]+$/.exec(authorization ?? "") ?? [];
  try {
    return JSON.parse(Buffer.from(claims ?? "", "base64url").toString()).iss;
  } catch {
    return undefined;
  }
}

/** Takes activities as large as what people paste. */
export const readsActivities = (): RequestHandler => express.json({ limit: activityBytes });

/** A body that is no activity is refused, and quoted nowhere. */
export const refusesBadBodies: ErrorRequestHandler = (error, _request, response, next) => {
  const status: unknown = error instanceof Error && "status" in error ? error.status : undefined;
  if (typeof status === "number" && status < 500 && !response.headersSent) response.status(status).end();
  else next(error);
};
