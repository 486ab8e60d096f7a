const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const html = (text: string): string => text.replace(/[&<>"']/g, (mark) => escapes[mark] ?? mark);

/** A mention, an escaped mark, bold, italic, a link: what Teams reads in a TextBlock. */
const marks =
  /<at>([^<]*)<\/at>|\\([^a-z\d\s])|\*\*((?:\\.|[^*])+)\*\*|_((?:\\.|[^_])+)_|\[((?:\\.|[^\]])+)\]\((https?:[^)\s]+)\)|&(#\d+|#x[\da-f]+|[a-z]+);/gi;

/** Teams' small Markdown as HTML; everything else is text. */
export function markdown(text: string): string {
  let written = "";
  let from = 0;
  for (const mark of text.matchAll(marks)) {
    const [whole, mention, escaped, bold, italic, label, url, entity] = mark;
    written += html(text.slice(from, mark.index));
    if (mention !== undefined) written += `<strong>@${html(mention)}</strong>`;
    else if (escaped !== undefined) written += html(escaped);
    else if (bold !== undefined) written += `<strong>${markdown(bold)}</strong>`;
    else if (italic !== undefined) written += `<em>${markdown(italic)}</em>`;
    else if (label !== undefined) written += `<a href="${html(url ?? "")}">${markdown(label)}</a>`;
    else if (entity !== undefined) written += whole;
    from = mark.index + whole.length;
  }
  return (written + html(text.slice(from))).replace(/\n/g, "<br>");
}
