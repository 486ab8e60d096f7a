import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rounds } from "../support/rounds.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rounds-variance-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const header =
  "unit,line,kind,behaviour,budget_volume,actual_volume,budget_quantity,actual_quantity,budget_rate,actual_rate,budget,actual";

async function variance(text: string | Uint8Array) {
  const file = path.join(folder, "books.csv");
  await writeFile(file, text);
  const { code, out, errors } = await rounds(["variance", file], { ROUNDS_DATA: path.join(folder, "data") });
  const lines = out.split("\n").filter((line) => line !== "");
  return { code, errors, lines: lines.map((line) => JSON.parse(line)) };
}

const nurses = {
  total: "10000.00",
  volume: "12000.00",
  efficiency: "-4000.00",
  rate: "2000.00",
  fixed: "0.00",
  flexed_budget: "52000.00",
  impact: "-10000.00",
  favourable: false,
};

const zeros = { volume: "0.00", efficiency: "0.00", rate: "0.00", fixed: "0.00" };

describe("rounds variance prints a line of JSON for each line of the books", () => {
  it("to the cent, and no more than that", async () => {
    const { code, errors, lines } = await variance(
      `${header}\n4W,nurses,expense,variable,2000,2600,1000,1200,40,,,50000\n4W,rent,expense,fixed,,,,,,,900,880.5\n4W,visits,revenue,variable,100,110,,,50,48,,\n`,
    );
    expect(errors).toBe("");
    expect(code).toBe(0);
    expect(lines).toEqual([
      nurses,
      { ...zeros, total: "-19.50", fixed: "-19.50", flexed_budget: "900.00", impact: "19.50", favourable: true },
      {
        ...zeros,
        total: "280.00",
        volume: "500.00",
        rate: "-220.00",
        flexed_budget: "5500.00",
        impact: "280.00",
        favourable: true,
      },
    ]);
    expect(Object.keys(lines[0])).toEqual(Object.keys(nurses));
    expect(await readdir(folder)).not.toContain("data");
  });

  it.each([
    [
      "with blank rows, thousands, a currency, a byte order mark and Windows line ends",
      `\uFEFF${header}\r\n,,,,,,,,,,,\r\n\r\n4W,nurses,Expense,variable,"2,000","2,600","1,000","1,200",$40.00,,,"$50,000.00"\r\n\r\n`,
    ],
    [
      "with semicolons and decimal commas",
      `${header.replaceAll(",", ";")}\n4W;nurses;expense;variable;2.000;2.600;1.000;1.200;40,00;;;50.000,00\n`,
    ],
    [
      "with columns in another order, and more of them",
      "actual,month,kind,Behaviour,Budget rate,actual quantity,budget quantity,actual volume,budget volume\n50000,2026-10,expense,variable,40,1200,1000,2600,2000\n",
    ],
  ])("%s", async (_, text) => {
    const { errors, lines } = await variance(text);
    expect(errors).toBe("");
    expect(lines).toEqual([nurses]);
  });

  it("where nothing was budgeted, and where nobody came", async () => {
    const { lines } = await variance(
      `${header}\n4W,new,expense,variable,0,5,0,10,,20,0,\n4W,closed,expense,variable,5,0,10,0,20,0,,\n`,
    );
    expect(lines.map(({ total, volume, rate }) => [total, volume, rate])).toEqual([
      ["200.00", "0.00", "200.00"],
      ["-200.00", "-200.00", "0.00"],
    ]);
  });

  it.each([
    ["a word for an amount", "4W,a,expense,fixed,,,,,,,ten,5", "Line 2, budget: “ten” is no number."],
    ["a share for an amount", "4W,a,expense,fixed,,,,,,,10%,5", "Line 2, budget: “10%” is a share."],
    ["a kind that is none", "4W,a,cost,fixed,,,,,,,1,5", "Line 2, kind: “cost” is neither. Write revenue or expense."],
    ["no behaviour", "4W,a,expense,,,,,,,,1,5", "Line 2, behaviour: It is empty. Write variable or fixed."],
    ["no actual amount", "4W,a,expense,fixed,,,,,,,1,", "Line 2, actual: It is empty"],
    ["a variable line without a volume", "4W,a,expense,variable,,5,,,,,1,2", "Line 2, budget_volume: It is empty."],
    ["a volume below 0", "4W,a,expense,variable,-4,5,,,,,1,2", "Line 2, budget_volume: “-4” is below 0."],
    ["one quantity alone", "4W,a,expense,variable,4,5,8,,,,1,2", "Line 2, actual_quantity: It is empty"],
    ["thousands that are not in quotation marks", "4W,a,expense,fixed,,,,,,,1,234,5", "Line 2: This line has a cell"],
  ])("refuses %s, and prints nothing", async (_, row, message) => {
    const { code, errors, lines } = await variance(`${header}\n${row}\n4W,b,expense,fixed,,,,,,,1,5\n`);
    expect(errors).toContain(message);
    expect(lines).toEqual([]);
    expect(code).toBe(1);
  });

  it("refuses a file without its columns, an empty one, and none", async () => {
    expect((await variance("unit,line,kind\n4W,a,expense\n")).errors).toContain("“behaviour” is missing");
    expect((await variance(`${header}\n\n`)).code).toBe(1);
    expect((await rounds(["variance"], {})).code).toBe(2);
    expect((await rounds(["variance", path.join(folder, "none.csv")], {})).code).toBe(2);
  });

  it("of a hundred thousand lines within seconds, and adds up", async () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, at) =>
        `U${at % 400},l${at},${at % 3 ? "expense" : "revenue"},variable,${100 + (at % 37)},${90 + (at % 53)},${at % 211},${at % 97},17.3${at % 10},18.07,,"${1 + (at % 9)},${100 + (at % 899)}.${10 + (at % 89)}"\r\n`,
    );
    const start = performance.now();
    const { code, errors, lines } = await variance(`${header}\r\n${rows.join("")}`);
    expect(errors).toBe("");
    expect(code).toBe(0);
    expect(lines).toHaveLength(100_000);
    const cents = (amount: string) => Math.round(Number(amount) * 100);
    const wrong = lines.filter(
      ({ total, volume, efficiency, rate, fixed }) =>
        cents(volume) + cents(efficiency) + cents(rate) + cents(fixed) !== cents(total),
    );
    expect(wrong).toEqual([]);
    expect(performance.now() - start).toBeLessThan(90_000);
  });
});
