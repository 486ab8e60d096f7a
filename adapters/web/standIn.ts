import type { Form, FormField } from "../../src/chat/form.ts";
import { plain } from "../../src/chat/text.ts";

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
