interface Element {
  type: string;
  text?: string;
  fallback?: string;
  style?: object;
  elements?: Element[];
}

/**
 * A rich text as the library can draw it. It leaves out dates, which are drawn here as the text that stands for them, in
 * the person's zone; and it ends the line after each section itself.
 */
export function drawable<Block extends object>(block: Block): Block {
  return "type" in block && block.type === "rich_text"
    ? (within(block as unknown as Element) as unknown as Block)
    : block;
}

function within(element: Element): Element {
  if (element.type === "date") {
    return { type: "text", text: element.fallback ?? "", ...(element.style && { style: element.style }) };
  }
  if (!element.elements) return element;
  const inner = element.elements.map(within);
  return { ...element, elements: element.type === "rich_text_section" ? withoutLineEnd(inner) : inner };
}

function withoutLineEnd(elements: Element[]): Element[] {
  const last = elements.at(-1);
  if (last?.type !== "text" || !last.text?.endsWith("\n")) return elements;
  const text = last.text.slice(0, -1);
  return [...elements.slice(0, -1), ...(text === "" ? [] : [{ ...last, text }])];
}
