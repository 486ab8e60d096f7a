import type { Message as Kept } from "../conversations.ts";
import type { Drawn, Side } from "../drawing.ts";
import type { Done } from "../turns.ts";

export type { Done, Drawn, Side };

export interface Person {
  handle: string;
  name: string;
  detail: string;
  user: string;
}

export interface Channel {
  id: string;
  name: string;
}

/** A message as the server sends it: files by their names. */
export type Message = Omit<Kept, "files"> & { files: string[] };
/** What the menu of a message offers. */
export interface Entry {
  id: string;
  title: string;
}

export type Home = Pick<Message, "drawn" | "zone">;

export interface Choice {
  code: string;
  label: string;
  detail?: string;
}

/** A field that searches: Teams names the directory, Slack the block and we the form's command. */
export type Searched = { directory: string } | { block: string; command: string };

/** Something did not work; its message says what to do and is shown as it is. */
export class Problem extends Error {}

export interface Sent {
  person: string;
  conversation: string;
  side: Side;
  /** The message whose button was used or opened the form. */
  message?: string;
  sent: unknown;
}

export interface Chosen extends Omit<Sent, "sent"> {
  message: string;
  shortcut: string;
}

export const server = {
  people: () => get<{ people: Person[]; channels: Channel[]; entries: Entry[] }>("people", {}),
  messages: (person: string, conversation: string) => get<Message[]>("messages", { person, conversation }),
  home: (person: string) => get<Home>("home", { person }),
  options: (person: string, field: Searched, query: string) =>
    get<Choice[]>("options", { person, ...field, query: query.slice(0, 200) }),
  say: (person: string, conversation: string, text: string) => post("say", { person, conversation, text }),
  send: (person: string, conversation: string, text: string, file: File) =>
    ask<Done>(
      fetch(`/api/send?${new URLSearchParams({ person, conversation, text, name: file.name })}`, {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: file,
      }),
    ),
  click: (sent: Sent) => post("click", sent),
  submit: (sent: Sent) => post("submit", sent),
  choose: (chosen: Chosen) => post("choose", chosen),
  file: (person: string, message: string, number: number) =>
    `/api/files/${message}/${number}?${new URLSearchParams({ person })}`,
  events: (person: string) => new EventSource(`/api/events?${new URLSearchParams({ person })}`),
};

const get = <Result>(name: string, query: Record<string, string>) =>
  ask<Result>(fetch(`/api/${name}?${new URLSearchParams(query)}`));

const post = (name: string, body: object) =>
  ask<Done>(
    fetch(`/api/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

async function ask<Result>(asked: Promise<Response>): Promise<Result> {
  const answer = await asked.catch(() => undefined);
  if (!answer) throw new Problem("Rounds does not answer. See whether it still runs, then try again.");
  if (answer.ok) return answer.json();
  const said: { problem?: string } = await answer.json().catch(() => ({}));
  throw new Problem(said.problem ?? "This did not work. Try again in a moment.");
}
