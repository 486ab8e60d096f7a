import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { controlChartPicture } from "../../src/charts/controlChart.ts";
import type { ControlChartData } from "../../src/charts/controlData.ts";
import { button, buttons, type Card, card, type File, heading } from "../../src/chat/card.ts";
import { here, privately, type Reply, update } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import { controlChart } from "../../src/domain/kpis/spc/controlChart.ts";
import { openWorld, type World } from "../support/slack/world.ts";
import { withButton } from "../support/teams/bot.ts";

let world: World;
let falls: Card;
let png: File;
beforeEach(async () => {
  world = await openWorld();
  const { file, alt } = await controlChartPicture(data);
  png = file;
  falls = card(text`Falls.`, heading(text`Falls`), { type: "image", file, alt }, buttons(button("More", "settings")));
});
afterEach(() => world.close());

const counts = [3, 4, 2, 3, 5, 3, 2, 4, 3, 2, 4, 9];
const data: ControlChartData = {
  metric: "Falls",
  unit: "per 1,000 patient days",
  scale: 1_000,
  place: "4 West",
  periods: counts.map((_, at) => ({ label: `Month ${at + 1}` })),
  chart: controlChart(
    counts.map((numerator) => ({ numerator, denominator: 1_000 })),
    { chart: "u", direction: "decrease", screen: true },
  ),
};

const answers = (reply: Reply) => {
  world.bot.answers = () => reply;
};
const pictures = (user: string, channel: string) =>
  world.slack.sees(user, channel).flatMap(({ blocks }) => blocks.filter(({ type }) => type === "image"));
const uploaded = () => [...world.slack.files.values()];
/** The upload holds the picture to the byte. */
const isWhole = (bytes: Buffer | undefined) => bytes?.includes(Buffer.from(png.base64, "base64"));

describe("a picture in an answer", () => {
  it("stands in the message that everybody in the channel sees", async () => {
    answers(here(falls));
    await world.sends.slash("UNURSE", "C1", "/kpi", "show falls");
    await expect.poll(() => pictures("UOTHER", "C1")).toHaveLength(1);
    expect(uploaded().map(({ channel, bytes }) => [channel, isWhole(bytes)])).toEqual([[undefined, true]]);
    expect(world.slack.messages).toHaveLength(1);
  });

  it("stands in the message of the person's own chat", async () => {
    answers(privately(falls));
    await world.sends.directMessage("UNURSE", "kpi show falls");
    await expect.poll(() => pictures("UNURSE", "DNURSE")).toHaveLength(1);
    expect(uploaded()).toHaveLength(1);
  });

  it("that one person asked for in a channel is said there in words, and follows in their own chat alone", async () => {
    answers(privately(falls));
    await world.sends.slash("UNURSE", "C1", "/kpi", "show falls");
    await expect.poll(() => uploaded().map(({ channel }) => channel)).toEqual(["DNURSE"]);
    await world.settled();
    expect(world.reads("UNURSE", "C1")).toContain("Latest 9 in Month 12");
    expect(world.reads("UNURSE", "C1")).toContain("The picture follows in your own chat with Rounds.");
    expect(world.slack.sees("UOTHER", "C1")).toEqual([]);
    expect(uploaded()[0]?.comment).toContain("Latest 9 in Month 12");
    expect(isWhole(uploaded()[0]?.bytes)).toBe(true);
  });

  it("is never public because the private ways fail: it goes to the person's own chat", async () => {
    answers(privately(falls));
    world.slack.failures.push(
      { method: "response_url", answer: { status: 404, body: {} } },
      { method: "chat.postEphemeral", answer: { body: { ok: false, error: "channel_not_found" } } },
    );
    await world.sends.slash("UNURSE", "C1", "/kpi", "show falls");
    await expect.poll(() => pictures("UNURSE", "DNURSE")).toHaveLength(1);
    await world.settled();
    expect(world.slack.sees("UOTHER", "C1")).toEqual([]);
    expect(uploaded().map(({ channel }) => channel)).toEqual([undefined]);
  });

  it("that cannot be uploaded leaves its words, once, and is noted", async () => {
    answers(privately(falls));
    for (let time = 0; time < 9; time += 1)
      world.slack.failures.push({
        method: "files.getUploadURLExternal",
        answer: { body: { ok: false, error: "file_uploads_disabled" } },
      });
    await world.sends.slash("UNURSE", "C1", "/kpi", "show falls");
    await expect.poll(() => world.logged.map(({ message }) => message)).toContain("A picture could not be given.");
    expect(world.slack.sees("UNURSE", "C1")).toHaveLength(1);
    expect(world.reads("UNURSE", "C1")).toContain("Latest 9 in Month 12");
  });

  it("replaces a card where that stands: in a message itself, in one for one person by words", async () => {
    answers(here(withButton("Measures", "Falls", "settings")));
    await world.sends.mention("UNURSE", "C1", "kpi list");
    await expect.poll(() => world.reads("UOTHER", "C1")).toContain("Measures");
    answers(update(falls));
    await world.sends.click("UNURSE", world.newest("UNURSE", "C1"), "Falls");
    await expect.poll(() => pictures("UOTHER", "C1")).toHaveLength(1);

    answers(privately(withButton("Measures", "Falls", "settings")));
    await world.sends.slash("UMANAGER", "C2", "/kpi", "list");
    await expect.poll(() => world.reads("UMANAGER", "C2")).toContain("Measures");
    answers(update(falls));
    await world.sends.click("UMANAGER", world.newest("UMANAGER", "C2"), "Falls");
    await expect.poll(() => uploaded().at(-1)?.channel).toBe("DMANAGER");
    expect(pictures("UMANAGER", "C2")).toEqual([]);
    expect(world.slack.sees("UOTHER", "C2")).toEqual([]);
  });
});
