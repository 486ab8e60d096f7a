import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { DateTime, IANAZone } from "luxon";
import type { Config } from "../config.ts";
import { dueOf } from "../domain/clocks/compute.ts";
import { presets } from "../domain/clocks/presets.ts";
import type { ClockRule } from "../domain/clocks/rules.ts";
import { Refusal } from "../domain/refusal.ts";
import { offer } from "../imports/nearest.ts";
import { Misuse } from "./misuse.ts";

/** `rounds clock RULE --from ISO [--zone IANA] [--holidays FILE]`, `rounds clock --list`. Needs neither database nor network. */
export async function clockProgram(given: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: given,
    allowPositionals: true,
    options: {
      from: { type: "string" },
      zone: { type: "string" },
      holidays: { type: "string" },
      list: { type: "boolean", default: false },
    },
  });
  if (values.list) {
    for (const rule of presets) console.log(JSON.stringify(listed(rule)));
    return 0;
  }
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0)
    throw new Misuse("Say which clock: clock RULE --from ISO. “rounds clock --list” lists them.");
  const rule = named(id);
  const zone = values.zone ?? config.environment.ROUNDS_ZONE;
  if (!IANAZone.isValidZone(zone))
    throw new Misuse(`There is no zone “${zone}”. --zone takes one as America/New_York.`);
  if (values.from === undefined) throw new Misuse("Say from when: --from 2026-11-23T09:00.");
  const from = momentOf(values.from, zone);
  const holidays = values.holidays === undefined ? [] : await holidaysOf(values.holidays);
  const { start, due } = dueOf(rule, from, { zone, holidays: new Set(holidays) });
  const local = (moment: Date) => DateTime.fromJSDate(moment, { zone }).toISO({ suppressMilliseconds: true });
  console.log(
    JSON.stringify({ rule: rule.id, start: local(start), due: local(due), unit: rule.unit, source: rule.source }),
  );
  return 0;
}

const listed = ({ id, title, to, amount, unit, anchor, source }: ClockRule) => ({
  rule: id,
  title,
  to,
  amount,
  unit,
  anchor,
  source,
});

function named(id: string): ClockRule {
  const rule = presets.find((one) => one.id === id);
  if (rule) return rule;
  const ids = presets.map((one) => one.id);
  const holding = ids.filter((one) => one.includes(id.toLowerCase()));
  const near =
    holding.length === 0 ? offer(ids, id) : ` Did you mean ${holding.map((one) => `“${one}”`).join(" or ")}?`;
  throw new Misuse(`There is no clock “${id}”.${near} “rounds clock --list” lists them.`);
}

/** A moment where the text has an offset; else local in the zone, and a day alone is its beginning. */
function momentOf(text: string, zone: string): Date {
  const written = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text);
  const moment = DateTime.fromISO(text, { zone });
  if (!written || !moment.isValid)
    throw new Misuse(`“${text}” is no ISO date or date-time. --from takes 2026-11-23, or 2026-11-23T09:00-05:00.`);
  return moment.toJSDate();
}

/** One ISO date a line; refused where a line is none. */
async function holidaysOf(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Misuse(`The file ${file} cannot be read.`);
  });
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  return lines.flatMap((line, index) => {
    const date = line.trim();
    if (date === "") return [];
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || !DateTime.fromISO(date).isValid)
      throw new Refusal(`Line ${index + 1} of ${file} is no date: “${date}”. Write one a line, as 2026-12-24.`);
    return [date];
  });
}
