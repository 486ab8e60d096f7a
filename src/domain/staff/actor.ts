export const accesses = ["staff", "manager", "quality", "admin"] as const;
export type Access = (typeof accesses)[number];

/** The person who asks, as far as the rules need to know them. */
export interface Actor {
  id: string;
  organisationId: string;
  handle: string;
  name: string;
  access: readonly Access[];
  /** Own zone, or the organisation's. */
  zone: string;
  /** This person, and those on leave whose cover they are today. */
  standsFor: readonly string[];
  /** Units that those manage, and all units below them. */
  managedUnitIds: readonly string[];
  /** Units where this person works. */
  unitIds: readonly string[];
}
