import type { Block, Button, Card, Reader } from "../../src/chat/card.ts";
import type { Form, FormField } from "../../src/chat/form.ts";
import { plain } from "../../src/chat/text.ts";

const button = (b: Button, n: number) => ({ type: "button", text: { type: "plain_text", text: b.label }, action_id: `${b.command}#${n}`, value: JSON.stringify({ command: b.command, input: b.input, form: b.form }), ...(b.style !== "default" && { style: b.style }) });

export function renderCard(card: Card, reader: Reader) {
  const md = (t: Parameters<typeof plain>[0]) => ({ type: "mrkdwn", text: plain(t, reader.zone) });
  const blocks = card.blocks.flatMap((b: Block): object[] => {
    if (b.type === "heading") return [{ type: "header", text: { type: "plain_text", text: plain(b.text, reader.zone) } }];
    if (b.type === "facts") return [{ type: "section", fields: b.facts.map((f) => ({ type: "mrkdwn", text: `*${f.label}*\n${plain(f.value, reader.zone)}` })) }];
    if (b.type === "list") return b.items.map((i, n) => ({ type: "section", text: md(i.text), ...(i.button && { accessory: button(i.button, n) }) }));
    if (b.type === "buttons") return [{ type: "actions", elements: b.buttons.map(button) }];
    if (b.type === "context") return [{ type: "context", elements: [md(b.text)] }];
    if (b.type === "paragraph" || b.type === "notice") return [{ type: "section", text: md(b.text) }];
    return [];
  });
  return { text: plain(card.summary, reader.zone), blocks };
}

export function renderForm(form: Form) {
  const element = (f: FormField): object => {
    const options = (all: readonly { code: string; label: string }[]) => all.map((o) => ({ text: { type: "plain_text", text: o.label }, value: o.code }));
    const t = f.takes;
    if (t.kind === "choice") return { type: "static_select", action_id: f.name, options: options(t.options), ...(f.value !== undefined && { initial_option: options(t.options).find((o) => o.value === f.value) }) };
    if (t.kind === "entry") return { type: "external_select", action_id: `${t.directory}`, min_query_length: 0, ...(f.value !== undefined && { initial_option: { text: { type: "plain_text", text: f.shown?.[0] ?? String(f.value) }, value: String(f.value) } }) };
    if (t.kind === "date-time") return { type: "plain_text_input", action_id: f.name, ...(f.value !== undefined && { initial_value: String(f.value) }) };
    return { type: "plain_text_input", action_id: f.name, multiline: t.kind === "paragraph", ...(f.value !== undefined && { initial_value: String(f.value) }) };
  };
  return { type: "modal", callback_id: form.command, title: { type: "plain_text", text: form.title }, submit: { type: "plain_text", text: form.submit }, close: { type: "plain_text", text: "Cancel" }, private_metadata: JSON.stringify({ input: form.carried }), blocks: [...(form.problem ? [{ type: "section", text: { type: "mrkdwn", text: plain(form.problem, "UTC") } }] : []), ...form.fields.map((f) => ({ type: "input", block_id: f.name, optional: !f.required, label: { type: "plain_text", text: f.label }, ...(f.hint && { hint: { type: "plain_text", text: f.hint } }), element: element(f) }))] };
}
