import { controlChart } from "../src/domain/kpis/spc/controlChart.ts";

/** Limits and rules of 100,000 points, the best of five, in milliseconds. */
export function timeControlChart(): object {
  const observations = Array.from({ length: 100_000 }, (_, at) => ({ numerator: (at * 7_919) % 97, denominator: 500 }));
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    controlChart(observations, { chart: "xmr", direction: "increase", screen: true });
    return performance.now() - start;
  });
  return { name: "control chart, 100,000 points", milliseconds: Number(Math.min(...times).toFixed(1)) };
}
