import { z } from "zod";
import type { Menu } from "../../src/bot/menu.ts";
import type { Input, Json } from "../../src/chat/card.ts";
import { inputId, timeId } from "../teams/form.ts";
import type { Side } from "./drawing.ts";

/** What a button or a form asks for: a stranger's claim, authorised by the bot. */
export interface Press {
  command: string;
  input: Input;
  form: boolean;
}

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
const press = z.object({
  command: z.string().min(1),
  input: z.record(z.string(), json).default({}),
  form: z.boolean().default(false),
});
const written = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue("This is no JSON.");
    return z.NEVER;
  }
});

/** What Slack sends for a button, in short, and what Teams does. */
const clicks = {
  slack: z
    .object({ action_id: z.string(), value: written.pipe(press.omit({ command: true })) })
    .transform(({ action_id, value }) => ({ ...value, command: action_id.replace(/#\d+$/, "") })),
  teams: z.object({ data: press }).transform(({ data }) => data),
} as const;

export const readClick = (side: Side, sent: unknown): Press | undefined => clicks[side].safeParse(sent).data;

const submitted = {
  slack: z.object({
    callback_id: z.string(),
    private_metadata: written.pipe(z.object({ input: z.record(z.string(), json) })),
    values: z.record(z.string(), json),
  }),
  teams: z.object({ data: z.looseObject(press.shape) }),
} as const;

/** A filled-in form: what was carried, and above it what stands in the fields. */
export function readSubmission(side: Side, sent: unknown, menu: Menu): Press | undefined {
  switch (side) {
    case "slack": {
      const read = submitted.slack.safeParse(sent).data;
      if (!read) return undefined;
      return { command: read.callback_id, form: false, input: { ...read.private_metadata.input, ...filled(read.values) } };
    }
    case "teams": {
      const read = submitted.teams.safeParse(sent).data;
      if (!read) return undefined;
      const names = Object.keys(menu.find(read.data.command)?.input ?? {});
      const typed = names.map((name) => [name, teamsValue(name, read.data)] as const);
      return { command: read.data.command, form: false, input: { ...read.data.input, ...filled(Object.fromEntries(typed)) } };
    }
  }
}

/** A date and its time stand in two fields of Teams. */
function teamsValue(name: string, data: Record<string, unknown>): Json {
  const parts = [data[inputId(name)], data[timeId(name)]].filter((part) => part !== undefined && part !== "");
  return parts.length === 0 ? null : parts.map(String).join("T");
}

const filled = (values: Input): Input =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""));
