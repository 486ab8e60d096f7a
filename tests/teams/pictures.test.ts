import { afterEach, beforeEach, expect, it } from "vitest";
import { budgetPicture } from "../../src/charts/budget.ts";
import { type Card, card, heading } from "../../src/chat/card.ts";
import { here, privately } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import { startBot } from "../support/teams/bot.ts";
import { type Chat, startTeams, type Teams, until } from "../support/teams/teams.ts";

let teams: Teams;
let running: Awaited<ReturnType<typeof startBot>>;
let budget: Card;

beforeEach(async () => {
  teams = await startTeams();
  running = await startBot(teams);
  const { file, alt } = await budgetPicture({
    place: "4 West",
    subtitle: "Expense by month",
    currency: "$",
    months: ["Jul", "Aug", "Sep"],
    budget: [412_000, 412_000, 415_000],
    actual: [405_000, 431_950, null],
    forecast: [null, null, 421_000],
  });
  budget = card(text`Budget.`, heading(text`4 West`), { type: "image", file, alt });
});
afterEach(async () => {
  await running.stop();
  await teams.close();
});

const shown = (chat: Chat) =>
  until("a picture", () => {
    const written = JSON.stringify(teams.messages(chat).at(-1)?.activity ?? {});
    const [, base64, alt] = /"url":"data:image\/png;base64,([^"]+)","altText":"([^"]+)"/.exec(written) ?? [];
    return base64 !== undefined && alt !== undefined && { base64, alt };
  });

it("a picture travels inside the card, in a person's own chat", async () => {
  running.bot.answers = () => privately(budget);
  const jane = teams.person("Jane Lee");
  await teams.says(jane, teams.personal(jane), "budget show");
  const { base64, alt } = await shown(teams.personal(jane));
  expect(Buffer.from(base64, "base64").subarray(1, 4).toString()).toBe("PNG");
  expect(alt).toContain("Actual $431,950 in Aug");
});

it("a picture that everybody may see travels inside the card in a channel", async () => {
  running.bot.answers = () => here(budget);
  const jane = teams.person("Jane Lee");
  const ward = teams.channel("4 West", jane);
  await teams.says(jane, ward, "budget show");
  expect((await shown(ward)).alt).toContain("Forecast $421,000 for Sep");
});

it("a picture for one person in a channel is in the message that only they see", async () => {
  running.bot.answers = () => privately(budget);
  const jane = teams.person("Jane Lee");
  const ward = teams.channel("4 West", jane);
  await teams.says(jane, ward, "budget show");
  await shown(ward);
  expect(teams.messages(ward).map(({ targetedAt }) => targetedAt)).toEqual([jane.account]);
});
