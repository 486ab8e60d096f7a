import { z } from "zod";
import type { Menu } from "../../src/bot/menu.ts";
import type { Input, Json } from "../../src/chat/card.ts";
import type { FieldKind } from "../../src/chat/form.ts";
import { fieldOf } from "../slack/form.ts";
import { inputId, timeId } from "../teams/form.ts";
import type { Side } from "./drawing.ts";

/** What a button or a form asks for: a stranger's claim, authorised by the bot. */
export interface Press {
  command: string;
  input: Input;
  form: boolean;
}

/** A button that was used: only some may open a form where they stand. */
export interface Click extends Press {
  opensForm: boolean;
}

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
const input = z.record(z.string(), json);
const press = z.object({ command: z.string().min(1), input: input.default({}), form: z.boolean().default(false) });
const written = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This is no JSON.");
    return z.NEVER;
  }
});

const clicks = {
  slack: z
    .object({ action_id: z.string(), value: written.pipe(press.omit({ command: true })) })
    .transform(({ action_id, value }) => ({ ...value, command: action_id.replace(/#\d+$/, ""), opensForm: true })),
  teams: z
    .object({ data: press.extend({ msteams: z.looseObject({ type: z.string() }).optional() }) })
    .transform(({ data: { msteams, ...data } }) => ({ ...data, opensForm: msteams?.type === "task/fetch" })),
} as const;

/** A button: Slack sends its action id and value, Teams its action's data, which says whether a dialog may open. */
export const readClick = (side: Side, sent: unknown): Click | undefined => clicks[side].safeParse(sent).data;

const option = z.object({ value: z.string() }).transform(({ value }) => value);
const state = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  files: z.array(z.object({ name: z.string(), mediaType: z.string(), base64: z.string() })).nullish(),
});
const slackView = z.object({
  private_metadata: written.pipe(z.object({ command: z.string(), carried: input })),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), state)) }),
});
const teamsData = z.object({ data: z.looseObject({ command: z.string(), input: input.default({}) }) });

/** A filled-in form: what was carried, and above it what stands in the fields. Only the command's own fields are read. */
export function readSubmission(side: Side, sent: unknown, menu: Menu): Press | undefined {
  switch (side) {
    case "slack": {
      const view = slackView.safeParse(sent).data;
      if (!view) return undefined;
      const { command, carried } = view.private_metadata;
      const states = Object.entries(view.state.values).map(
        ([block, actions]) => [fieldOf(block), Object.values(actions)[0]] as const,
      );
      const typed = fieldsOf(menu, command).map(([name, kind]) => {
        const stated = states.find(([field]) => field === name)?.[1];
        return [name, stated && slackValue(kind, stated)] as const;
      });
      return { command, form: false, input: { ...carried, ...filled(typed) } };
    }
    case "teams": {
      const data = teamsData.safeParse(sent).data?.data;
      if (!data) return undefined;
      const typed = fieldsOf(menu, data.command).map(([name, kind]) => [name, teamsValue(name, kind, data)] as const);
      return { command: data.command, form: false, input: { ...data.input, ...filled(typed) } };
    }
  }
}

const fieldsOf = (menu: Menu, command: string): [string, FieldKind["kind"]][] =>
  Object.entries(menu.find(command)?.input ?? {}).map(([name, field]) => [name, field.takes.kind]);

function slackValue(kind: FieldKind["kind"], stated: z.infer<typeof state>): Json | undefined {
  if (kind === "flag") return (stated.selected_options ?? []).length > 0;
  const moment = stated.selected_date_time;
  return (
    stated.value ??
    stated.selected_option ??
    stated.selected_options ??
    stated.selected_date ??
    stated.selected_time ??
    (typeof moment === "number" ? new Date(moment * 1000).toISOString() : undefined) ??
    stated.files?.[0]
  );
}

/** A moment stands in two fields of Teams: its date and its time. What was chosen of many stands in one, with commas. */
function teamsValue(name: string, kind: FieldKind["kind"], data: Record<string, unknown>): Json | undefined {
  const parts = [data[inputId(name)], data[timeId(name)]].filter((part) => part !== undefined && part !== "");
  if (parts.length === 0) return undefined;
  const written = parts.map(String).join("T");
  return kind === "entries" || kind === "many" ? written.split(",") : written;
}

const isFilled = (value: Json | undefined): value is Json =>
  value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

const filled = (typed: readonly (readonly [string, Json | undefined])[]): Input =>
  Object.fromEntries(typed.flatMap(([name, value]) => (isFilled(value) ? [[name, value]] : [])));
