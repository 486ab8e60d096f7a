import { clusterCard } from "../../cards/cluster.ts";
import type { Teller } from "./telling.ts";

/** Withdrawn for whom so many of its incidents are hidden that the others are no cluster. */
export const tellCluster: Teller = async ({ services, notice, recipient }) => {
  const cluster = await services.incidents.cluster(recipient.actor, notice.recordId);
  return cluster && { card: clusterCard(cluster), evenInQuietHours: false };
};
