import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareEnvironment, databaseRuns, launchAtTerminal, rounds } from "../support/rounds.ts";
import { startService } from "../support/service.ts";

let dataFolder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-cli-"));
  environment = { ROUNDS_DATA: dataFolder };
});

afterAll(() => rm(dataFolder, { recursive: true, force: true }));

/** Somebody of the demonstration hospital who is staff and nothing else, and a manager. */
const nurse = "aromero";
const as = (handle: string, ...words: string[]) => rounds([...words, "--as", handle], environment);

describe("help", () => {
  it.each([[[]], [["help"]], [["--help"]]])("%j fits a screen", async (words) => {
    const { code, out, errors } = await rounds(words, environment);
    const lines = out.trimEnd().split("\n");
    expect(code).toBe(0);
    expect(errors).toBe("");
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    for (const word of ["doctor", "import", "manifest", "incident, ", "--as HANDLE", "--json", "Exit codes"])
      expect(out).toContain(word);
  });

  it("is there for each program", async () => {
    for (const option of ["--help", "-h"]) {
      const { code, out, errors } = await rounds(["spc", option], environment);
      expect([code, errors]).toEqual([0, ""]);
      for (const word of ["spc FILE.csv --chart", "--direction", "--target", "--freeze", "--no-screen"])
        expect(out).toContain(word);
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    }
  });
});

describe("a command of the menu", () => {
  it("prints its card as text, with nothing else on standard output", async () => {
    const { code, out, errors } = await as(nurse, "incident", "list");
    expect(code).toBe(0);
    expect(out).toMatch(/^Open incidents\n─+\n• INC-\d+ · /);
    expect(out).not.toMatch(/\[\d+ /);
    expect(errors).toMatch(/^Starting the database … \d+\.\d s\nMaking the demonstration hospital … \d+\.\d s\n$/);
    expect(await databaseRuns(dataFolder)).toBe(false);
  });

  it("prints its reply as JSON with --json", async () => {
    const { code, out } = await as(nurse, "incident", "list", "--json");
    expect(code).toBe(0);
    const { type, card } = JSON.parse(out);
    expect(type).toBe("privately");
    expect(card.blocks.map((block: { type: string }) => block.type)).toEqual(["heading", "list", "buttons"]);
  });

  it("may share its area's name with a program: whoever asks is answered by the menu", async () => {
    const { code, out } = await as(nurse, "clock", "list");
    expect(code).toBe(0);
    expect(out).toContain("Clocks");
  });

  it("says why it is refused, on standard error", async () => {
    const { code, out, errors } = await as(nurse, "incident", "show", "INC-99999");
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(errors).toContain("There is no INC-99999 that you may see.");
  });

  it("is refused where it is for others", async () => {
    const { code, errors } = await as(nurse, "audit");
    expect(code).toBe(1);
    expect(errors).toContain("“audit” is for");
  });

  it("asks for what is missing, by its name", async () => {
    const { code, out, errors } = await as(nurse, "incident", "report", "slipped");
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(errors).toContain("Still needed: Where");
    expect(errors).toContain("where:…");
  });

  it("gets each word of the shell whole, with its spaces and quotes", async () => {
    const what = 'He said "the floor is wet", then: slipped in "4 West" on 1/2, -5 °C outside';
    const filed = await as(nurse, "incident", "report", what, "where:Emergency");
    expect(filed.code).toBe(0);
    const number = /INC-\d+/.exec(filed.out)?.[0] ?? "";
    const note = 'note: two  spaces, where:4 West and “curly” ""';
    expect((await as(nurse, "incident", "note", number, note)).code).toBe(0);
    const shown = (await as(nurse, "incident", "show", number, "--json")).out;
    const texts = JSON.stringify(JSON.parse(shown));
    expect(texts).toContain(JSON.stringify(what).slice(1, -1));
    expect(texts).toContain(JSON.stringify(note.slice("note: ".length)).slice(1, -1));
    expect((await as(nurse, "incident", "show", number)).out).toMatch(
      /^INC-\d+ · .*Emergency\n─+\nNew, nobody has acknowledged it yet · harm unknown · goes/,
    );
  });

  it("finds a unit by its whole name, with a key and without", async () => {
    for (const where of ["where:4 West", "4 West"]) {
      const filed = await as(nurse, "incident", "report", "Slipped.", where);
      expect(filed.code).toBe(0);
      expect(filed.out).toContain("4 West");
    }
  });
});

describe("misuse", () => {
  it.each([
    [["incident", "list"], "Say who asks: add --as HANDLE."],
    [["doctr"], "There is no “doctr”. “rounds help” lists what there is."],
    [["toString"], "There is no “toString”."],
    [["incident", "list", "--as", nurse, "--loud"], "Unknown option '--loud'"],
    [["incident", "list", "--as"], "argument missing"],
    [["start", "now"], "Unexpected argument 'now'"],
    [["start", "--only", "queue"], "--only takes web or worker."],
    [["manifest", "webex"], "Say which: manifest slack, or manifest teams."],
  ])("%j ends with 2 and says how it is meant", async (words: string[], said) => {
    const { code, out, errors } = await rounds(words, environment);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(errors).toContain(said);
    expect(errors).not.toContain("    at ");
  });

  it.each([
    ["a handle that nobody has", ["incident", "list", "--as", "nobody"], "Nobody here has the handle “nobody”."],
    ["a misspelt verb", ["incident", "lst", "--as", nurse], "Did you mean incident list?"],
    ["a sentence", ["somebody", "slipped", "--as", nurse], "Rounds did not recognise a command"],
  ])("%s ends with 2", async (_, words: string[], said) => {
    const { code, out, errors } = await rounds(words, environment);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(errors).toContain(said);
  });
});

describe("the database", () => {
  it("is the running service's, which goes on", async () => {
    const service = await startService({ ...environment, PORT: "0", LOG_LEVEL: "warn" });
    expect((await as(nurse, "incident", "list")).code).toBe(0);
    expect(await databaseRuns(dataFolder)).toBe(true);
    expect((await fetch(service.url)).status).toBe(200);
    await service.kill("SIGTERM");
    expect(await databaseRuns(dataFolder)).toBe(false);
  });

  it("does not stay behind a command that Ctrl-C ends", async () => {
    // A shell whose input ended would end by itself, before Ctrl-C or after.
    const running = launchAtTerminal(["shell"], environment);
    const seen = () => `It said:\n${running.out}\nand of errors:\n${running.errors}`;
    await expect.poll(() => running.out + running.errors).toContain("Rounds at");
    running.process.kill("SIGINT");
    const ending = await Promise.race([running.ending(), pause(30_000, "not at all", { ref: false })]);
    expect(ending, `${seen()}\nThe database runs: ${await databaseRuns(dataFolder)}.`).toBe(130);
    // The server's last breath may come a moment after its starter's.
    await expect.poll(() => databaseRuns(dataFolder)).toBe(false);
  });
});

describe("the shell", () => {
  it("is driven through a pipe: a form, a number, exit", async () => {
    const lines = ["incident report", "Slipped on a wet floor.", "4 West", "", "", "", "", "", "", "", "exit"];
    const { out, code } = await shell(lines);
    expect(code).toBe(0);
    expect(out).toMatch(/^Rounds at .*, as \w+\. Say what you want/);
    expect(out).toContain("What happened");
    expect(out).toMatch(/INC-\d+ is filed/);
  });

  it("clicks by number, as somebody else", async () => {
    const { out, code } = await shell(["incident list", "1", "exit"], "--as", nurse);
    expect(code).toBe(0);
    expect(out).toContain(`as ${nurse}`);
    const listed = /• (INC-\d+) .*\[1 Open\]/.exec(out)?.[1] ?? "none";
    expect(out.split(`${listed} · `)).toHaveLength(3);
  });

  it("ends at “exit”, though its input stays open as a terminal's does", async () => {
    const running = launchAtTerminal(["shell"], environment);
    running.process.stdin?.write("exit\n");
    expect(await running.ending(), running.errors).toBe(0);
  });

  it("ends with its input, also in the middle of a form", async () => {
    const { out, code } = await shell(["incident report", "Slipped."]);
    expect(code).toBe(0);
    expect(out).toContain("Given up; nothing was done.");
    expect(await databaseRuns(dataFolder)).toBe(false);
  });
});

/** What the shell prints when these lines come through a pipe. */
function shell(lines: string[], ...words: string[]): Promise<{ out: string; code: number | null }> {
  const program = path.resolve("src/cli/rounds.ts");
  const env = { ...bareEnvironment(), ...environment };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", program, "shell", ...words],
      { env },
      (_, out) => resolve({ out, code: child.exitCode }),
    );
    child.stdin?.end(`${lines.join("\n")}\n`);
  });
}
