import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type BudgetData, budgetPicture } from "../../src/charts/budget.ts";
import { type ControlChartData, controlChartPicture } from "../../src/charts/controlChart.ts";
import type { Picture } from "../../src/charts/picture.ts";
import { type ChartOptions, controlChart } from "../../src/domain/kpis/spc/controlChart.ts";

const months = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ label: `${names[at % 12]} ${25 + Math.floor(at / 12)}` }));
const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Falls in a thousand patient days a month. */
function falls(counts: readonly number[], options: Partial<ChartOptions> = {}, more: Partial<ControlChartData> = {}) {
  return controlChartPicture({
    metric: "Falls",
    unit: "per 1,000 patient days",
    scale: 1_000,
    place: "4 West",
    periods: months(counts.length),
    chart: controlChart(
      counts.map((numerator) => ({ numerator, denominator: 1_000 })),
      { chart: "u", direction: "decrease", screen: true, ...options },
    ),
    ...(options.target !== undefined && { target: options.target }),
    ...more,
  });
}

const ordinary = [3, 4, 2, 3, 5, 3, 2, 4, 3, 2, 4, 3];
const worse = [...ordinary, 6, 5, 7, 6, 5, 6, 9];

const year: BudgetData = {
  place: "4 West",
  subtitle: "Expense by month, fiscal year 2026",
  currency: "$",
  months: names,
  budget: names.map(() => 412_000),
  actual: names.map((_, at) => (at < 10 ? 400_000 + at * 3_550 : null)),
  forecast: names.map((_, at) => (at < 10 ? null : 430_000)),
};

/** What a reader of PNG finds. */
function opened({ file }: Picture) {
  const bytes = Buffer.from(file.base64, "base64");
  expect(file.mediaType).toBe("image/png");
  expect(bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(8);
  const lines = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const palette = chunks.get("PLTE") ?? Buffer.alloc(0);
  const width = header.readUInt32BE(0);
  return {
    width,
    height: header.readUInt32BE(4),
    bytes: bytes.length,
    lines: lines.length,
    colour: (across: number, down: number) => {
      const number = lines[down * (width + 1) + 1 + across] ?? 0;
      return `#${palette.subarray(number * 3, number * 3 + 3).toString("hex")}`;
    },
  };
}

describe("a picture", () => {
  test.each([
    ["a control chart", () => falls(worse, { target: 0.0025 })],
    ["a budget", () => budgetPicture(year)],
  ])(
    "of %s opens, is four times as sharp as the narrowest screen, and small enough for every message",
    async (_, draw) => {
      const png = opened(await draw());
      expect(png.width).toBe(1_280);
      expect(png.lines).toBe((png.width + 1) * png.height);
      expect(png.bytes).toBeLessThan(48 * 1024);
    },
  );
});

describe("a control chart says", () => {
  test("what the newest figure means", async () => {
    expect((await falls(worse, { target: 0.0025 })).alt).toContain("a concern");
  });
});
