import type { Button, Card, Input } from "../../src/chat/card.ts";
import type { Form } from "../../src/chat/form.ts";
import type { Answer } from "../../src/chat/reply.ts";
import type { Place, Request } from "../../src/chat/request.ts";
import type { SentFile } from "../../src/chat/sentFile.ts";
import { plain } from "../../src/chat/text.ts";
import type { Hospital } from "./hospital.ts";

let deliveries = 0;

/** Somebody who says, clicks, fills in and sees, over the real bot and a real database. */
export function person(hospital: Hospital, handle: string) {
  const asker = hospital.identity(handle);
  const place: Place = {
    platform: asker.platform,
    tenant: asker.tenant,
    conversation: `dm-${handle}`,
    kind: "personal",
  };
  let last: Answer | undefined;

  const send = async (body: Request["body"], id = `delivery-${++deliveries}`): Promise<Answer> => {
    last = await hospital.bot.handle({ id, asker, place, body });
    return last;
  };
  const card = (): Card => {
    if (!last || !("card" in last.reply))
      throw new Error(`Expected a card, and the answer was ${JSON.stringify(last?.reply)}`);
    return last.reply.card;
  };
  const form = (): Form => {
    if (last?.reply.type !== "form")
      throw new Error(`Expected a form, and the answer was ${JSON.stringify(last?.reply)}`);
    return last.reply.form;
  };
  return {
    says: (text: string, id?: string) => send({ type: "text", text }, id),
    /** Sends a file in their own chat, with words or without. */
    sends: (name: string, bytes: string | Uint8Array, text = "", id?: string) =>
      send({ type: "text", text, files: [sentFile(name, bytes)] }, id),
    runs: (command: string, input: Input = {}, id?: string) => send({ type: "run", command, input }, id),
    clicks(label: string, id?: string) {
      const button = buttonsOf(card()).find((one) => one.label === label);
      if (!button)
        throw new Error(
          `There is no button “${label}”, only ${buttonsOf(card())
            .map((one) => one.label)
            .join(", ")}`,
        );
      return send(
        { type: "run", command: button.command, input: button.input, ...(button.form && { form: true }) },
        id,
      );
    },
    /** Fills in the open form; what is not named stays as it is shown. */
    fills(values: Input, id?: string) {
      const { command, carried, fields } = form();
      const shown = Object.fromEntries(
        fields.flatMap((field) => (field.value === undefined ? [] : [[field.name, field.value]])),
      );
      return send({ type: "run", command, input: { ...carried, ...shown, ...values } }, id);
    },
    card,
    form,
    /** All that the last card or form says, without markup. */
    sees: (): string => (last?.reply.type === "form" ? formText(form()) : said(card())),
    answer: () => last,
  };
}

export const sentFile = (name: string, bytes: string | Uint8Array): SentFile => ({
  name,
  async *read() {
    yield Buffer.from(bytes as string);
  },
});

export function buttonsOf(card: Card): Button[] {
  return card.blocks.flatMap((block) =>
    block.type === "buttons"
      ? block.buttons
      : block.type === "list"
        ? block.items.flatMap((item) => item.button ?? [])
        : [],
  );
}

/** Every text of a card, a line each. */
export function said(card: Card, zone = "America/New_York"): string {
  const lines: string[] = [];
  const visit = (value: unknown): void => {
    if (
      Array.isArray(value) &&
      value.length > 0 &&
      value.every(
        (one) =>
          typeof one === "object" &&
          one !== null &&
          "type" in one &&
          ["words", "strong", "data", "staff", "time", "link"].includes(one.type),
      )
    )
      lines.push(plain(value, zone));
    else if (value !== null && typeof value === "object")
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === "string" && ["label", "caption", "alt", "title"].includes(key)) lines.push(inner);
        else visit(inner);
  };
  visit(card.blocks);
  return lines.join("\n");
}

function formText(form: Form): string {
  return [
    form.title,
    plain(form.problem ?? [], "UTC"),
    ...form.fields.map(
      (field) =>
        `${field.label}: ${field.shown?.join(", ") ?? field.value ?? (field.kept ? `${field.kept} kept` : "")} ${field.error ?? ""}`,
    ),
  ].join("\n");
}
