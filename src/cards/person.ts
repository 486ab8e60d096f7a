import { button, buttons, type Card, card, context, facts, formButton, heading, paragraph } from "../chat/card.ts";
import { staff, text, words } from "../chat/text.ts";
import type { PersonDetails } from "../domain/staff/people.ts";
import { monthOfYear } from "./budgetWords.ts";
import { type Leaves, leaveFacts } from "./leave.ts";

const named = (units: readonly { name: string }[]): string => units.map((unit) => unit.name).join(", ");
const platforms: Record<string, string> = { slack: "Slack", teams: "Teams", web: "the simulator", shell: "the shell" };

/** Who you are to Rounds. */
export function whoamiCard(person: PersonDetails, leaves: Leaves): Card {
  const optional = (label: string, value: string) => (value ? [{ label, value: text`${value}` }] : []);
  return card(
    text`You are ${person.name}.`,
    heading(text`${person.name}`),
    facts(
      { label: "Handle", value: text`@${person.handle}` },
      ...optional("E-mail", person.email ?? ""),
      { label: "Access", value: text`${words(person.access.join(", "))}` },
      ...optional("Jobs", person.jobs.join(", ")),
      ...optional("Units", named(person.units)),
      ...optional("Manages", named(person.manages)),
      ...(person.supervisor ? [{ label: "Supervisor", value: text`${staff(person.supervisor)}` }] : []),
      { label: "Zone", value: text`${person.zone}` },
      { label: "Known in", value: text`${words(identities(person))}` },
      ...leaveFacts(leaves),
    ),
    context(text`${person.organisation.name}. Something wrong? Ask an admin to correct the directory.`),
    buttons(button("My settings", "settings"), button("Link the other app", "link"), button("My leave", "away")),
  );
}

const identities = (person: PersonDetails): string =>
  [...new Set(person.identities.map((identity) => platforms[identity.platform] ?? identity.platform))].join(", ");

/** Own settings, and for admins the organisation's. */
export function settingsCard(person: PersonDetails): Card {
  const admin = person.access.includes("admin");
  const { organisation } = person;
  const mine = {
    zone: person.zone,
    ...(person.quiet && { "quiet-from": person.quiet.from, "quiet-until": person.quiet.until }),
    ...(person.reachOn && { "reach-on": person.reachOn }),
  };
  const ours = {
    joining: organisation.inviteOnly ? "invited" : "open",
    "acknowledge-within": organisation.acknowledgeWithinHours,
    "remind-at": organisation.remindAt,
    "manager-after": organisation.managerAfterDays,
    "cluster-count": organisation.clusterCount,
    "cluster-days": organisation.clusterDays,
    "fiscal-year": organisation.fiscalYearStart,
    "explain-dollars": organisation.explainDollars,
    "explain-percent": organisation.explainPercent,
    "small-cells": organisation.smallCells,
  };
  return card(
    text`Settings`,
    heading(text`Settings`),
    facts(
      { label: "Zone", value: text`${person.zone}` },
      {
        label: "Quiet hours",
        value: text`${words(person.quiet ? `${person.quiet.from} to ${person.quiet.until}` : "none")}`,
      },
      {
        label: "Told in",
        value: text`${words(person.reachOn ? (platforms[person.reachOn] ?? person.reachOn) : "the app you used last")}`,
      },
    ),
    paragraph(text`In quiet hours notices wait, except severe harm and the reminders that you set yourself.`),
    admin
      ? [
          facts(
            {
              label: "Who may use Rounds",
              value: text`${words(organisation.inviteOnly ? "only who was invited" : "every member of the workspace")}`,
            },
            { label: "Acknowledge within", value: text`${organisation.acknowledgeWithinHours} hours` },
            { label: "Daily reminder", value: text`${words(organisation.remindAt)} on working days` },
            { label: "Manager hears after", value: text`${organisation.managerAfterDays} days overdue` },
            {
              label: "Cluster",
              value: text`${organisation.clusterCount} similar incidents in ${organisation.clusterDays} days`,
            },
            { label: "Fiscal year begins", value: text`${words(monthOfYear(organisation.fiscalYearStart))}` },
            {
              label: "Variances explained from",
              value: text`${organisation.explainDollars} dollars and ${organisation.explainPercent} %`,
            },
            { label: "Shares shown from", value: text`${organisation.smallCells} people` },
          ),
        ]
      : [],
    buttons(
      formButton("Change mine", "settings", mine, "primary"),
      button("My leave", "away"),
      button("Digests", "settings digests"),
      ...(admin
        ? [
            formButton("Change everybody’s", "settings organisation", ours),
            button("Routing", "settings routing"),
            button("Holidays", "settings holidays"),
          ]
        : []),
    ),
  );
}

/** A code to type in the other app. */
export function linkCodeCard(code: string): Card {
  return card(
    text`Your code to link the other app`,
    heading(text`${code}`),
    paragraph(text`In the other app, send Rounds: link ${code}`),
    context(text`Valid for 15 minutes, once. Whoever types it becomes you to Rounds: show it to nobody.`),
  );
}

export function linkedCard(known: readonly string[]): Card {
  const where = known.map((platform) => platforms[platform] ?? platform).join(" and ");
  return card(
    text`Linked.`,
    heading(text`Linked`),
    paragraph(
      text`Rounds knows you as one person in ${words(where)} now. Notices come once, to the app you used last; “settings” changes that.`,
    ),
  );
}
