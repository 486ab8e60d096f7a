import { command } from "../../src/bot/command.ts";
import { choice, number, time } from "../../src/bot/field.ts";
import { settingsCard } from "../../src/cards/person.ts";
import { update } from "../../src/chat/reply.ts";

const joinings = [
  { code: "open", label: "Every member of the workspace" },
  { code: "invited", label: "Only who was invited" },
] as const;

export default command({
  path: "settings organisation",
  title: "Organisation settings",
  summary: "Who may use Rounds, when people are reminded, what goes up when, and the fiscal year.",
  usage: "joining:open acknowledge-within:4 remind-at:08:30",
  roles: ["admin"],
  changes: true,
  input: {
    joining: choice(joinings, { label: "Who may use Rounds", ask: true }),
    "acknowledge-within": number({
      label: "Hours to acknowledge an incident",
      hint: "Then the next person up is told",
      whole: true,
      min: 1,
      max: 168,
      ask: true,
    }),
    "remind-at": time({
      label: "Daily reminder at",
      hint: "On working days, in each person's own zone; as 08:30",
      ask: true,
    }),
    "manager-after": number({
      label: "Days overdue until the manager hears",
      whole: true,
      min: 1,
      max: 60,
      ask: true,
    }),
    "cluster-count": number({
      label: "Similar incidents that are a cluster",
      hint: "Of one kind in one unit; its manager and quality are told once",
      whole: true,
      min: 2,
      max: 50,
      ask: true,
    }),
    "cluster-days": number({ label: "Within so many days", whole: true, min: 1, max: 365, ask: true }),
    "fiscal-year": number({
      label: "Month the fiscal year begins with",
      hint: "1 for January, 10 for October",
      whole: true,
      min: 1,
      max: 12,
      ask: true,
    }),
    "explain-dollars": number({
      label: "Variances are explained from, dollars",
      hint: "Over this and the percentage, in the month or the year to date",
      whole: true,
      min: 0,
      max: 10_000_000,
      ask: true,
    }),
    "explain-percent": number({ label: "And from, percent", whole: true, min: 0, max: 100, ask: true }),
    "small-cells": number({
      label: "Shares are shown from, people",
      hint: "Of fewer they could tell who is behind them; CMS hides those below 11",
      whole: true,
      min: 1,
      max: 100,
      ask: true,
    }),
  },
  async run({ services, actor, requestId, now }, { joining, ...input }) {
    await services.people.changeOrganisation(
      { actor, requestId, now },
      {
        inviteOnly: joining === undefined ? undefined : joining === "invited",
        acknowledgeWithinHours: input["acknowledge-within"],
        remindAt: input["remind-at"],
        managerAfterDays: input["manager-after"],
        clusterCount: input["cluster-count"],
        clusterDays: input["cluster-days"],
        fiscalYearStart: input["fiscal-year"],
        explainDollars: input["explain-dollars"],
        explainPercent: input["explain-percent"],
        smallCells: input["small-cells"],
      },
    );
    return update(settingsCard(await services.people.whoami(actor)));
  },
});
