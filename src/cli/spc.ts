import { parseArgs } from "node:util";
import { type ChartOptions, controlChart } from "../domain/kpis/spc/controlChart.ts";
import { charts } from "../domain/kpis/spc/limits.ts";
import { directions } from "../domain/kpis/spc/reading.ts";
import { numberIn } from "../imports/numbers.ts";
import { figureFile } from "./figureFile.ts";
import { Misuse } from "./misuse.ts";
import { seriesIn } from "./spcSeries.ts";

const usage = `spc FILE.csv --chart ${charts.join("|")}`;

/** `rounds spc FILE.csv --chart …`: a control chart as JSON. Needs neither database nor network. */
export async function spcProgram(given: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: given.map(joined(given)).filter((word) => word !== null),
    allowPositionals: true,
    options: {
      chart: { type: "string" },
      direction: { type: "string", default: "neutral" },
      target: { type: "string" },
      freeze: { type: "string" },
      "no-screen": { type: "boolean", default: false },
    },
  });
  const chart = oneOf(charts, values.chart, "--chart");
  const direction = oneOf(directions, values.direction, "--direction");
  const freeze = values.freeze === undefined ? undefined : countIn(values.freeze);
  const target = values.target === undefined ? undefined : targetIn(values.target);
  const { observations, percent } = await seriesIn(await figureFile(positionals, usage), chart);
  const share = percent || chart === "p" || chart === "pp";
  if (target && share && target.value > 1)
    throw new Misuse(`The figures are shares: write the target as --target ${values.target}%.`);
  const options: ChartOptions = { chart, direction, screen: !values["no-screen"] };
  if (target) options.target = target.value;
  if (freeze !== undefined) options.freeze = freeze;
  const { centre, limits, points, variation, assurance, trial } = controlChart(observations, options);
  const shown = limits.map(({ lower, upper, centre }) => ({ lower, upper, centre }));
  console.log(JSON.stringify({ centre, limits: shown, points, variation, assurance, trial }));
  return 0;
}

/** `--target -5` as `--target=-5`: Node takes what begins with a dash for another option. */
const joined =
  (given: readonly string[]) =>
  (word: string, at: number): string | null => {
    const next = given[at + 1] ?? "";
    if (word === "--target" && /^-[\d.]/.test(next)) return `${word}=${next}`;
    return given[at - 1] === "--target" && /^-[\d.]/.test(word) ? null : word;
  };

function oneOf<Choice extends string>(choices: readonly Choice[], written: string | undefined, option: string): Choice {
  const found = choices.find((choice) => choice === written?.toLowerCase());
  if (found) return found;
  throw new Misuse(
    `${written === undefined ? "" : `There is no “${written}”. `}Say ${option}: ${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}.`,
  );
}

function countIn(written: string): number {
  if (!/^\d+$/.test(written) || Number(written) < 2)
    throw new Misuse(`--freeze takes how many points the limits come from, 2 or more: --freeze 12.`);
  return Number(written);
}

function targetIn(written: string): { value: number } {
  const found = numberIn(written, ".");
  if (!found) throw new Misuse(`“${written}” is no number: --target 2.5, or --target 95%.`);
  return { value: Number(found.text) / (found.percent ? 100 : 1) };
}
