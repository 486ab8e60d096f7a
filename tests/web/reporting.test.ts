import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CardJson, elements } from "../support/teams/chats.ts";
import { type OpenSimulator, openSimulator } from "./openSimulator.ts";

interface View {
  private_metadata: string;
  blocks: { type: string; block_id?: string; element?: { action_id: string; initial_value?: string } }[];
}
type Done = { opens?: { slack?: View; teams?: CardJson } };
type Step = (before: Done) => Promise<Done>;

let open: OpenSimulator;
beforeAll(async () => {
  open = await openSimulator();
});
afterAll(() => open.close());

const what = "Slipped on a wet floor";
const own = { person: "nurse", conversation: "direct:nurse" };
const huddle = { person: "nurse", conversation: "huddle" };
const get = async (path: string) => (await fetch(`${open.address}/api/${path}`)).json();
const post = async (path: string, body: object): Promise<Done> => {
  const answer = await fetch(`${open.address}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Done;
};
const filed = () =>
  open.hospital.store.of(open.hospital.organisationId).incident.findMany({ orderBy: { number: "asc" } });
const newest = async (where: typeof own, wanted: (message: { author?: string }) => boolean) =>
  (await get(`messages?${new URLSearchParams(where)}`)).findLast(wanted);

/** Sends what is open in Slack's drawing with the unit filled in, and with what happened where nothing stands there. */
const sendsModal: Step = async ({ opens }) => {
  const blocks = opens?.slack?.blocks ?? [];
  const values = Object.fromEntries(
    blocks.flatMap(({ type, block_id = "", element }) => {
      const name = block_id.split("|")[0];
      const value =
        name === "where"
          ? { selected_option: { value: open.hospital.units.west } }
          : { value: element?.initial_value ?? what };
      return type === "input" && element && (name === "what" || name === "where")
        ? [[block_id, { [element.action_id]: value }]]
        : [];
    }),
  );
  return post("submit", { ...own, side: "slack", sent: { ...opens?.slack, state: { values } } });
};
const sendsDialog: Step = async ({ opens }) => {
  const [action] = elements(opens?.teams, "Action.Submit");
  const [shown] = elements(opens?.teams, "Input.Text").filter((input) => input.id === "field.what");
  const data = { "field.what": shown?.value ?? what, "field.where": open.hospital.units.west };
  return post("submit", { ...own, side: "teams", sent: { data: { ...(action?.data as object), ...data } } });
};
const says = (text: string): Step => {
  return () => post("say", { ...own, text });
};
/** Clicks a button of the newest card in the drawing of Teams. */
const clicks = (label: string): Step => {
  return async () => {
    const message = await newest(own, ({ author }) => author === undefined);
    const actions = elements(message.drawn.teams, "Action.Submit", "Action.Execute");
    const sent = actions.find((action) => action.title === label);
    return post("click", { ...own, side: "teams", message: message.id, sent });
  };
};
const chooses = (side: "slack" | "teams"): Step => {
  return async () => {
    const { id } = await newest(huddle, ({ author }) => author === "manager");
    return post("choose", { ...huddle, side, message: id, shortcut: "report_message" });
  };
};
const clicksAtHome: Step = async () => {
  const { drawn } = await get("home?person=nurse");
  const buttons = drawn.slack.blocks.flatMap((block: { elements?: unknown[] }) => block.elements ?? []);
  const sent = buttons.find((one: { text?: { text?: string } }) => one.text?.text === "Report an incident");
  return post("click", { ...own, side: "slack", sent });
};

/** Each step is one thing that a person does. */
const ways: [string, Step[]][] = [
  ["a slash command that says it all", [says(`/incident report ${what} 4W`)]],
  ["a bare slash command, in Slack's drawing", [says("/incident report"), sendsModal]],
  ["a bare slash command, in Teams' drawing", [says("/incident report"), clicks("Fill in the form"), sendsDialog]],
  ["a plain sentence", [says(what), clicks("Report an incident"), sendsDialog]],
  ["the menu of a message, in Slack's drawing", [chooses("slack"), sendsModal]],
  ["the menu of a message, in Teams' drawing", [chooses("teams"), sendsDialog]],
  ["Home", [clicksAtHome, sendsModal]],
];

describe("an incident is filed in at most three steps from", () => {
  test.each(ways)("%s", async (_, steps) => {
    await post("say", { person: "manager", conversation: "huddle", text: what });
    const before = (await filed()).length;
    expect(steps.length).toBeLessThanOrEqual(3);
    let done: Done = {};
    for (const step of steps) done = await step(done);
    const all = await filed();
    expect(all).toHaveLength(before + 1);
    expect(all.at(-1)?.what).toContain(what);
    expect(all.at(-1)).toMatchObject({ unitId: open.hospital.units.west, happenedAt: open.hospital.clock.now });
  });
});
