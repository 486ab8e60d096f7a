import type { LoopbackSlack } from "../tests/support/slack/loopback.ts";
import { askers, lastNumber, searched } from "./hospital.ts";
import { arrivals, load } from "./load.ts";

/** Pages that every asker is measured with. */
const pages = {
  list: "incident list",
  "list of a kind": "incident list all privacy",
  ...Object.fromEntries(Object.entries(searched).map(([how, word]) => [`${how} word`, `incident list all ${word}`])),
};

type Times = Map<string, number>;

/** Milliseconds of a page for each asker, one request after another. */
export async function timePages(slack: LoopbackSlack, target: string, seconds: number): Promise<Times> {
  const times: Times = new Map();
  for (const asker of askers)
    for (const [page, text] of Object.entries(pages)) {
      const user = `U${asker.toUpperCase()}`;
      await load(slack, target, user, text, 1, 1);
      const { perSecond } = await load(slack, target, user, text, seconds, 1);
      times.set(`${asker}, ${page}`, 1000 / perSecond);
    }
  return times;
}

/** One line a page, with its time among many beside that among few. */
export function besideEachOther(few: Times, many: Times): object[] {
  return [...many].map(([name, milliseconds]) => ({
    name: `page at 1,000,000 beside 10,000: ${name}`,
    milliseconds: Number(milliseconds.toFixed(1)),
    timesSlower: Number((milliseconds / (few.get(name) ?? Number.NaN)).toFixed(2)),
  }));
}

/** Twenty reports a second; that each is filed is counted. */
export async function timeReports(
  slack: LoopbackSlack,
  target: string,
  dataFolder: string,
  seconds: number,
): Promise<object> {
  const before = await lastNumber(dataFolder);
  const text = "incident report where:D0-0 Slipped on the wet floor beside the bed, and was helped up";
  const { p50, p99, failed } = await arrivals(slack, target, "UNURSE", text, { seconds, perSecond: 20 });
  const filed = (await lastNumber(dataFolder)) - before;
  return { name: "report to answer at 20 a second, 1,000,000 incidents", p50, p99, atMost: 150, failed, filed };
}
