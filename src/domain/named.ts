/** Somebody, or something, by the name that people know it by. */
export interface Named {
  id: string;
  name: string;
}

/** How a query asks for one. */
export const named = { select: { id: true, name: true } } as const;
