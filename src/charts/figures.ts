/** "4.1", "91 %", "1,190": as many decimals as say something. */
export function figure(value: number, unit: string): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 1 || size === 0 ? 1 : 2;
  return `${number(value, digits)}${isSign(unit) ? ` ${unit}` : ""}`;
}

/** A unit that stands behind every figure. */
export const isSign = (unit: string): boolean => unit.length === 1;

/** By the digits after the point: to make one takes longer than all the rest of an axis. */
const formats = [0, 1, 2, 3, 4, 5].map((digits) => new Intl.NumberFormat("en-US", { maximumFractionDigits: digits }));

export const number = (value: number, digits: number): string => signed(formats[digits]?.format(value) ?? "");

/** "$412,000". */
export const money = (value: number, currency: string): string =>
  signed(`${value < 0 ? "-" : ""}${currency}${Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: 0 })}`);

/** "$412k", "$4.1m": for axes. */
export function shortMoney(value: number, currency: string): string {
  const size = Math.abs(value);
  const [by, name] = size >= 1e6 ? ([1e6, "m"] as const) : size >= 1e3 ? ([1e3, "k"] as const) : ([1, ""] as const);
  return signed(
    `${value < 0 ? "-" : ""}${currency}${(size / by).toLocaleString("en-US", { maximumFractionDigits: 2 })}${name}`,
  );
}

const signed = (written: string): string => (/^-[^1-9]*$/.test(written) ? written.slice(1) : written.replace("-", "−"));

export interface Scale {
  least: number;
  most: number;
  step: number;
}

/** Round steps around all values, in about so many parts; not below zero where no value is. */
export function roundScale(values: readonly number[], parts: number): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || Math.abs(high) || 1;
  const from = low >= 0 ? Math.max(0, low - span * 0.08) : low - span * 0.08;
  const step = roundStep((high + span * 0.08 - from) / parts);
  return { least: Math.floor(from / step) * step, most: Math.ceil((high + span * 0.05) / step) * step, step };
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 2.5, 5].find((times) => times * power >= least) ?? 10);
}

/** Decimals that tell the steps of an axis apart. */
export const digitsOf = (step: number): number =>
  [0, 1, 2, 3, 4].find((digits) => Math.abs(step - Number(step.toFixed(digits))) < step * 1e-6) ?? 5;
