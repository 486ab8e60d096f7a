import type { Entry, Side } from "./server.ts";

interface MoreActionsProps {
  entries: readonly Entry[];
  /** The drawings that are shown. */
  sides: readonly Side[];
  choose(side: Side, entry: string): void;
}

const names = { slack: "Slack", teams: "Teams" } as const;

/** The menu of a message, as either platform's clients have it. */
export function MoreActions({ entries, sides, choose }: MoreActionsProps) {
  return (
    <details className="more">
      <summary aria-label="More actions">⋯</summary>
      <div className="menu">
        {sides.flatMap((side) =>
          entries.map((entry) => (
            <button
              type="button"
              key={`${side} ${entry.id}`}
              onClick={(event) => {
                event.currentTarget.closest("details")?.removeAttribute("open");
                choose(side, entry.id);
              }}
            >
              {entry.title} <small>{names[side]}</small>
            </button>
          )),
        )}
      </div>
    </details>
  );
}
