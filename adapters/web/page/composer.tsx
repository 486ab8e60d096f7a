import { useRef, useState } from "react";
import { Problem } from "./server.ts";

interface ComposerProps {
  place: string;
  send(text: string): Promise<void>;
  /** Files are taken in the person's own chat alone. */
  sendFile?(text: string, file: File): Promise<void>;
}

const starts = ["/incident report ", "/incident list", "/todo", "/remind ", "/help"];

/** What a person says. It stays in the field until it has arrived. */
export function Composer({ place, send, sendFile }: ComposerProps) {
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [over, setOver] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);

  const submit = () => {
    if (text.trim() !== "") void sendAll(() => send(text));
  };

  const sendFiles = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file && sendFile) void sendAll(() => sendFile(text.trim(), file));
  };

  const sendAll = async (work: () => Promise<void>) => {
    if (sending) return;
    setSending(true);
    setProblem(undefined);
    try {
      await work();
      setText((now) => (now === text ? "" : now));
    } catch (error) {
      setProblem(`${error instanceof Problem ? error.message : "This did not work."} What you typed is still here.`);
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      className={over ? "composer over" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onDragOver={(event) => {
        if (!sendFile || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!sendFile) return;
        event.preventDefault();
        setOver(false);
        sendFiles(event.dataTransfer.files);
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
            submit();
          }}
        />
        {sendFile && (
          <>
            <input
              ref={chooser}
              type="file"
              accept=".csv,.tsv,.txt,.xlsx"
              aria-label="A file to import"
              hidden
              onChange={(event) => {
                sendFiles(event.target.files);
                event.target.value = "";
              }}
            />
            <button type="button" className="file" disabled={sending} onClick={() => chooser.current?.click()}>
              File
            </button>
          </>
        )}
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
