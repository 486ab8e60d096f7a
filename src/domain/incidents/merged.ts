/** What is read of the incident that another one went into. */
export const mergedFields = {
  select: { number: true, changed: true, closedAt: true, restricted: true, leftOutId: true },
} as const;

interface Into {
  changed: string | null;
  restricted: boolean;
  leftOutId: string | null;
}

/**
 * What changed. Of a merged incident it is what changed in the one that it went into, as that stands now; nothing where fewer
 * people may see that one.
 */
export function changedOf(incident: {
  changed: string | null;
  leftOutId: string | null;
  mergedInto: Into | null;
}): string | null {
  const { mergedInto: into } = incident;
  if (into === null) return incident.changed;
  const isForFewer = into.restricted || (into.leftOutId !== null && into.leftOutId !== incident.leftOutId);
  return isForFewer ? null : into.changed;
}
