import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Application } from "express";
import type { Log } from "../../src/log.ts";

const folder = path.join(import.meta.dirname, "page");
const require = createRequire(import.meta.url);

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Rounds · demonstration</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/slack.css">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript. Switch it on, or talk to Rounds with npm run shell.</noscript>
<script src="/page.js"></script>
</body>
</html>
`;

/** The page, its script bundled in memory at the first request. */
export function servePage(app: Application, log: Log): void {
  let script: Promise<string> | undefined;
  app.get("/", (_request, answer) => {
    answer.type("html").send(html);
  });
  app.get("/page.js", async (_request, answer) => {
    script ??= bundle();
    try {
      answer.type("text/javascript").send(await script);
    } catch (cause) {
      script = undefined;
      log.error({ platform: "web", cause }, "the page could not be put together");
      answer.status(500).type("text/plain").send("The page could not be put together. Run npm ci and start again.");
    }
  });
  app.get("/page.css", async (_request, answer) => {
    answer.type("css").send(await readFile(path.join(folder, "page.css"), "utf8"));
  });
  app.get("/slack.css", async (_request, answer) => {
    const styles = path.join(path.dirname(require.resolve("slack-blocks-to-jsx")), "style.css");
    answer.type("css").send(await readFile(styles, "utf8"));
  });
}

async function bundle(): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, "main.tsx")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
