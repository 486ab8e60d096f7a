import type { Finding } from "./file.ts";

export interface KnownIdentity {
  platform: string;
  tenant: string;
  user: string;
}

const written = {
  slack: {
    pattern: /^([TE][A-Z0-9]{2,})\/([UW][A-Z0-9]{2,})$/i,
    example: "T…/U…, the id of the team and of the member",
    workspace: "Slack team",
    tidy: (id: string) => id.toUpperCase(),
  },
  teams: {
    pattern: /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
    example: "tenant/object id, two long ids from the directory with a slash between",
    workspace: "Teams tenant",
    tidy: (id: string) => id.toLowerCase(),
  },
} as const;
export type Platform = keyof typeof written;
export const platforms = ["slack", "teams"] as const satisfies Platform[];

/** "T024BE7LD/U0G9QF9C6" → who somebody is there; a sentence where it is not that. */
export function readIdentity(platform: Platform, cell: string): KnownIdentity | string {
  const { pattern, example, tidy } = written[platform];
  const [, tenant, user] = pattern.exec(cell) ?? [];
  if (!tenant || !user) return `“${cell}” is not who somebody is in ${label(platform)}. Write it as ${example}.`;
  return { platform, tenant: tidy(tenant), user: tidy(user) };
}

const label = (platform: Platform): string => (platform === "slack" ? "Slack" : "Teams");

export const keyOf = ({ platform, tenant, user }: KnownIdentity): string => `${platform}/${tenant}/${user}`;
export const workspaceOf = ({ platform, tenant }: Omit<KnownIdentity, "user">): string => `${platform}/${tenant}`;

/** Why this identity cannot be taken in yet. */
export const notConnected = (platform: Platform, tenant: string): string =>
  `The ${written[platform].workspace} ${tenant} is not connected to this organisation. Connect it and start Rounds once, or leave the cell empty: people are then recognised by their e-mail.`;

export interface IdentityChange {
  line: number;
  personId: string;
  handle: string;
  removed: KnownIdentity[];
  added: KnownIdentity[];
}

/** Identities that two people would hold. */
export function heldTwice(
  changes: readonly IdentityChange[],
  known: readonly (KnownIdentity & { personId: string })[],
  handleOf: (personId: string) => string,
): Finding[] {
  const holders = new Map(known.map((identity) => [keyOf(identity), identity.personId]));
  for (const change of changes) for (const identity of change.removed) holders.delete(keyOf(identity));
  return changes.flatMap(({ line, personId, added }) =>
    added.flatMap((identity) => {
      const holder = holders.get(keyOf(identity));
      holders.set(keyOf(identity), holder ?? personId);
      if (holder === undefined || holder === personId) return [];
      const message = `${identity.tenant}/${identity.user} is @${handleOf(holder)} already. If they are the same person, use that handle in the file.`;
      return [{ line, column: identity.platform, message }];
    }),
  );
}
