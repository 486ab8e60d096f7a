import type { Field, Fields } from "../../src/bot/field.ts";
import type { Input, Json } from "../../src/chat/card.ts";
import { inputId, timeId } from "./form.ts";

/**
 * The input of a submitted dialog: what was carried, and above it what was filled in. Only the command's own fields
 * are read. What is no date or number stays as typed, so that the bot can say what is wrong and show it again.
 */
export function submittedInput(fields: Fields, carried: Input, data: Record<string, unknown>): Input {
  const filled = Object.entries(fields).flatMap(([name, field]) => {
    const value = fieldValue(name, field, data);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...carried, ...Object.fromEntries(filled) };
}

function fieldValue(name: string, field: Field, data: Record<string, unknown>): Json | undefined {
  const typed = written(data[inputId(name)]);
  switch (field.takes.kind) {
    case "text":
    case "paragraph":
    case "choice":
    case "money":
    case "date":
    case "time":
    case "month":
    case "repeat":
    case "ref":
    case "entry":
      return typed;
    case "many":
    case "entries":
      return typed?.split(",").filter((one) => one !== "");
    case "number":
      return typed === undefined || !Number.isFinite(Number(typed)) ? typed : Number(typed);
    case "flag":
      return typed === undefined ? undefined : typed === "true";
    case "date-time": {
      const parts = [typed, written(data[timeId(name)])].filter((part) => part !== undefined);
      return parts.length === 0 ? undefined : parts.join("T");
    }
    case "file":
      return undefined;
  }
}

function written(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
