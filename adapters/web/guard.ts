import type { RequestHandler } from "express";

/** Behind a tunnel or a proxy every caller looks local; these headers give it away. */
const forwards = /^(forwarded|via|x-forwarded-.*|x-real-ip)$/;

export interface Guard {
  check: RequestHandler;
  /** Nothing is answered before the port is known. */
  servedAt(port: number): void;
}

/** Lets in only this machine's own browser: the right host name, the page's own origin, nothing forwarded. */
export function createGuard(): Guard {
  let hosts: readonly string[] = [];
  return {
    servedAt(port) {
      hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    },
    check(request, answer, next) {
      const { host = "", origin } = request.headers;
      const refuse = (why: string) => answer.status(403).type("text/plain").send(why);
      if (Object.keys(request.headers).some((name) => forwards.test(name)))
        return refuse("This page is for this machine only, and this request was forwarded. Open it directly.");
      if (!hosts.includes(host)) return refuse("This page is served under its own address only. Open it at 127.0.0.1.");
      if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`))
        return refuse("This request comes from another page. Open Rounds itself.");
      answer.set({
        "content-security-policy":
          "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      });
      next();
    },
  };
}
