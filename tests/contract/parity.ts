const platforms = ["slack", "teams", "web", "shell"] as const;
const rows = new Map<string, Map<string, string>>();

/** Notes what a story came to on a platform: yes, or what stands in for it. */
export function parity(story: string, platform: string, outcome: string): void {
  const row = rows.get(story) ?? new Map<string, string>();
  row.set(platform, outcome);
  rows.set(story, row);
}

/** The table that the README shows. */
export function parityTable(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["story", "Slack", "Teams", "browser", "shell"]),
    line(["---", "---", "---", "---", "---"]),
    ...[...rows].map(([story, outcomes]) =>
      line([story, ...platforms.map((platform) => outcomes.get(platform) ?? "not run")]),
    ),
  ].join("\n");
}
