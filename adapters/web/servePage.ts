import path from "node:path";
import type { Application } from "express";
import type { Log } from "../../src/log.ts";

const folder = path.join(import.meta.dirname, "page");

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Rounds · demonstration</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript. Switch it on, or talk to Rounds with npm run shell.</noscript>
<script src="/page.js"></script>
</body>
</html>
`;

interface Bundle {
  script: string;
  style: string;
}

/** The page, put together in memory at the first request. */
export function servePage(app: Application, log: Log): void {
  let bundle: Promise<Bundle> | undefined;
  const serve = (route: string, part: keyof Bundle, type: string) =>
    app.get(route, async (_request, answer) => {
      bundle ??= bundled();
      try {
        answer.type(type).send((await bundle)[part]);
      } catch (cause) {
        bundle = undefined;
        log.error({ platform: "web", cause }, "the page could not be put together");
        answer.status(500).type("text/plain").send("The page could not be put together. Run npm ci and start again.");
      }
    });
  app.get("/", (_request, answer) => {
    answer.type("html").send(html);
  });
  serve("/page.js", "script", "text/javascript");
  serve("/page.css", "style", "css");
}

async function bundled(): Promise<Bundle> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: { page: path.join(folder, "main.tsx"), look: path.join(folder, "page.css") },
    outdir: folder,
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const named = (name: string) => outputFiles.find((file) => path.basename(file.path) === name)?.text ?? "";
  return { script: named("page.js"), style: named("look.css") };
}
