interface PlainText {
  type: "plain_text";
  text: string;
}

/** Blocks in which Slack reads no markup; the library would read it there. */
export type PlainBlock =
  | { type: "header"; text: PlainText }
  | { type: "context"; elements: PlainText[] }
  | {
      type: "table";
      rows: { type: "raw_text"; text: string }[][];
      column_settings?: { align?: "left" | "center" | "right" }[];
    };

const plain = ["header", "context", "table"];

export const isPlain = (block: { type: string }): block is PlainBlock => plain.includes(block.type);

/** Words as they are, whatever marks are in them. */
export function SlackPlain({ block }: { block: PlainBlock }) {
  switch (block.type) {
    case "header":
      return <h4>{block.text.text}</h4>;
    case "context":
      return <p className="slack-context">{block.elements.map(({ text }) => text).join(" ")}</p>;
    case "table":
      return <PlainTable block={block} />;
  }
}

/** Slack's first row is the one that names the columns. */
function PlainTable({ block }: { block: Extract<PlainBlock, { type: "table" }> }) {
  const [names = [], ...rows] = block.rows;
  const align = (column: number) => block.column_settings?.[column]?.align ?? "left";
  return (
    <div className="slack-table">
      <table>
        <thead>
          <tr>
            {names.map((cell, column) => (
              <th key={`${column}`} scope="col" align={align(column)}>
                {cell.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={`${row}`}>
              {cells.map((cell, column) => (
                <td key={`${column}`} align={align(column)}>
                  {cell.text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
