import { useState } from "react";
import type { Choice, Searched } from "./server.ts";
import { type AnyBlock, SlackBlocks } from "./slackBlocks.tsx";
import { type InputBlock, SlackField } from "./slackField.tsx";
import { first, isEmpty, state, type Typed } from "./slackValues.ts";

/** A modal, as our renderer makes it. */
export interface SlackView {
  type: "modal";
  callback_id: string;
  private_metadata: string;
  title: { text: string };
  submit?: { text: string };
  close?: { text: string };
  blocks: (InputBlock | AnyBlock)[];
}

interface SlackModalProps {
  view: SlackView;
  /** By block id. */
  errors: Readonly<Record<string, string>>;
  typed: Record<string, Typed>;
  names: ReadonlyMap<string, string>;
  busy: boolean;
  search(field: Searched, query: string): Promise<Choice[]>;
  submit(view: object): void;
  close(): void;
}

const isInput = (block: InputBlock | AnyBlock): block is InputBlock => block.type === "input";

/** Slack's modal: its texts by the library, its inputs by controls bound to the view's blocks. */
export function SlackModal({ view, errors, typed, names, busy, search, submit, close }: SlackModalProps) {
  const { command, zone }: { command: string; zone?: string } = JSON.parse(view.private_metadata);
  const inputs = view.blocks.filter(isInput);
  const [values, setValues] = useState(() =>
    Object.fromEntries(inputs.map((block) => [block.block_id, typed[block.block_id] ?? first(block.element, zone)])),
  );
  const [missing, setMissing] = useState<Record<string, string>>({});
  const said = { ...errors, ...missing };

  const change = (block: InputBlock, value: Typed) => {
    typed[block.block_id] = value;
    setValues((now) => ({ ...now, [block.block_id]: value }));
  };

  const send = () => {
    const empty = inputs.filter((block) => !block.optional && isEmpty(values[block.block_id] ?? ""));
    setMissing(Object.fromEntries(empty.map((block) => [block.block_id, `${block.label.text} is needed.`])));
    if (empty.length > 0) return;
    const { callback_id, private_metadata } = view;
    const stated = inputs.map((block) => [
      block.block_id,
      { [block.element.action_id]: state(block.element, values[block.block_id] ?? "", zone) },
    ]);
    submit({ callback_id, private_metadata, blocks: view.blocks, state: { values: Object.fromEntries(stated) } });
  };

  return (
    <form
      className="slack-modal"
      aria-label="Slack form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {view.blocks.map((block, index) =>
        isInput(block) ? (
          <SlackField
            key={block.block_id}
            block={block}
            typed={values[block.block_id] ?? ""}
            change={(value) => change(block, value)}
            error={said[block.block_id]}
            search={(input, query) => search({ block: input.block_id, command }, query)}
          />
        ) : (
          <SlackBlocks key={`${index}`} label="Slack text" blocks={[block]} names={names} act={() => {}} />
        ),
      )}
      <footer>
        <button type="button" onClick={close}>
          {view.close?.text ?? "Close"}
        </button>
        {view.submit && (
          <button type="submit" className="primary" disabled={busy}>
            {view.submit.text}
          </button>
        )}
      </footer>
    </form>
  );
}
