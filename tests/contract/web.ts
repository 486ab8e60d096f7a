import { createSimulator } from "../../adapters/web/simulator.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { listen } from "../../src/http.ts";
import { openHospital, silentLog } from "../support/hospital.ts";
import { type CardJson, elements, wordsOf } from "../support/teams/chats.ts";
import type { Driver, Handle } from "./driver.ts";
import { deliverDue } from "./jobs.ts";

interface Shown {
  id: string;
  author?: string;
  drawn?: { teams?: CardJson };
}
interface Done {
  opens?: { slack?: object; teams?: CardJson };
}

/** The simulator over its own HTTP, through the Teams drawing's JSON; the page itself has a browser test. */
export async function webDriver(): Promise<Driver> {
  const messengers = new Map<Platform, Messenger>();
  const hospital = await openHospital({ messengers });
  const people = Object.keys(hospital.people).map((handle) => ({
    handle,
    name: handle,
    detail: "",
    identity: hospital.identity(handle),
  }));
  const simulator = createSimulator({
    bot: hospital.bot,
    log: silentLog,
    people: async () => people,
    channels: [{ id: "huddle", name: "huddle" }],
  });
  messengers.set("web", simulator.messenger);
  const listening = await listen(simulator.app, "127.0.0.1", 0);
  simulator.servedAt(listening.port);
  const address = `http://127.0.0.1:${listening.port}/api`;

  const get = async (path: string): Promise<unknown> => (await fetch(`${address}${path}`)).json();
  const post = async (path: string, body: object): Promise<Done> => {
    const answer = await fetch(`${address}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Done;
  };
  const own = async (who: Handle) => (await simulator.messenger.personal(hospital.identity(who))).conversation;
  const seen = async (who: Handle, conversation?: string) =>
    (await get(`/messages?person=${who}&conversation=${conversation ?? (await own(who))}`)) as Shown[];
  const answers = async (who: Handle, conversation?: string) =>
    (await seen(who, conversation)).filter((message) => message.author === undefined);
  const words = async (who: Handle, conversation?: string) =>
    (await answers(who, conversation)).map((message) => wordsOf(message.drawn?.teams)).join("\n");
  const open = new Map<Handle, { form: CardJson; message: string }>();
  let last: (() => Promise<Done>) | undefined;

  async function clicks(who: Handle, label: string): Promise<void> {
    const message = (await answers(who)).findLast((one) =>
      elements(one.drawn?.teams, "Action.Execute", "Action.Submit").some((action) => action.title === label),
    );
    const action = elements(message?.drawn?.teams, "Action.Execute", "Action.Submit").find(
      (one) => one.title === label,
    );
    if (!message || !action) throw new Error(`There is no button ${label}.`);
    const done = await post("/click", {
      person: who,
      conversation: await own(who),
      side: "teams",
      message: message.id,
      sent: action,
    });
    if (done.opens?.teams) open.set(who, { form: done.opens.teams, message: message.id });
  }

  return {
    platform: "web",
    hospital,
    async says(who, text) {
      const conversation = await own(who);
      const say = () => post("/say", { person: who, conversation, text });
      // A double click in the page: the same thing again while the first is in hand.
      last = say;
      const again = text.startsWith("incident report") ? [say()] : [];
      await Promise.all([say(), ...again]);
    },
    async sends(who, name, text) {
      const asked = new URLSearchParams({ person: who, conversation: await own(who), name });
      await fetch(`http://127.0.0.1:${listening.port}/api/send?${asked}`, { method: "POST", body: text });
    },
    async repeats() {
      if (!last) throw new Error("Nothing was said yet.");
    },
    async asksBeforeOthers(who, text) {
      await post("/say", { person: who, conversation: "huddle", text });
      return { asker: await words(who, "huddle"), others: await words("outsider", "huddle") };
    },
    sees: (who) => words(who),
    clicks,
    async form(who) {
      if (!open.has(who)) await clicks(who, "Fill in the form");
      return JSON.stringify(open.get(who)?.form);
    },
    async fills(who, values) {
      const { form, message } = open.get(who) ?? { form: {}, message: "" };
      const action = elements(form, "Action.Submit", "Action.Execute").at(-1);
      const data = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) =>
          name === "when"
            ? [
                [`field.${name}`, value.slice(0, 10)],
                [`field.${name}.time`, value.slice(11)],
              ]
            : [[`field.${name}`, value]],
        ),
      );
      const done = await post("/submit", {
        person: who,
        conversation: await own(who),
        side: "teams",
        message,
        sent: { data: { ...(action?.data as object), ...data } },
      });
      open.delete(who);
      if (done.opens?.teams) open.set(who, { form: done.opens.teams, message });
    },
    messages: async (who) => (await answers(who)).length,
    asksInThread: { instead: "one stream a conversation" },
    hearsItself: { instead: "the page delivers nothing back" },
    reads: { instead: "that a button was used; nothing tells that it was read" },
    delivers: () => deliverDue(hospital, messengers),
    async close() {
      await simulator.stop();
      await listening.close();
      await hospital.close();
    },
  };
}
