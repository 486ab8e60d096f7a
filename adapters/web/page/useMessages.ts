import { useCallback, useEffect, useState } from "react";
import { type Message, server } from "./server.ts";

interface Messages {
  messages: Message[];
  /** Conversations in which something is new. */
  unread: ReadonlySet<string>;
  refresh(): void;
}

/** The messages of a conversation, kept up to date while they change. */
export function useMessages(
  person: string | undefined,
  conversation: string,
  tell: (error: unknown) => void,
): Messages {
  const [messages, setMessages] = useState<Message[]>([]);
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set());

  const refresh = useCallback(() => {
    if (person !== undefined) read(person, conversation).then(setMessages, tell);
  }, [person, conversation, tell]);

  useEffect(() => {
    if (person === undefined) return;
    let current = true;
    const load = () =>
      read(person, conversation).then((loaded) => {
        if (current) setMessages(loaded);
      }, tell);
    void load();
    setUnread((now) => new Set([...now].filter((one) => one !== conversation)));

    const events = server.events(person);
    // What was said while the connection was away is loaded when it is back.
    let opens = 0;
    events.onopen = () => {
      opens += 1;
      if (opens > 1) void load();
    };
    events.onmessage = (event) => {
      const message: Message = JSON.parse(event.data);
      if (message.conversation === conversation) setMessages((now) => merged(now, message));
      else setUnread((now) => new Set([...now, message.conversation]));
    };
    return () => {
      current = false;
      events.close();
    };
  }, [person, conversation, tell]);

  return { messages, unread, refresh };
}

const read = (person: string, conversation: string): Promise<Message[]> =>
  conversation === "home" ? home(person) : server.messages(person, conversation);

/** App Home holds one thing: what waits for this person now. */
async function home(person: string): Promise<Message[]> {
  const shown = await server.home(person);
  return [{ ...shown, id: "home", conversation: "home", at: new Date().toISOString(), files: [] }];
}

const merged = (messages: Message[], changed: Message): Message[] =>
  messages.some((one) => one.id === changed.id)
    ? messages.map((one) => (one.id === changed.id ? changed : one))
    : [...messages, changed];
