import { type Block, Message as SlackMessage } from "slack-blocks-to-jsx";
import { drawable } from "./richText.ts";
import { server } from "./server.ts";
import { isPlain, type PlainBlock, SlackPlain } from "./slackPlain.tsx";

/** What Slack sends for a button, in short. */
export interface SlackSent {
  action_id: string;
  value: string;
}

interface ButtonElement {
  type: "button";
  text: { text: string };
  action_id: string;
  value: string;
  style?: "primary" | "danger";
}

/** A block as our renderer makes it; those without buttons are drawn by the library. */
export type AnyBlock =
  | { type: "actions"; elements: ButtonElement[] }
  | { type: "section"; text: { text: string }; accessory?: ButtonElement }
  | { type: "image"; slack_file: { id: string }; alt_text: string }
  | PlainBlock
  | Block;

interface SlackBlocksProps {
  blocks: readonly AnyBlock[];
  label: string;
  act(sent: SlackSent): void;
  /** Names of people by Slack's id. */
  names: ReadonlyMap<string, string>;
  /** The message whose pictures are drawn. */
  pictures?: { person: string; message: string };
}

/**
 * Slack's drawing of a message: rich texts and charts by the library; plain texts, buttons and pictures by elements of our
 * own over the same JSON.
 */
export function SlackBlocks({ blocks, label, act, names, pictures }: SlackBlocksProps) {
  const users = [...names].map(([id, name]) => ({ id, name }));
  const read = (some: readonly AnyBlock[]) => (
    <SlackMessage blocks={some as Block[]} logo="" name="Rounds" withoutWrapper data={{ users }} hooks={hooks(names)} />
  );
  return (
    <section className="slack-blocks" aria-label={label}>
      {blocks.map((block, index) => {
        const key = `${index}`;
        if (isActions(block))
          return (
            <div className="slack-actions" key={key}>
              {block.elements.map((button) => (
                <SlackButton key={button.action_id} button={button} act={act} />
              ))}
            </div>
          );
        if (isSectionWithButton(block))
          return (
            <div className="slack-row" key={key}>
              <p>{block.text.text}</p>
              <SlackButton button={block.accessory} act={act} />
            </div>
          );
        if (isPicture(block) && pictures)
          return (
            <img
              key={key}
              alt={block.alt_text}
              src={server.file(pictures.person, pictures.message, Number(block.slack_file.id))}
            />
          );
        if (isPlain(block)) return <SlackPlain key={key} block={block} />;
        return <div key={key}>{read([drawable(block)])}</div>;
      })}
    </section>
  );
}

const isActions = (block: AnyBlock): block is Extract<AnyBlock, { elements: ButtonElement[] }> =>
  block.type === "actions";
const isSectionWithButton = (
  block: AnyBlock,
): block is { type: "section"; text: { text: string }; accessory: ButtonElement } =>
  block.type === "section" && "accessory" in block && block.accessory?.type === "button";
const isPicture = (block: AnyBlock): block is Extract<AnyBlock, { slack_file: { id: string } }> =>
  block.type === "image" && "slack_file" in block;

function SlackButton({ button, act }: { button: ButtonElement; act(sent: SlackSent): void }) {
  return (
    <button
      type="button"
      className={`slack-button ${button.style ?? ""}`}
      onClick={() => act({ action_id: button.action_id, value: button.value })}
    >
      {button.text.text}
    </button>
  );
}

/** People by name. */
const hooks = (names: ReadonlyMap<string, string>) => ({
  user: ({ id }: { id: string }) => <span className="slack-mention">@{names.get(id) ?? id}</span>,
});
