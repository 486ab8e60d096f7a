import { useRef, useState } from "react";
import { Problem } from "./server.ts";

interface ComposerProps {
  place: string;
  send(text: string): Promise<void>;
}

const starts = ["/incident report ", "/incident list", "/todo", "/remind ", "/help"];

/** What a person says. It stays in the field until it has arrived. */
export function Composer({ place, send }: ComposerProps) {
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);

  const submit = async () => {
    if (sending || text.trim() === "") return;
    setSending(true);
    setProblem(undefined);
    try {
      await send(text);
      setText((now) => (now === text ? "" : now));
    } catch (error) {
      setProblem(`${error instanceof Problem ? error.message : "This did not work."} What you typed is still here.`);
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="starts">
        {starts.map((start) => (
          <button
            type="button"
            key={start}
            onClick={() => {
              setText(start);
              field.current?.focus();
            }}
          >
            {start.trim()}
          </button>
        ))}
      </div>
      <div className="write">
        <textarea
          ref={field}
          rows={1}
          aria-label={`Message in ${place}`}
          placeholder="/incident report …"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void submit();
          }}
        />
        <button type="submit" disabled={sending || text.trim() === ""}>
          {sending ? "Sending" : "Send"}
        </button>
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
