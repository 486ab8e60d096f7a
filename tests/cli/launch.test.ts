import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { heldInstallation, makeMiniature, type Running } from "../support/miniature.ts";

let clone: Awaited<ReturnType<typeof makeMiniature>>;

const greeting = 'console.log(process.argv.slice(2).join(" ")); process.exit(7);';
/** Says what reaches it; without a signal it stays. */
const service = `
process.on("SIGTERM", () => { console.log("told to end"); process.exit(0); });
process.on("disconnect", () => { console.log("left alone"); process.exit(0); });
setInterval(() => {}, 1000);
console.log("ready");`;

const ready = (running: Running) => expect.poll(() => running.out).toBe("ready\n");

describe("a fresh clone", () => {
  beforeAll(async () => {
    clone = await makeMiniature();
    await clone.write("src/main.ts", greeting);
  });
  afterAll(() => clone.remove());

  it("is prepared and run, with progress apart from the answer, and with the program's own exit code", async () => {
    const first = clone.launch("incident", "list");
    expect(await first.ending()).toBe(7);
    expect(first.out).toBe("incident list\n");
    expect(first.errors).toMatch(/^Installing packages …\n.* \d\.\d s\nMaking the database client …\n.* \d\.\d s\n$/);
    expect(await clone.read("installed.log")).toBe("begun ended ");
    expect(await clone.read("made.log")).toBe("made ");
  });

  it("is run at once the next time", async () => {
    const next = clone.launch();
    expect(await next.ending()).toBe(7);
    expect(next.errors).toBe("");
  });

  it("gets a new client when only the schema has changed", async () => {
    await clone.write("prisma/schema.prisma", "// another schema\n");
    await clone.launch().ending();
    expect(await clone.read("made.log")).toBe("made made ");
    expect(await clone.read("installed.log")).toBe("begun ended ");
  });

  it("gets its packages again when the lock file has changed", async () => {
    await clone.update("2.0.0");
    await clone.launch().ending();
    expect(await clone.read("installed.log")).toBe("begun ended begun ended ");
  });

  it("gets its packages again when one is gone", async () => {
    await rm(path.join(clone.folder, "node_modules/prisma"));
    await clone.launch().ending();
    expect(await clone.read("installed.log")).toBe("begun ended begun ended begun ended ");
  });

  it("says what npm said when packages cannot be installed", async () => {
    await clone.update("3.0.0", 'console.error("no room on the disk"); process.exit(1);');
    const failed = clone.launch();
    expect(await failed.ending()).toBe(1);
    expect(failed.out).toBe("");
    expect(failed.errors).toContain("no room on the disk");
    expect(failed.errors).toContain("start again");
  });

  it("says which Node it needs", async () => {
    const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"18.20.0"}})';
    const refused = clone.start(process.execPath, ["--import", old, "src/cli/launch.mjs", "src/main.ts"]);
    expect(await refused.ending()).toBe(1);
    expect(refused.errors).toBe(
      "Rounds needs Node 20 or later to start, and this is 18.20.0. Install a newer one from https://nodejs.org.\n",
    );
  });
});

describe("starts that meet", () => {
  beforeAll(async () => {
    clone = await makeMiniature();
    await clone.write("src/main.ts", greeting);
    await clone.writePackage("1.0.0", heldInstallation);
  });
  afterAll(() => clone.remove());

  it("install once when they come together", async () => {
    const both = [clone.launch(), clone.launch()];
    const said = () => both.map((each) => each.errors).join("");
    await expect.poll(said).toContain("Waiting for another start that prepares Rounds.\n");
    await clone.write("released", "");
    expect(await Promise.all(both.map((each) => each.ending()))).toEqual([7, 7]);
    expect(await clone.read("installed.log")).toBe("begun ended ");
  });

  it("do not suffer from one that was killed while it installed", async () => {
    await clone.update("2.0.0", heldInstallation);
    await clone.write("installed.log", "");
    await rm(path.join(clone.folder, "released"));
    const killed = clone.launch();
    await expect.poll(() => clone.read("installed.log")).toBe("begun ");
    killed.process.kill("SIGKILL");
    const next = clone.launch();
    await expect.poll(() => clone.read("installed.log")).toBe("begun begun ");
    await clone.write("released", "");
    expect(await next.ending()).toBe(7);
    expect(await clone.read("installed.log")).toBe("begun begun ended ");
  });
});

describe("a service under the launcher", () => {
  beforeAll(async () => {
    clone = await makeMiniature();
    await clone.write("src/main.ts", service);
    const prepared = clone.start(process.execPath, ["src/cli/launch.mjs"]);
    expect(await prepared.ending()).toBe(0);
  });
  afterAll(() => clone.remove());

  it("is told to end when the launcher is", async () => {
    const running = clone.launch();
    await ready(running);
    running.process.kill("SIGTERM");
    expect(await running.ending()).toBe(0);
    expect(running.out).toBe("ready\ntold to end\n");
  });

  it("knows when the launcher was killed", async () => {
    const running = clone.launch();
    await ready(running);
    running.process.kill("SIGKILL");
    expect(await running.ending()).toBe("SIGKILL");
    expect(running.out).toBe("ready\nleft alone\n");
  });

  it("is not left behind when npm is told to end", async () => {
    const running = clone.start("npm", ["start", "--silent"]);
    await ready(running);
    running.process.kill("SIGTERM");
    await running.ending();
    expect(running.out).toMatch(/^ready\n(told to end|left alone)\n$/);
  });

  it("knows when npm was killed", async () => {
    const running = clone.start("npm", ["start", "--silent"]);
    await ready(running);
    running.process.kill("SIGKILL");
    expect(await running.ending()).toBe("SIGKILL");
    expect(running.out).toBe("ready\nleft alone\n");
  });
});
