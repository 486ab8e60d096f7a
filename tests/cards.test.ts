import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkInput } from "../src/bot/input.ts";
import type { Card, Input } from "../src/chat/card.ts";
import type { Form } from "../src/chat/form.ts";
import { SendFailed } from "../src/chat/messenger.ts";
import type { Answer } from "../src/chat/reply.ts";
import { deliver } from "../src/jobs/deliver.ts";
import type { JobQueue } from "../src/jobs/queue.ts";
import { sweep } from "../src/jobs/sweep.ts";
import { bring, bringBooks } from "./domain/books.ts";
import { memoryMessenger } from "./jobs/messenger.ts";
import { type Hospital, openHospital, silentLog } from "./support/hospital.ts";
import { buttonsOf, person } from "./support/person.ts";

// Every card and form that people meet on their way through Rounds, gathered from stories and looked at together.

let hospital: Hospital;
const cards: Card[] = [];
const forms: Form[] = [];

beforeAll(async () => {
  hospital = await openHospital();
  const platform = memoryMessenger("web");
  const keep = ({ reply }: Answer) => {
    if (reply.type === "form") forms.push(reply.form);
    else if (reply.type !== "nothing") cards.push(reply.card);
  };
  const tells = async (handle: string, ...texts: string[]) => {
    for (const text of texts) keep(await person(hospital, handle).says(text));
  };
  const deliverAll = async () => {
    const messengers = new Map([["web" as const, platform.messenger]]);
    const parts = {
      store: hospital.store,
      services: hospital.services,
      messengers,
      clock: () => hospital.clock.now,
      log: silentLog,
    };
    const due: string[] = [];
    const queue: Pick<JobQueue, "deliver"> = {
      deliver: async (notices: Parameters<JobQueue["deliver"]>[0]) =>
        void due.push(...notices.flatMap((one) => one.notices)),
    };
    await sweep(hospital.store, queue, hospital.clock.now);
    for (const notice of due) await deliver(parts, hospital.organisationId, notice);
  };
  const imports = async () => {
    const manager = person(hospital, "manager");
    const sends = async (name: string, text: string) => keep(await manager.sends(name, text));
    const head = "unit,line,month,kind,behaviour,amount";
    const lines = (month: number) =>
      Array.from({ length: 12 }, (_, at) => `4W,rent,${2027 + month}-${`${at + 1}`.padStart(2, "0")},expense,fixed,1`);
    await tells("manager", "import", "import template kpi");
    await sends("photo.jpg", "x");
    await sends("empty.csv", "");
    await sends("other.csv", "a,b\n1,2\n");
    await sends("wrong.csv", `${head}\n${"4X,rent,soon,expense,fixed,lots\n".repeat(40)}`);
    await sends("both.csv", `${head},as_of\n4W,rent,2027-01,expense,fixed,1,2027-02-05\n`);
    keep(await manager.clicks("Leave it"));
    await sends("budget.csv", `${head}\n${lines(0).join("\n")}\n`);
    await bring(hospital, "budget", `${head}\n${lines(0)[0]}\n`);
    keep(await manager.clicks("Import"));
    const shown = manager.card();
    keep(await manager.clicks("Import"));
    cards.push(shown);
    await sends("budget.csv", `${head}\n${lines(0).join("\n")}\n`);
    await tells("manager", "import confirm IMP-3", "import confirm IMP-99");
  };
  const pass = (hours: number) => {
    hospital.clock.now = new Date(hospital.clock.now.getTime() + hours * 3_600_000);
  };

  cards.push(hospital.bot.welcome());
  const everyday = [
    "help",
    "todo",
    "whoami",
    "settings",
    "link",
    "incident list",
    "incident list all mine:yes",
    "nonsense words here",
    "incident reprot wet floor 4W",
  ];
  for (const handle of ["nurse", "manager", "director", "quality", "admin"]) await tells(handle, ...everyday);
  for (const area of hospital.bot.menu.areas) await tells("admin", area, `help ${area}`);
  for (const { path } of hospital.bot.menu.commands) {
    await tells("quality", path);
    await tells("admin", path);
    keep(await person(hospital, "admin").runs(path, Object.fromEntries([["incident", "INC-1"]])));
  }
  await imports();
  for (let count = 0; count < 12; count += 1) await tells("nurse", `incident report Number ${count} 4W`);
  await tells(
    "nurse",
    `incident report harm:death ${"A long story. ".repeat(500)} 4W`,
    "incident report identity:anonymous Told quietly 5E",
    "incident report identity:confidential category:fall Told in confidence 4W",
  );
  await tells(
    "nurse",
    "incident list",
    "incident show INC-1",
    "incident show INC-13",
    "incident show INC-13 part:2",
    "incident show INC-999",
    `incident report ${"A long one without a unit. ".repeat(200)}`,
  );
  await deliverAll();
  await tells(
    "manager",
    "todo",
    "incident list",
    "incident show INC-1",
    "incident acknowledge INC-1",
    "incident assign INC-2 me",
    "incident assign INC-3 @director",
    "incident note INC-1 seen",
    "incident assign INC-8 me",
    "incident grade INC-8 severe it was worse",
    "incident close INC-2 mended",
    "incident close INC-2 again",
    "incident show INC-2",
  );
  await tells(
    "quality",
    "incident grade INC-1",
    'incident grade INC-1 harm:severe severity:major probability:frequent why:"Hip fracture"',
    "incident show INC-1",
    "incident show INC-1 more:yes",
    "incident review INC-1",
    'incident review INC-1 factors:equipment,people whys:"The nurse forgot the rail"',
    "incident review INC-1",
    'incident correct INC-1 field:where value:5E reason:"It was there"',
    'incident correct INC-1 field:where value:nowhere reason:"It was there"',
    "incident merge INC-4 INC-1 the same fall",
    "incident show INC-4",
    "incident merge INC-5 INC-4 the same fall",
    "incident restrict INC-6 @director privileged:yes",
    "incident show INC-6",
    "incident summary INC-6",
    "incident restrict INC-6 lift:yes",
    "incident summary INC-1",
  );
  await tells(
    "nurse",
    'incident correct INC-7 field:harm value:mild reason:"A bruise after all"',
    "incident show INC-1",
  );
  await tells(
    "nurse",
    "remind me in 30 minutes water the plants",
    "remind @manager tomorrow 9am every day look here",
    "remind here in 30 minutes huddle",
    "remind me yesterday what",
    "reminder snooze REM-1 in 2 hours",
  );
  await tells(
    "quality",
    "action add @nurse Replace the sharps bins tomorrow INC-13 strength:weaker measure:audits check:2026-12-04",
    "action add @manager Look at the bins friday INC-1",
    "action add me yesterday",
    "action show ACT-1",
    "action list",
    "action list done",
  );
  await tells(
    "nurse",
    "todo",
    "action snooze ACT-1 2026-12-01",
    "action done ACT-1 they are new",
    "action list",
    "action add me Ask about the bins friday",
    "action drop ACT-3 no need",
    "action show ACT-3",
    "action add @outsider not allowed friday",
  );
  await tells("quality", "action show ACT-1", "incident show INC-13", "action list done");
  await tells(
    "nurse",
    "incident report kind:workplace Stuck by a needle 4W",
    "details workplace INC-16 hurt:sharps outcome:admission",
    "incident report kind:privacy Letter to the wrong house 4W",
    "details privacy INC-17",
    "details fall INC-1 assisted:no",
  );
  await tells(
    "quality",
    "details reportable INC-10 duties:controlled-loss,california",
    "details medication INC-10 merp:d drug:Heparin",
    "incident show INC-16",
    "clock list",
    "clock show CLK-1",
    "clock start facility-review",
    "clock start facility.review INC-9",
    "clock pause CLK-1 waiting",
    "clock shorten CLK-1 tomorrow reason:policy",
    "clock withdraw CLK-2 not reportable",
    "clock done CLK-3 sent",
    "clock done CLK-3",
    "clock resume CLK-4",
  );
  await deliverAll();
  await tells("quality", "incident reopen INC-2 It came back", "incident show INC-2");
  await tells("quality", "action check ACT-1 no still full", "action show ACT-1");
  await tells("manager", "action list overdue:yes", "action list about:INC-1", "action done ACT-2");
  await tells("quality", "action check ACT-2 yes");
  await deliverAll();
  await tells("quality", "action reassign ACT-1 @outsider");
  pass(4.1);
  await deliverAll();
  await tells("manager", "todo", "reminder done REM-2", "reminder done REM-2 stop:yes");
  await tells(
    "nurse",
    "grievance log channel:letter Nobody came when she rang 4W",
    "grievance log fixed-on-the-spot:yes Cold soup 4W",
    `grievance log harm-or-abuse:yes ${"A long story. ".repeat(400)} 5E`,
    "grievance show GRV-1",
    "grievance show GRV-3 part:2",
    "grievance list",
  );
  await deliverAll();
  await tells(
    "quality",
    "todo",
    "grievance assign GRV-1 @manager",
    "grievance letter GRV-1",
    "grievance extend GRV-1 days:10 Waiting for an answer",
    "grievance letter GRV-1 extension",
    "grievance resolve GRV-1 contact:x",
    "grievance overrule GRV-2 sort:grievance It came up again",
    "grievance overrule GRV-2 sort:complaint It did not",
    "grievance close GRV-1 mended",
    "grievance close GRV-2 mended",
    "grievance show GRV-2 more:yes",
  );
  await tells(
    "manager",
    "grievance note GRV-1 as:steps Asked the team",
    "grievance note GRV-1 as:results Bell repaired",
    "grievance resolve GRV-1 contact:Pat completed:today",
    "grievance letter GRV-1",
    "grievance list all",
    "grievance show GRV-1",
  );
  await tells("quality", "grievance reopen GRV-1 They called again", "grievance list before:3", "grievance show GRV-1");
  await deliverAll();
  pass(4.1);
  await deliverAll();
  await tells("quality", "todo", "clock list");
  await tells("outsider", "grievance list", "grievance show GRV-1", "grievance show GRV-99");
  await tells(
    "quality",
    "todo",
    "audit",
    "audit INC-1",
    "audit nobody",
    "incident list before:5",
    "incident list closed",
  );
  await bringBooks(hospital);
  for (const handle of ["manager", "director"])
    await tells(
      handle,
      "budget show",
      "budget show 4W 2026-10 more:yes",
      "budget show 4W 2020-01",
      "budget show 4W q4",
      "budget show 4W q4 more:yes",
      "budget variance q4",
      "budget history 4W overtime",
      "budget variance",
      "budget variance 4W oct nurses",
      "budget unexplained",
      "budget forecast",
      "budget forecast 4W trend",
      "budget forecast 4W seasonal",
      "budget report oct",
    );
  await tells(
    "manager",
    "todo",
    'budget explain 4W oct overtime kind:one-time plan:"Fill two posts" owner:nurse due:2026-12-15 effect:-18000 why:"Two left"',
    "budget explain 4W oct nurses kind:volume More patients",
    "budget explain 4W oct rent",
    "budget variance 4W oct overtime",
    "budget unexplained",
    "budget accept 4W oct overtime",
    "budget history 4W overtime",
  );
  await deliverAll();
  await tells(
    "director",
    "todo",
    "budget variance 4W oct overtime",
    "budget return 4W oct overtime How many hours",
    "budget accept 4W oct nurses",
    "budget accept 4W oct rent",
  );
  await deliverAll();
  await tells("manager", "todo", "budget variance 4W oct nurses", "budget explain 4W oct nurses Otherwise");
  await tells("nurse", "budget show 4W");
  await tells("admin", "audit", "settings", "settings organisation joining:open", "settings zone:nowhere");
  await tells("outsider", "incident show INC-1", "incident acknowledge INC-1", "audit", "link 11111-11111");
  await tells(
    "manager",
    "kpi list",
    ...Array.from(
      { length: 9 },
      (_, month) => `kpi record falls 4W numerator:${month} denominator:900 2026-0${month + 1}`,
    ),
    "kpi record falls 4W numerator:40 denominator:900 2026-10",
    "kpi record lwbs 4W 2.4 2026-08",
    "kpi record lwbs 4W 240 2026-08",
    "kpi record falls 4W 3 2027-08",
    "kpi record hcahps-nurses 4W numerator:4 denominator:5 2026-10",
    "kpi record hcahps-doctors 4W numerator:40 denominator:50 2026-10",
    "kpi target falls 4W 2.5",
    'kpi rebase falls 4W 2026-06-01 reason:"New beds"',
    'kpi freeze falls 4W 2026-01-01 2026-05-31 reason:"Before the beds"',
    'kpi unfreeze falls 4W reason:"No baseline any more"',
    "kpi compare falls",
    "kpi compare falls MED",
    "kpi show falls MED",
    "kpi compare door-to-provider",
    "incident pareto",
    "incident pareto MED by:unit",
    "incident pareto by:factor since:2026-11-20",
    'kpi mark falls 4W 2026-08-01 what:"Low beds tried" kind:pdsa',
    "kpi use hand-hygiene 4W",
    "kpi show hand-hygiene 4W",
    "kpi show lwbs",
    "kpi show hcahps-nurses 4W",
    "kpi show hcahps-doctors 4W",
    "kpi show falls",
    "kpi show turnover",
    "kpi list",
    "kpi list 4W",
    "kpi list metric:falls",
    "kpi use hand-hygiene 4W off:yes",
    "kpi digest 4W",
    "kpi digest 5E",
    "kpi follow 4W metric:falls,lwbs monthly at:06:15 silent:yes",
    "kpi follow 4W",
    "settings digests",
    "kpi unfollow 4W",
    "settings digests",
    "kpi follow 4W",
    "kpi unfollow 5E",
  );
  await tells(
    "quality",
    'kpi add name:"Discharges before noon" share increase',
    'kpi add name:"Wait for a porter" figure decrease',
    "kpi record falls 5E numerator:1 denominator:700 2026-10",
    "kpi show falls",
    ...["absence", "vacancy", "turnover", "cauti", "clabsi"].map((metric) => `kpi use ${metric} 5E`),
    "kpi list",
    "kpi list page:2",
  );
  await tells("nurse", "away", "away 2026-12-01 2026-12-04 @outsider", "whoami", "away back:yes");
  await tells("nurse", "away 2026-12-01 2026-12-04 @nurse", "away 2026-12-05 2026-12-08 @outsider");
  await tells("outsider", "whoami");
  const ward = { platform: "web", tenant: "demo", conversation: "ward", kind: "channel", name: "ward" } as const;
  for (const text of ["kpi follow 4W where:here", "settings digests", "kpi digest 4W where:here"])
    keep(
      await hospital.bot.handle({
        id: text,
        asker: hospital.identity("quality"),
        place: ward,
        body: { type: "text", text },
      }),
    );
  await tells("admin", "settings digests all:yes");
  const gets = { place: { not: {} } };
  const bound = hospital.store.of(hospital.organisationId);
  for (const { id } of await bound.follow.findMany({ where: gets, select: { id: true } })) {
    const admin = person(hospital, "admin");
    keep(await admin.runs("settings digests", { digest: id, to: "@director" }));
    keep(await person(hospital, "director").runs("settings digests", { digest: id, do: "preview" }));
    keep(await person(hospital, "director").runs("settings digests", { digest: id, do: "send" }));
  }
  platform.fail("ward", new SendFailed("busy", { final: false }));
  await deliverAll();
  await bound.notice.updateMany({
    where: { kind: "digest", ...gets },
    data: { attempts: 119, tryAt: hospital.clock.now },
  });
  await deliverAll();
  pass(15.5);
  await deliverAll();
  await tells(
    "manager",
    "todo show INC-1",
    "todo show INC-7",
    "todo show GRV-1",
    "todo show REM-2",
    "todo snooze tomorrow",
  );
  await tells("quality", "todo page:2", "todo show INC-13", "todo snooze tomorrow about:INC-13");
  await tells("quality", "incident close INC-8 The rail is mended");
  pass(9 * 24);
  await tells("manager", "todo");
  await tells("quality", "todo");
  await deliverAll();
  await bound.action.updateMany({ where: { number: 1 }, data: { ownerId: hospital.people.nurse, state: "open" } });
  await bound.person.updateMany({ where: { handle: "nurse" }, data: { active: false } });
  await bound.unit.updateMany({ where: { code: "4W" }, data: { managerId: hospital.people.director } });
  await bound.follow.updateMany({ where: { ownerId: hospital.people.manager }, data: { byRule: true } });
  await deliverAll();
  cards.push(...platform.sent.map((sent) => sent.card), ...platform.edits.map((edit) => edit.card));
});
afterAll(() => hospital.close());

test("the stories meet many cards and forms, and every kind of notice", async () => {
  expect(cards.length).toBeGreaterThan(100);
  expect(forms.length).toBeGreaterThan(15);
  const kinds = await hospital.store
    .of(hospital.organisationId)
    .notice.findMany({ where: { state: "sent" }, select: { kind: true } });
  expect([...new Set(kinds.map(({ kind }) => kind))].sort()).toEqual([
    "action-check-failed",
    "action-done",
    "action-given",
    "clock-due-soon",
    "clock-overdue",
    "clock-started",
    "cluster",
    "cover-asked",
    "digest",
    "digest-ended",
    "digest-given",
    "digest-unreached",
    "explanation-accepted",
    "explanation-given",
    "explanation-returned",
    "grievance-assigned",
    "grievance-logged",
    "grievance-resolved",
    "grievance-unacknowledged",
    "handed-on",
    "incident-acknowledged",
    "incident-assigned",
    "incident-closed",
    "incident-filed",
    "incident-graded",
    "incident-reopened",
    "incident-unacknowledged",
    "reminder",
    "waiting",
    "you-said",
  ]);
});

test("every button is a command of the menu, with input that is right as far as it goes", async () => {
  const asker = hospital.identity("admin");
  const { actor } = await hospital.services.members.identify(asker, async () => undefined, hospital.clock.now);
  const lookup = {
    find: (directory: "unit", written: readonly string[]) =>
      hospital.services.directory.find(actor, directory, written, asker),
    nearest: async () => [],
  } as Parameters<typeof checkInput>[3];
  const buttons = cards.flatMap(buttonsOf);
  const each = new Map(buttons.map((button) => [JSON.stringify([button.command, button.input]), button]));
  expect(each.size).toBeGreaterThan(40);
  for (const button of each.values()) {
    const command = hospital.bot.menu.find(button.command);
    if (!command) throw new Error(`“${button.label}” runs “${button.command}”, which is no command.`);
    // Carried for the bot itself: what was kept aside, and which digest a button stood in.
    const { draft: _, told: __, ...input }: Input = button.input;
    expect(Object.keys(input).filter((name) => !(name in command.input))).toEqual([]);
    const { errors } = await checkInput(command, input, { now: hospital.clock.now, zone: "America/New_York" }, lookup);
    expect([button.label, errors]).toEqual([button.label, {}]);
  }
});

test("every button is short, and none carries more than a platform takes", () => {
  for (const button of cards.flatMap(buttonsOf)) {
    expect(button.label.length).toBeLessThanOrEqual(40);
    expect(JSON.stringify(button.input).length).toBeLessThanOrEqual(1_500);
  }
});

test("a card has a summary of one line, a way to see what it is, and few buttons in a row", () => {
  for (const card of cards) {
    const summary = card.summary
      .map((span) => ("text" in span ? span.text : "name" in span ? span.name : span.at))
      .join("");
    expect(summary).toMatch(/\S/);
    expect(summary).not.toContain("\n");
    expect(card.blocks.length).toBeGreaterThan(0);
    expect(card.blocks.length).toBeLessThanOrEqual(50);
    for (const block of card.blocks) {
      if (block.type === "image" || block.type === "chart") expect(block.alt).toMatch(/\S/);
      if (block.type === "buttons") {
        expect(block.buttons.length).toBeLessThanOrEqual(6);
        // What comes next is the first of them, and there is one such.
        expect(block.buttons.slice(1).filter(({ style }) => style === "primary")).toEqual([]);
      }
      if (block.type === "facts") expect(block.facts.length).toBeGreaterThan(0);
      if (block.type === "list") expect(block.items.length).toBeLessThanOrEqual(20);
    }
  }
});

describe("the words of cards and forms", () => {
  test("have no exclamation marks and no emoji", () => {
    for (const words of ownWords([cards, forms])) expect(words).not.toMatch(/!|\p{Extended_Pictographic}/u);
  });

  test("never show what nobody should read", () => {
    for (const words of ownWords([cards, forms])) expect(words).not.toMatch(/undefined|\[object|NaN|null|Invalid Date/);
  });
});

test("a form names its command, keeps its title short, and has one field of each name", () => {
  for (const form of forms) {
    expect(hospital.bot.menu.find(form.command)?.title).toBe(form.title);
    expect(form.fields.length).toBeGreaterThan(0);
    expect(new Set(form.fields.map((field) => field.name)).size).toBe(form.fields.length);
    expect(JSON.stringify(form.carried).length).toBeLessThanOrEqual(1_500);
    for (const field of form.fields)
      if (typeof field.value === "string") expect(field.value.length).toBeLessThanOrEqual(2_900);
  }
});

/** What the authors wrote: words and strong spans, labels, hints and titles; not what people typed. */
function ownWords(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(ownWords);
  if (value === null || typeof value !== "object") return [];
  if ("type" in value && (value.type === "words" || value.type === "strong") && "text" in value)
    return [String(value.text)];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" && ["label", "hint", "title", "submit", "caption", "alt", "detail", "error"].includes(key)
      ? [inner]
      : ownWords(inner),
  );
}
