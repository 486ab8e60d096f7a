import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import { eventMilliseconds } from "./limits.ts";

/**
 * Holds back the acknowledgement of an event until what it asks for is saved. Bolt acknowledges events before anybody has
 * read them, and Slack does not send an acknowledged one again: a report in a message would be lost with the process.
 * Slack's three seconds are kept all the same.
 */
export function acknowledgedWhenDone<Kind extends Receiver>(receiver: Kind): Kind {
  const init = receiver.init.bind(receiver);
  receiver.init = (app: App) =>
    init(Object.create(app, { processEvent: { value: (event: ReceiverEvent) => process(app, event) } }));
  return receiver;
}

async function process(app: App, event: ReceiverEvent): Promise<void> {
  if (!("event" in event.body)) return app.processEvent(event);
  let acknowledged: Promise<void> | undefined;
  const acknowledge = () => {
    acknowledged ??= event.ack();
    return acknowledged;
  };
  const late = setTimeout(acknowledge, eventMilliseconds);
  await app.processEvent({ ...event, ack: async () => {} });
  clearTimeout(late);
  await acknowledge();
}
