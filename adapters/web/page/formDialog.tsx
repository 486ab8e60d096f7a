import { useEffect, useRef, useState } from "react";
import { type Done, Problem, type Searched, type Side, server } from "./server.ts";
import { SlackModal, type SlackView } from "./slackModal.tsx";
import type { Typed } from "./slackValues.ts";
import { TeamsCard } from "./teamsCard.tsx";

export interface Opened {
  side: Side;
  json: object;
  /** What it was opened by: the same again finds what was typed. */
  key: string;
  conversation: string;
  message?: string;
}

interface FormDialogProps {
  opened: Opened;
  person: string;
  names: ReadonlyMap<string, string>;
  /** What was typed into forms and not sent, by their keys. */
  kept: Map<string, Record<string, Typed>>;
  done(done: Done): void;
  close(): void;
}

/** A form that is open in one of the two drawings. Escape closes it, and what was typed is there when it opens again. */
export function FormDialog({ opened, person, names, kept, done, close }: FormDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState({ json: opened.json, errors: {} });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { side, key, conversation, message } = opened;
  const typed = kept.get(key) ?? {};
  kept.set(key, typed);

  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("textarea, input, select")?.focus();
  }, []);

  const submit = async (sent: object) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await server.submit({
        person,
        conversation,
        side,
        sent,
        ...(message !== undefined && { message }),
      });
      const again = answer.opens?.[side];
      if (again || answer.errors) return setShown({ json: again ?? shown.json, errors: answer.errors ?? {} });
      kept.delete(key);
      done(answer);
    } catch (error) {
      setProblem(`${error instanceof Problem ? error.message : "This did not work."} What you typed is still here.`);
    } finally {
      setBusy(false);
    }
  };

  const search = (field: Searched, query: string) => server.options(person, field, query);
  const title =
    side === "slack"
      ? (shown.json as SlackView).title.text
      : ((shown.json as { fallbackText?: string }).fallbackText ?? "Form");
  return (
    <dialog
      ref={dialog}
      className={`form-dialog ${side}`}
      aria-label={`${title}, ${side === "slack" ? "Slack" : "Teams"}`}
      onClose={close}
    >
      <header>
        <h2>{title}</h2>
        <span className="platform">{side === "slack" ? "Slack" : "Teams"}</span>
        <button type="button" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
      </header>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {side === "slack" ? (
        <SlackModal
          key={JSON.stringify(shown.json)}
          view={shown.json as SlackView}
          errors={shown.errors}
          typed={typed}
          names={names}
          busy={busy}
          search={search}
          submit={submit}
          close={() => dialog.current?.close()}
        />
      ) : (
        <TeamsCard
          label="Teams form"
          json={shown.json}
          typed={texts(typed)}
          onTyped={(now) => Object.assign(typed, now)}
          search={(directory, query) => search({ directory }, query)}
          act={({ data }) => void submit({ data })}
        />
      )}
    </dialog>
  );
}

const texts = (typed: Record<string, Typed>): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).flatMap(([id, value]) => (typeof value === "string" ? [[id, value]] : [])));
