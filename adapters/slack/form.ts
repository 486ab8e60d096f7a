import { createHash } from "node:crypto";
import type { InputBlock, KnownBlock, ModalView } from "@slack/types";
import type { Input } from "../../src/chat/card.ts";
import type { EntryKind, Form, FormField } from "../../src/chat/form.ts";
import { type Text, words } from "../../src/chat/text.ts";
import { fieldElement, hasValue } from "./field.ts";
import { labelCharacters, sectionCharacters, titleCharacters } from "./limits.ts";
import { isRecord, type Source, word, writeMetadata } from "./metadata.ts";
import { elements, plainText } from "./text.ts";

/** What a form is drawn for. */
export interface Asked {
  source: Source;
  /** The reader's zone; not known yet while a modal opens before the database was asked. */
  zone?: string;
}

/** A form as a modal. */
export function renderForm(form: Form, { source, zone }: Asked): ModalView {
  const reader = { zone: zone ?? "UTC", mentions: {} };
  const said = (text: Text): KnownBlock[] => [
    { type: "rich_text", elements: [{ type: "rich_text_section", elements: elements(text, reader) }] },
  ];
  return {
    type: "modal",
    callback_id: "form",
    title: plainText(form.title, titleCharacters),
    submit: plainText(form.submit, titleCharacters),
    close: plainText("Cancel", titleCharacters),
    private_metadata: writeMetadata({
      command: form.command,
      carried: { ...form.carried, ...unshown(form, zone) },
      source,
      ...(zone !== undefined && { zone }),
    }),
    blocks: [
      ...(form.problem ? said([{ type: "strong", text: "Attention: " }, ...form.problem]) : []),
      ...(form.intro && form.intro.length > 0 ? said(form.intro) : []),
      ...form.fields.flatMap((field) => fieldBlocks(field, zone)),
    ],
  };
}

/** Moments cannot be shown before the reader's zone is known: they stand unless another one is chosen. */
const unshown = (form: Form, zone: string | undefined): Input =>
  Object.fromEntries(
    form.fields.flatMap((field) =>
      field.takes.kind === "date-time" && field.value !== undefined && !hasValue(fieldElement(field, zone))
        ? [[field.name, field.value]]
        : [],
    ),
  );

function fieldBlocks(field: FormField, zone: string | undefined): KnownBlock[] {
  const wrong: KnownBlock[] = field.error === undefined ? [] : [notice(`Attention: ${field.error}`)];
  if (field.kept !== undefined)
    return [
      notice(`${field.label}: ${field.kept.toLocaleString("en-US")} characters are kept and will be filed as typed.`),
      ...wrong,
    ];
  return [inputBlock(field, zone), ...wrong];
}

const notice = (text: string): KnownBlock => ({ type: "context", elements: [plainText(text, sectionCharacters)] });

function inputBlock(field: FormField, zone: string | undefined): InputBlock {
  const element = fieldElement(field, zone);
  return {
    type: "input",
    block_id: blockId(field, element),
    label: plainText(field.label, labelCharacters),
    element,
    optional: !field.required || field.takes.kind === "flag",
    ...(field.hint !== undefined && { hint: plainText(field.hint, labelCharacters) }),
  };
}

/**
 * The field's name, the directory it searches, and a mark of what it shows at first: Slack keeps what was typed under a
 * block id, so that a modal which is updated shows another value only under another id.
 */
function blockId(field: FormField, element: InputBlock["element"]): string {
  const directory = "directory" in field.takes ? `@${field.takes.directory}` : "";
  const mark = hasValue(element) ? createHash("sha256").update(JSON.stringify(element)).digest("hex").slice(0, 8) : "";
  return `${field.name}|${directory}|${mark}`;
}

export const fieldOf = (id: string): string => id.split("|")[0] ?? "";

export function directoryOf(id: unknown): EntryKind | undefined {
  const name = word(id).split("|")[1]?.slice(1) ?? "";
  return isDirectory(name) ? name : undefined;
}

const directories: Record<EntryKind, true> = {
  unit: true,
  person: true,
  job: true,
  course: true,
  metric: true,
  line: true,
};
const isDirectory = (name: string): name is EntryKind => Object.hasOwn(directories, name);

/** A form's errors by the block of the modal that is open; undefined when something else than shown fields is wrong. */
export function errorsIn(form: Form, openBlocks: unknown): Record<string, string> | undefined {
  const ids = (Array.isArray(openBlocks) ? openBlocks : []).flatMap((block) =>
    isRecord(block) && block.type === "input" ? [word(block.block_id)] : [],
  );
  const wrong = form.fields.flatMap((field) => (field.error === undefined ? [] : [{ ...field, error: field.error }]));
  if (form.problem !== undefined || wrong.length === 0) return undefined;
  const errors: Record<string, string> = {};
  for (const field of wrong) {
    const id = ids.find((one) => fieldOf(one) === field.name);
    if (id === undefined || field.kept !== undefined) return undefined;
    errors[id] = field.error;
  }
  return errors;
}

/** Calm words while it takes longer, above what was typed. */
export function savingView(title: string, typed: readonly { label: string; value: string }[]): ModalView {
  const reader = { zone: "UTC", mentions: {} };
  const line = ({ label, value }: { label: string; value: string }): Text => [
    { type: "strong", text: label },
    words("\n"),
    { type: "data", text: value },
  ];
  const rich = (text: Text): KnownBlock => ({
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: elements(text, reader) }],
  });
  return {
    type: "modal",
    title: plainText(title, titleCharacters),
    close: plainText("Close", titleCharacters),
    blocks: [
      rich([words("Still saving. You may close this; the answer comes to you either way.")]),
      ...typed.map((one) => rich(line(one))),
    ],
  };
}
