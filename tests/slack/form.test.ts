import { describe, expect, it } from "vitest";
import { errorsIn, fieldOf, renderForm, savingView } from "../../adapters/slack/form.ts";
import { readMetadata, readPressed } from "../../adapters/slack/metadata.ts";
import { submittedInput, typedIn } from "../../adapters/slack/submitted.ts";
import * as field from "../../src/bot/field.ts";
import type { Input } from "../../src/chat/card.ts";
import type { FieldKind, Form, FormField } from "../../src/chat/form.ts";
import { text } from "../../src/chat/text.ts";
import { viewFault } from "../support/slack/blocks.ts";
import { textOf } from "../support/slack/senders.ts";

const zone = "America/New_York";
const asked = { source: { channel: "C1", message: "1.2" }, zone };
const options = [
  { code: "fall", label: "Fall", detail: "A patient fell" },
  { code: "other", label: "Other" },
];

const form = (...fields: FormField[]): Form => ({
  command: "incident report",
  title: "Report an incident",
  submit: "Send",
  intro: text`Files an incident.`,
  fields,
  carried: { draft: "d1" },
});
const one = (name: string, takes: FieldKind, more: Partial<FormField> = {}): FormField => ({
  name,
  label: `The ${name}`,
  required: true,
  takes,
  ...more,
});

const filled: { kind: FieldKind; value: FormField["value"]; shown?: string[]; declared: field.Field }[] = [
  { kind: { kind: "text", max: 300 }, value: "a nurse", declared: field.text({ label: "x" }) },
  { kind: { kind: "paragraph", max: 40_000 }, value: "slipped\n*twice*", declared: field.paragraph({ label: "x" }) },
  { kind: { kind: "choice", options }, value: "fall", declared: field.choice(options, { label: "x" }) },
  { kind: { kind: "many", options }, value: ["fall", "other"], declared: field.many(options, { label: "x" }) },
  { kind: { kind: "number", min: 1, whole: true }, value: 12, declared: field.number({ label: "x" }) },
  { kind: { kind: "money" }, value: "1250.50", declared: field.money({ label: "x" }) },
  { kind: { kind: "flag" }, value: true, declared: field.flag({ label: "x" }) },
  { kind: { kind: "date" }, value: "2026-11-23", declared: field.date({ label: "x" }) },
  {
    kind: { kind: "date-time", towards: "past" },
    value: "2026-11-23T06:10",
    declared: field.dateTime("past", { label: "x" }),
  },
  { kind: { kind: "time" }, value: "07:30", declared: field.time({ label: "x" }) },
  { kind: { kind: "month" }, value: "2026-11", declared: field.month({ label: "x" }) },
  { kind: { kind: "repeat" }, value: "weekdays", declared: field.repeat({ label: "x" }) },
  { kind: { kind: "ref", prefixes: ["INC"] }, value: "INC-142", declared: field.ref("INC", { label: "x" }) },
  {
    kind: { kind: "entry", directory: "unit" },
    value: "u1",
    shown: ["4 West"],
    declared: field.entry("unit", { label: "x" }),
  },
  {
    kind: { kind: "entries", directory: "person" },
    value: ["p1", "p2"],
    shown: ["Jane Lee", "Ali"],
    declared: field.entries("person", { label: "x" }),
  },
];

/** What Slack sends back when nothing is changed. */
function submittedAsShown(view: { blocks: unknown[]; private_metadata?: string }) {
  const values = Object.fromEntries(
    view.blocks.flatMap((block) => {
      const { type, block_id, element } = block as { type: string; block_id: string; element: Record<string, unknown> };
      if (type !== "input") return [];
      const state = {
        type: element.type,
        value: element.initial_value ?? null,
        selected_option: element.initial_option ?? null,
        selected_options: element.initial_options ?? [],
        selected_date: element.initial_date ?? null,
        selected_time: element.initial_time ?? null,
        selected_date_time: element.initial_date_time ?? null,
      };
      return [[block_id, { input: state }]];
    }),
  );
  return { ...view, state: { values } };
}

async function readBack(view: ReturnType<typeof renderForm>, fields: field.Fields): Promise<Input> {
  const metadata = readMetadata(view.private_metadata);
  if (metadata === undefined) throw new Error("The modal carries nothing.");
  return submittedInput(fields, metadata, submittedAsShown(view), async () => undefined);
}

describe("a form", () => {
  it("is a modal that Slack takes with a field of every kind, empty and filled in", () => {
    const empty = filled.map(({ kind }, index) => one(`f${index}`, kind));
    const full = filled.map(({ kind, value, shown }, index) =>
      one(`f${index}`, kind, { ...(value !== undefined && { value }), ...(shown && { shown }), hint: "A hint." }),
    );
    expect(viewFault(renderForm(form(...empty, one("file", { kind: "file" })), asked))).toBeUndefined();
    expect(viewFault(renderForm(form(...full), asked))).toBeUndefined();
  });

  it.each(filled)("gives back what it showed: $kind.kind", async ({ kind, value, shown, declared }) => {
    const view = renderForm(
      form(one("it", kind, { ...(value !== undefined && { value }), ...(shown && { shown }) })),
      asked,
    );
    expect(await readBack(view, { it: declared })).toEqual({ draft: "d1", it: value });
  });

  it("shows as text what fits no picker, and gives it back", async () => {
    const odd = [
      { kind: { kind: "date" }, value: "someday", declared: field.date({ label: "x" }) },
      { kind: { kind: "time" }, value: "25:99", declared: field.time({ label: "x" }) },
      { kind: { kind: "number" }, value: "many", declared: field.number({ label: "x" }) },
      {
        kind: { kind: "date-time", towards: "past" },
        value: "noonish",
        declared: field.dateTime("past", { label: "x" }),
      },
    ] as const;
    for (const { kind, value, declared } of odd) {
      const view = renderForm(form(one("it", kind, { value })), asked);
      expect(viewFault(view)).toBeUndefined();
      expect(await readBack(view, { it: declared })).toMatchObject({ it: value });
    }
  });

  it("shows a moment by the reader's own clock, and no moment before it is known which clock that is", () => {
    const moment = one("when", { kind: "date-time", towards: "past" }, { value: "2026-11-23T06:10" });
    expect(JSON.stringify(renderForm(form(moment), asked))).toContain('"initial_date_time":1795432200');
    expect(JSON.stringify(renderForm(form(moment), { source: {} }))).not.toContain("initial_date_time");
  });

  it("gives a field another block when it shows another value, because Slack keeps what stands under the same", () => {
    const ids = (value?: string) =>
      renderForm(form(one("what", { kind: "text", max: 300 }, value === undefined ? {} : { value })), asked)
        .blocks.map((block) => block.block_id)
        .filter((id) => id !== undefined);
    expect(ids("a")).toEqual(ids("a"));
    expect(ids("a")).not.toEqual(ids("b"));
    expect(ids().map(fieldOf)).toEqual(["what"]);
  });

  it("says what was kept aside, what is wrong, and first why it was not done", () => {
    const view = renderForm(
      {
        ...form(
          one("what", { kind: "paragraph", max: 40_000 }, { kept: 5_012 }),
          one("where", { kind: "entry", directory: "unit" }, { error: "There is no unit “9Z”." }),
        ),
        problem: text`The incident is closed.`,
      },
      asked,
    );
    expect(viewFault(view)).toBeUndefined();
    const said = textOf(view.blocks);
    expect(said.startsWith("Attention: The incident is closed.")).toBe(true);
    expect(said).toContain("The what: 5,012 characters are kept and will be filed as typed.");
    expect(said).toContain("Attention: There is no unit “9Z”.");
  });

  it("never carries more than Slack takes", () => {
    const view = renderForm(
      { ...form(), carried: { what: "x".repeat(2_800) } },
      { source: { channel: "C1", responseUrl: `https://hooks.slack.com/${"y".repeat(200)}` }, zone },
    );
    expect(viewFault(view)).toBeUndefined();
    expect(readMetadata(view.private_metadata)?.source).toEqual({ channel: "C1" });
  });
});

describe("what is wrong after it was sent", () => {
  const wrong = one("where", { kind: "entry", directory: "unit" }, { error: "There is no such unit." });
  const open = renderForm(
    form(one("what", { kind: "text", max: 300 }), one("where", { kind: "entry", directory: "unit" })),
    asked,
  );

  it("stands under the fields of the modal that is open", () => {
    expect(errorsIn(form(wrong), open.blocks)).toEqual({ "where|@unit|": "There is no such unit." });
  });

  it("is drawn anew where the open modal has no such field, or where it is about no single one", () => {
    expect(errorsIn(form({ ...wrong, name: "elsewhere" }), open.blocks)).toBeUndefined();
    expect(errorsIn({ ...form(wrong), problem: text`Closed.` }, open.blocks)).toBeUndefined();
  });
});

it("keeps what was typed in sight while it takes longer", () => {
  const view = renderForm(form(one("what", { kind: "text", max: 300 }, { value: "wet *floor*" })), asked);
  const saving = savingView("Report an incident", typedIn(submittedAsShown(view), zone));
  expect(viewFault(saving)).toBeUndefined();
  expect(textOf(saving.blocks)).toContain("The what\nwet *floor*");
});

it("reads nothing from what no modal or button of ours carries", () => {
  for (const claim of [undefined, "", "{", "[]", '{"command":1}', '{"command":"todo","carried":[]}'])
    expect(readMetadata(claim)).toBeUndefined();
  for (const value of [undefined, "", "{", "null", '{"input":3}'])
    expect(readPressed({ action_id: "todo#1", value })).toBeUndefined();
  expect(readPressed({ action_id: "incident show#12", value: '{"input":{"incident":3},"form":true}' })).toEqual({
    command: "incident show",
    input: { incident: 3 },
    form: true,
  });
});
