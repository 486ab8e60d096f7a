import type { IExecuteAction, ISubmitAction } from "@microsoft/teams.cards";
import type { Menu } from "../../src/bot/menu.ts";
import type { Button, Input, Json } from "../../src/chat/card.ts";

/** What a button or a form sends back. It is a stranger's claim: read defensively, authorised by the bot. */
export interface Payload {
  command: string;
  input: Input;
  /** Open the command's form whatever is given. */
  form: boolean;
  /** The card was shown to one person only, in a place of many. */
  targeted: boolean;
  /** The message whose button opened the dialog. */
  source?: Source;
}

export interface Source {
  conversation: string;
  message: string;
  targeted: boolean;
}

export interface Opens {
  needsForm: Menu["needsForm"];
  targeted: boolean;
  /** The card stands in a dialog, where nothing but a submit is understood. */
  dialog?: boolean;
}

/** Decided while the card is drawn: a dialog opens only from a button that says so. */
export function action(button: Button, { needsForm, targeted, dialog }: Opens): IExecuteAction | ISubmitAction {
  const form = button.form && { form: true };
  const data = { command: button.command, input: button.input, ...form, ...(targeted && { targeted }) };
  const look = { title: button.label, ...(button.style !== "default" && { style: styles[button.style] }) };
  if (dialog) return { type: "Action.Submit", ...look, data };
  return button.form || needsForm(button.command, button.input)
    ? { type: "Action.Submit", ...look, data: { ...data, msteams: { type: "task/fetch" } } }
    : { type: "Action.Execute", ...look, verb: button.command, data };
}

const styles = { primary: "positive", danger: "destructive" } as const;

/** Reads what came back; undefined when it is nothing of ours. */
export function readPayload(data: unknown): Payload | undefined {
  if (!isRecord(data) || typeof data.command !== "string" || data.command === "") return undefined;
  const source = readSource(data.source);
  return {
    command: data.command,
    input: isInput(data.input) ? data.input : {},
    form: data.form === true,
    targeted: data.targeted === true,
    ...(source && { source }),
  };
}

function readSource(source: unknown): Source | undefined {
  if (!isRecord(source) || typeof source.conversation !== "string" || typeof source.message !== "string")
    return undefined;
  return { conversation: source.conversation, message: source.message, targeted: source.targeted === true };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isInput = (value: unknown): value is Input => isRecord(value) && Object.values(value).every(isJson);

function isJson(value: unknown): value is Json {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  return Array.isArray(value) ? value.every(isJson) : isInput(value);
}
