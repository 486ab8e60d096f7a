import { type Input, withButtons } from "../chat/card.ts";
import type { Form } from "../chat/form.ts";
import type { Reply } from "../chat/reply.ts";
import type { Request } from "../chat/request.ts";
import type { Draft } from "../domain/drafts.ts";
import type { Command } from "./command.ts";
import { formOf } from "./form.ts";
import { type Checked, clean } from "./input.ts";

/** Characters of JSON that a button may carry: Slack's limit for a button's value is 2,000. */
const longestCarried = 1500;

/**
 * Keeps aside what is too long for a button or a form to carry, under the request's id, so that nothing typed is lost;
 * the reply then names the draft instead. Without a query: the caller stores the drafts.
 *
 * A form that follows from a draft (`from`) has a draft as well, which names the one before, however short it is: once
 * something is filed, all that was kept on the way to it is dropped, and nothing links an anonymous report to its author.
 */
export function keepAside(reply: Reply, request: string, from: string | undefined): { reply: Reply; drafts: Draft[] } {
  const drafts: Draft[] = [];
  // A view that is submitted again keeps its id; its new draft needs another one than that which it comes from.
  const name = from?.startsWith(request) ? `${from}+` : request;
  const aside = (input: Input): Input => {
    const draft = { request: drafts.length === 0 ? name : `${name}#${drafts.length}`, input };
    drafts.push(draft);
    return { draft: draft.request };
  };
  const keep = (input: Input): Input => (JSON.stringify(input).length <= longestCarried ? input : aside(input));
  const carry = (input: Input): Input => (from === undefined ? keep(input) : aside({ ...input, draft: from }));
  switch (reply.type) {
    case "privately":
    case "here":
    case "update":
      return {
        reply: { ...reply, card: withButtons(reply.card, (one) => ({ ...one, input: keep(one.input) })) },
        drafts,
      };
    case "form":
      return { reply: { ...reply, form: { ...reply.form, carried: carry(reply.form.carried) } }, drafts };
    case "nothing":
      return { reply, drafts };
  }
}

/** The draft that a button or a form names. */
export const draftOf = ({ body }: Request): string | undefined =>
  body.type === "run" && typeof body.input.draft === "string" ? clean(body.input.draft) : undefined;

/** The form of a command with what was given and what is known of it; what it cannot show it carries. */
export function formFor(command: Command, input: Input, checked?: Pick<Checked, "errors" | "shown" | "written">): Form {
  const written = { ...input, ...checked?.written };
  return carryKept(formOf(command, written, { errors: checked?.errors ?? {}, shown: checked?.shown ?? {} }), written);
}

/** Moves the values that a form cannot show into what it carries. */
function carryKept(form: Form, input: Input): Form {
  const kept = form.fields
    .filter((field) => field.kept !== undefined)
    .map((field) => [field.name, input[field.name] ?? null]);
  return kept.length === 0 ? form : { ...form, carried: { ...form.carried, ...Object.fromEntries(kept) } };
}
