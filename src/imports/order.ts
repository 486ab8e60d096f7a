/** Something with one of its kind above it: a unit with its parent, a person with their supervisor. */
export interface Below {
  id: string;
  aboveId: string | null;
}

/** Those above before those below; what is above may also be elsewhere. */
export function topFirst<Item>(items: readonly Item[], place: (item: Item) => Below): Item[] {
  const byId = new Map(items.map((item) => [place(item).id, item]));
  const ordered = new Set<Item>();
  for (const item of items) {
    const path: Item[] = [];
    for (
      let one: Item | undefined = item;
      one !== undefined && !ordered.has(one) && !path.includes(one);
      one = byId.get(place(one).aboveId ?? "")
    )
      path.push(one);
    for (const one of path.toReversed()) ordered.add(one);
  }
  return [...ordered];
}

/** The ids on the way up from an id back to itself; undefined where the way ends at the top, as it should. */
export function circleFrom(id: string, above: ReadonlyMap<string, string | null>): string[] | undefined {
  const path = [id];
  for (let next = above.get(id); next; next = above.get(next)) {
    if (next === id) return path;
    if (path.includes(next)) return undefined;
    path.push(next);
  }
  return undefined;
}
