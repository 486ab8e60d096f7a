import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { budgetPicture } from "../../src/charts/budget.ts";
import { compliancePicture } from "../../src/charts/compliance.ts";
import { controlChartPicture } from "../../src/charts/controlChart.ts";
import type { Drawing } from "../../src/charts/drawing.ts";
import { textWidth, width } from "../../src/charts/look.ts";
import type { ChartMark } from "../../src/charts/marks.ts";
import { paretoPicture } from "../../src/charts/pareto.ts";
import { PictureStore } from "../../src/charts/picture.ts";
import { controlChart } from "../../src/domain/kpis/spc/controlChart.ts";

/** What a card leaves for a picture on a screen of 320 pixels: tests/web/pictures.browser.test.ts measures it. */
const across = 270;

let drawn: Drawing | undefined;
let spy: MockInstance;
beforeEach(() => {
  spy = vi.spyOn(PictureStore.prototype, "file").mockImplementation(async (drawing) => {
    drawn = drawing;
    return { name: "x.png", mediaType: "image/png", base64: "" };
  });
});
afterEach(() => spy.mockRestore());

interface Box {
  text: string;
  size: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The labels of the last drawing and the room that they take. */
function labels(): Box[] {
  const elements = (drawn?.option.graphic ?? []) as { type: string; style?: Record<string, unknown> }[];
  return elements.flatMap(({ type, style }) => {
    if (type !== "text" || !style) return [];
    const { text, x, y, align, fontSize } = style as {
      text: string;
      x: number;
      y: number;
      align: string;
      fontSize: number;
    };
    // What is computed is rather more than the letters take.
    const takes = textWidth(text, fontSize) * 0.96;
    const left = align === "right" ? x - takes : align === "center" ? x - takes / 2 : x;
    return [{ text, size: fontSize, left, right: left + takes, top: y - fontSize * 0.42, bottom: y + fontSize * 0.42 }];
  });
}

function checkLabels(): void {
  const found = labels();
  expect(found.length).toBeGreaterThan(3);
  for (const box of found) {
    expect(box.size, box.text).toBeGreaterThanOrEqual(12);
    expect(box.left, box.text).toBeGreaterThanOrEqual(0);
    expect(box.right, box.text).toBeLessThanOrEqual(width);
    expect(box.bottom, box.text).toBeLessThanOrEqual(drawn?.height ?? 0);
  }
  found.forEach((one, at) => {
    for (const other of found.slice(at + 1)) {
      const touch =
        one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
      expect(touch, `“${one.text}” and “${other.text}”`).toBe(false);
    }
  });
}

const months = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    label: new Date(Date.UTC(2023, 10 + at, 1)).toLocaleDateString("en-US", {
      month: "short",
      year: "2-digit",
      timeZone: "UTC",
    }),
  }));

const marks: ChartMark[] = [
  { at: 0, kind: "freeze", until: 11, label: "Before the falls bundle was tried on all shifts" },
  { at: 14, kind: "event", label: "Moved into the south wing" },
  { at: 20, kind: "pdsa", label: "Rounds every hour tried in two rooms" },
  { at: 30, kind: "rebase", label: "New falls bundle on all shifts" },
  { at: 34, kind: "event", label: "Staffing changed" },
  { at: 35, kind: "event", label: "Opened" },
];

const control = (count: number, size: number, given: readonly ChartMark[], unit = "per 1,000 patient days") =>
  controlChartPicture({
    metric: "Patients left without being seen by a provider in the department",
    unit,
    scale: 1,
    place: "Emergency department of the main house",
    periods: months(count),
    chart: controlChart(
      Array.from({ length: count }, (_, at) => ({ numerator: size * (1 + ((at * 7) % 5) / 10), denominator: 1 })),
      { chart: "xmr", direction: "decrease", screen: false, target: size * 1.1 },
    ),
    target: size * 1.1,
    marks: given.filter(({ at }) => at < count),
  });

describe("on a phone of 320 pixels every label can be read and none touches another one", () => {
  test("because a picture is laid out for the room that it has there", () => {
    expect(width).toBeLessThanOrEqual(across);
  });

  test.each([
    ["a month", 1, 3.4, []],
    ["a year", 12, 0.04, marks],
    ["36 months", 36, 3.4, []],
    ["36 months with marks", 36, 3.4, marks],
    ["36 months of large figures", 36, 11_900, marks],
    ["36 months in percent", 36, 91, marks, "%"],
  ] as const)("a control chart of %s", async (_, count, size, given, unit?: string) => {
    await control(count, size, given, unit);
    checkLabels();
  });

  test("a share, whose axis ends where shares do", async () => {
    await controlChartPicture({
      metric: "Hand hygiene",
      unit: "%",
      scale: 100,
      place: "4 West",
      most: 1,
      periods: months(20),
      chart: controlChart(
        Array.from({ length: 20 }, (_, at) => ({ numerator: at % 5 === 0 ? 1 : 0.8, denominator: 1 })),
        { chart: "xmr", direction: "increase", screen: false },
      ),
    });
    checkLabels();
    const ticks = labels().flatMap(({ text }) => (/^\d+$/.test(text) ? [Number(text)] : []));
    expect(Math.max(...ticks)).toBe(100);
  });

  test("a budget", async () => {
    const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    await budgetPicture({
      place: "Emergency department of the main house",
      subtitle: "Fiscal year 2026, all expense",
      months: names,
      budget: names.map(() => 1_412_000),
      actual: names.map((_, at) => (at < 10 ? 1_390_000 + at * 9_000 : null)),
      forecast: names.map((_, at) => (at < 9 ? null : 1_431_000)),
      range: { low: 1_380_000, high: 1_490_000 },
      currency: "$",
    });
    checkLabels();
  });

  test("compliance of twelve units", async () => {
    await compliancePicture({
      title: "HCAHPS communication with nurses, raw top-box",
      subtitle: "Oct 2026 · by unit",
      unit: "%",
      direction: "increase",
      target: 95,
      rows: Array.from({ length: 12 }, (_, at) => ({
        name: `Intensive care and surgery ${at}`,
        value: at === 3 ? null : 88 + at,
      })),
    });
    checkLabels();
  });

  test("a pareto chart", async () => {
    await paretoPicture({
      title: "Incidents by category",
      subtitle: "Medicine and below, 24 Aug to 23 Nov 2026",
      rows: Array.from({ length: 11 }, (_, at) => ({
        name: `Healthcare-associated infection ${at}`,
        count: 1_240 - at * 111,
      })),
    });
    checkLabels();
  });
});
