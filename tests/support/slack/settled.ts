import { setTimeout as pause } from "node:timers/promises";
import type { Slack } from "../../../adapters/slack/app.ts";
import type { Bot } from "../../../src/bot/bot.ts";
import type { LoopbackSlack } from "./loopback.ts";

/** A bot of which it is known whether it has a request in hand. */
export function watched(bot: Bot): { bot: Bot; isBusy(): boolean } {
  let inHand = 0;
  const handle: Bot["handle"] = async (request, show) => {
    inHand += 1;
    try {
      return await bot.handle(request, show);
    } finally {
      inHand -= 1;
    }
  };
  return { bot: Object.create(bot, { handle: { value: handle } }), isBusy: () => inHand > 0 };
}

/**
 * Rounds answers Slack first and acts after. Goes on when nothing is in hand, however long that takes, and nothing has come
 * for a moment, so that what was not sent can be seen not to come.
 */
export async function settled(slack: LoopbackSlack, adapter: Slack, isBusy: () => boolean): Promise<void> {
  const shown = () => JSON.stringify([slack.messages, [...slack.views], [...slack.homes], slack.calls.length]);
  for (let before = "", quiet = 0; quiet < 5; ) {
    await pause(30);
    // Over HTTP it stops nothing: it waits for the answers that are being given.
    await adapter.stop();
    const now = shown();
    quiet = isBusy() || now !== before ? 0 : quiet + 1;
    before = now;
  }
}
