// What is wrong with parts of a payload, in words that a failing test shows.

export type Json = Record<string, unknown>;
export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const oddProperty = (value: Json, allowed: string[]): string | undefined =>
  Object.keys(value).find((key) => !allowed.includes(key));
export const first = <Value>(values: Value[], fault: (value: Value) => string | undefined): string | undefined =>
  values.map(fault).find((found) => found !== undefined);
export const counted = (value: unknown, least: number, most: number): string | undefined =>
  list(value).length < least || list(value).length > most ? `needs ${least} to ${most} elements` : undefined;

export function duplicateAction(elements: unknown): string | undefined {
  const ids = list(elements)
    .map((one) => (isObject(one) ? one.action_id : undefined))
    .filter((id) => id !== undefined);
  return new Set(ids).size === ids.length ? undefined : "action_id twice in a block";
}

export function textFault(value: unknown, most: number): string | undefined {
  if (!isObject(value)) return "text is no object";
  if (!["plain_text", "mrkdwn"].includes(String(value.type))) return "text type";
  const text = value.text;
  if (typeof text !== "string" || text.length === 0) return "empty text";
  return text.length > most ? `text above ${most}` : oddProperty(value, ["type", "text", "emoji", "verbatim"]);
}

export const plainFault = (value: unknown, most: number): string | undefined =>
  isObject(value) && value.type === "mrkdwn" ? "plain_text is needed" : textFault(value, most);
