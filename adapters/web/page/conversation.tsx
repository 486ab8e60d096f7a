import { useEffect, useRef } from "react";
import { type Acts, Drawings, MessageView, type View } from "./messageView.tsx";
import type { Entry, Message } from "./server.ts";

interface ConversationProps {
  /** Undefined until they are loaded. */
  messages: Message[] | undefined;
  place: string;
  person: string;
  view: View;
  names: ReadonlyMap<string, string>;
  entries: readonly Entry[];
  acts(message: string | undefined): Acts;
}

/** The messages of a place, the newest in sight. */
export function Conversation({ messages, place, person, view, names, entries, acts }: ConversationProps) {
  const end = useRef<HTMLDivElement>(null);
  const last = messages?.at(-1)?.id;
  useEffect(() => {
    if (last !== undefined && place !== "home") end.current?.scrollIntoView({ block: "end" });
  }, [last, place]);

  return (
    <div className="messages" role="log" aria-label="Messages">
      {messages?.length === 0 && <p className="empty">{empty(place)}</p>}
      {messages?.map((message) =>
        place === "home" ? (
          message.drawn && (
            <Drawings
              key={message.id}
              drawn={message.drawn}
              zone={message.zone}
              view={view}
              names={names}
              acts={acts(undefined)}
            />
          )
        ) : (
          <MessageView
            key={message.id}
            message={message}
            person={person}
            view={view}
            names={names}
            entries={entries}
            acts={acts(message.id)}
          />
        ),
      )}
      <div ref={end} />
    </div>
  );
}

const empty = (place: string): string =>
  place === "direct"
    ? "Nothing yet. What you say here only Rounds and you can see. Begin with /help, or report something with /incident report."
    : "Nothing yet. Speak to Rounds here; what is private is shown to you alone.";
