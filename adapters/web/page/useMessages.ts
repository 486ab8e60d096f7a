import { useCallback, useEffect, useRef, useState } from "react";
import { type Message, server } from "./server.ts";

interface Messages {
  /** Undefined until they are loaded. */
  messages: Message[] | undefined;
  /** Conversations in which something is new. */
  unread: ReadonlySet<string>;
  /** The service does not answer at the moment. */
  lost: boolean;
  refresh(): void;
}

/** Milliseconds. */
const betweenTries = 2000;

/** The messages of a conversation, kept up to date while they change. */
export function useMessages(
  person: string | undefined,
  conversation: string,
  tell: (error: unknown) => void,
): Messages {
  const [messages, setMessages] = useState<Message[]>();
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set());
  const [lost, setLost] = useState(false);

  const place = `${person} ${conversation}`;
  const latest = useRef(place);
  latest.current = place;

  const refresh = useCallback(() => {
    // What is read may arrive when somebody else, or another conversation, is shown.
    const show = (all: Message[]) => latest.current === place && setMessages(all);
    if (person !== undefined) read(person, conversation).then(show, tell);
  }, [person, conversation, place, tell]);

  useEffect(() => {
    if (person === undefined) return;
    let current = true;
    // What is told while the messages are being loaded is newer than they are.
    let told: Message[] = [];
    const load = async () => {
      told = [];
      try {
        const loaded = await read(person, conversation);
        if (current) setMessages(told.reduce(merged, loaded));
      } catch (error) {
        tell(error);
      }
    };
    setMessages(undefined);
    setUnread((now) => new Set([...now].filter((one) => one !== conversation)));

    let events: EventSource;
    let again: ReturnType<typeof setTimeout>;
    const connect = () => {
      events = server.events(person);
      // Loaded when one is told of all that follows, and again when a lost connection is back.
      events.onopen = () => {
        setLost(false);
        void load();
      };
      events.onerror = () => {
        setLost(true);
        if (events.readyState === EventSource.CLOSED) again = setTimeout(connect, betweenTries);
      };
      events.onmessage = (event) => {
        const message: Message = JSON.parse(event.data);
        if (message.conversation === conversation) {
          told.push(message);
          setMessages((now) => now && merged(now, message));
        } else setUnread((now) => new Set([...now, message.conversation]));
      };
    };
    connect();
    return () => {
      current = false;
      clearTimeout(again);
      events.close();
    };
  }, [person, conversation, tell]);

  return { messages, unread, lost, refresh };
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
