import { button, buttons, type Card, card, heading, list, paragraph } from "../chat/card.ts";
import { strong, text, time, words } from "../chat/text.ts";
import type { ClusterDetails } from "../domain/incidents/cluster.ts";
import { reference } from "../domain/incidents/rules.ts";
import { harmInWords, kindOf } from "./incidentWords.ts";

const rowsShown = 8;

/** Several similar incidents came soon after one another: told once, with the list. */
export function clusterCard(cluster: ClusterDetails): Card {
  const kind = kindOf(cluster);
  const count = cluster.incidents.length;
  return card(
    text`${count} similar incidents: ${words(kind)} · ${cluster.unit.name}`,
    heading(text`${words(kind)} · ${cluster.unit.name}`),
    paragraph(text`${count} similar incidents came soon after one another. You are told once; look at them together.`),
    list(
      cluster.incidents.slice(0, rowsShown).map((incident) => ({
        text: text`${strong(reference(incident.number))} · ${words(harmInWords(incident.harm))}`,
        detail: text`${time(incident.reportedAt)}${incident.assignee ? text` · ${incident.assignee.name}` : []}`,
        button: button("Open", "incident show", { incident: reference(incident.number) }),
      })),
    ),
    buttons(
      button("All of them", "incident list", {
        status: "all",
        where: cluster.unit.code,
        ...(cluster.category ? { category: cluster.category } : { kind: cluster.kind }),
      }),
    ),
  );
}
