import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { Block, Card, Reader } from "../../src/chat/card.ts";
import { blockElements, type Drawing, type Shown, type SlackBlock } from "./block.ts";
import {
  messageBlocks,
  messageCharacters,
  summaryCharacters,
  titleCharacters,
  viewBlocks,
  viewCharacters,
} from "./limits.ts";
import { clipped, cut, escaped, flat, plainText } from "./text.ts";

export interface Message {
  /** For notifications and screen readers. */
  text: string;
  blocks: SlackBlock[];
}

/** A card as Slack takes it. */
export function renderCard(card: Card, reader: Reader, shown: Shown): Message {
  const drawing: Drawing = { ...shown, reader, tables: 0, charts: 0, buttons: 0 };
  return {
    text: clipped(escaped(flat(card.summary, reader)), summaryCharacters),
    blocks: fitted(card.blocks, drawing),
  };
}

const view: Shown = { surface: "view", personal: false };

export const renderHome = (card: Card, reader: Reader): HomeView => ({
  type: "home",
  blocks: known(renderCard(card, reader, view)),
});

/** A card in a modal that there is nothing to fill in. */
export const renderCardView = (card: Card, reader: Reader, title: string): ModalView => ({
  type: "modal",
  title: plainText(title, titleCharacters),
  close: plainText("Close", titleCharacters),
  blocks: known(renderCard(card, reader, view)),
});

/** Views have no charts. */
const known = ({ blocks }: Message): KnownBlock[] => blocks.filter((block) => block.type !== "data_visualization");

const shortened = "Shortened here: the whole is longer than a Slack message can be.";

/**
 * What fits into one message. Headings and buttons always stay; then whatever else fits, in order; long texts share
 * what is left and are cut.
 */
function fitted(blocks: readonly Block[], drawing: Drawing): SlackBlock[] {
  const drawn = blocks.map((block) => ({ block, elements: blockElements(block, drawing) }));
  const all = drawn.flatMap(({ elements }) => elements);
  const isView = drawing.surface === "view";
  const blocksAtMost = isView ? viewBlocks : messageBlocks;
  const charactersAtMost = isView ? viewCharacters : messageCharacters;
  if (all.length <= blocksAtMost && characters(all) <= charactersAtMost) return all;

  const stays = ({ block }: { block: Block }) => block.type === "heading" || block.type === "buttons";
  const kept = drawn.filter(stays).flatMap(({ elements }) => elements);
  const paragraphs = drawn.filter(({ block, elements }) => block.type === "paragraph" && elements.length > 0).length;
  let room = blocksAtMost - 1 - kept.length - paragraphs;
  let left = charactersAtMost - shortened.length - characters(kept);
  let whole = true;

  const others = drawn.map((part) => {
    if (stays(part) || part.block.type === "paragraph") return part;
    const fitting = part.elements.slice(0, Math.max(0, room));
    const size = characters(fitting);
    const elements = size <= left ? fitting : [];
    whole &&= elements.length === part.elements.length;
    room -= elements.length;
    left -= characters(elements);
    return { ...part, elements };
  });
  const body = others.flatMap(({ block, elements }) => {
    if (block.type !== "paragraph") return elements;
    const shortest = cutParagraph(block, left, drawing);
    whole &&= shortest.whole;
    left -= characters(shortest.elements);
    return shortest.elements;
  });
  return whole ? body : [...body, { type: "context", elements: [plainText(shortened, 200)] }];
}

function cutParagraph(block: Extract<Block, { type: "paragraph" }>, left: number, drawing: Drawing) {
  const elements = blockElements(block, drawing);
  if (characters(elements) <= left) return { elements, whole: true };
  // Spans that are no text, as times, take characters too.
  const overhead =
    characters(elements) - block.text.reduce((sum, span) => sum + ("text" in span ? span.text.length : 0), 0);
  const { text } = cut(block.text, Math.max(0, left - overhead - 2));
  if (text.length === 0) return { elements: [], whole: false };
  return {
    elements: blockElements({ type: "paragraph", text: [...text, { type: "words", text: " …" }] }, drawing),
    whole: false,
  };
}

/** Characters of everything that blocks say and carry, apart from the names of their types. */
function characters(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + characters(one), 0);
  if (typeof value !== "object" || value === null) return 0;
  let sum = 0;
  for (const key in value) if (key !== "type") sum += characters(value[key as keyof typeof value]);
  return sum;
}
