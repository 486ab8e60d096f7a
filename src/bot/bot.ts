import type { Card } from "../chat/card.ts";
import type { EntryKind, Form, Option } from "../chat/form.ts";
import type { Answer, ShowProgress } from "../chat/reply.ts";
import type { Identity, Request } from "../chat/request.ts";
import type { Menu } from "./menu.ts";

/** What an adapter talks to. */
export interface Bot {
  menu: Menu;
  /** Runs the request; never throws: what went wrong comes back as a card that says what to do. */
  handle(request: Request, show?: ShowProgress): Promise<Answer>;
  /**
   * The form that this request is certain to need, made from the menu alone, without a query: a modal must open before
   * its trigger expires. {@link Bot.handle} checks the request and returns the same form, or says why not.
   */
  opens(request: Request): Form | undefined;
  /** Entries of a directory that match what is typed so far, at most 20; `code` is the entry's id. */
  options(asker: Identity, directory: EntryKind, query: string): Promise<Option[]>;
  /** What the bot says when it is added to a chat. */
  welcome(): Card;
}
