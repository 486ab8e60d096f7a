import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { createBot } from "../../bot/handle.ts";
import { loadMenu } from "../../bot/menu.ts";
import type { Messenger } from "../../chat/messenger.ts";
import type { Identity, Platform } from "../../chat/request.ts";
import { openQueue, redisContents } from "../../jobs/queue.ts";
import { told } from "../../jobs/told.ts";
import { createLog } from "../../log.ts";
import { createServices, type Services } from "../../services.ts";
import { type Bound, openStore, type Store } from "../../store/store.ts";
import { menuFolder } from "../menuFolder.ts";
import type { Identifiers, Probe } from "./probe.ts";
import { canary } from "./probe.ts";
import { removeOrganisation } from "./removal.ts";
import { beyond, type Hit, searchDatabase, searchTexts } from "./search.ts";
import { openSlackProbe } from "./slackProbe.ts";
import { openTeamsProbe } from "./teamsProbe.ts";

export interface AnonymityCheck {
  databaseUrl: string;
  redisUrl: string | undefined;
  /** With a name the check has to find it: that shows that it can. */
  identity: "anonymous" | "named";
}

export interface Findings {
  /** Beside what the directory had of the reporter before. */
  hits: Hit[];
  filed: number;
  places: string[];
}

/**
 * Reports over the real adapters, as members whom Rounds knows and as members whom it does not, in an organisation of its
 * own that is removed afterwards; then searches the database with the queue, Redis, the log, the notices and what quality
 * and managers are shown for everything that the platforms told of the reporters.
 */
export async function checkAnonymity({ databaseUrl, redisUrl, identity }: AnonymityCheck): Promise<Findings> {
  const lines: string[] = [];
  const log = createLog("trace", new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) }));
  const store = openStore(databaseUrl, { connections: 3 });
  const services = createServices(store);
  const messengers = new Map<Platform, Messenger>();
  const clock = () => new Date();
  const bot = createBot({ menu: await loadMenu(menuFolder), services, messengers, clock, log, changed: () => {} });
  const queue = openQueue({ databaseUrl, redisUrl }, log);
  const hospital = await openCanaryHospital(store);
  const places = ["database", "queue", "log", "notices", "cards and files"];
  const hits: Hit[] = [];
  let filed = 0;
  try {
    for (const open of [openSlackProbe, openTeamsProbe])
      for (const isKnown of [false, true]) {
        const probe = await open({ bot, services, log });
        try {
          messengers.set(probe.platform, probe.messenger);
          await letIn(store, hospital, probe, isKnown);
          const before = await searchDatabase(databaseUrl, probe.identifiers);
          const earlier = await store.of(hospital.id).incident.count();
          await probe.report({ words: `A rail broke ${hospital.unitCode}`, unitId: hospital.unitId, identity });
          await probe.stop();
          filed += (await store.of(hospital.id).incident.count()) - earlier;
          await queueNotices(store.of(hospital.id), queue, clock());
          const inDatabase = await searchDatabase(databaseUrl, probe.identifiers);
          hits.push(
            ...beyond(before, inDatabase),
            ...searchTexts("Redis", redisUrl === undefined ? [] : await redisContents(redisUrl), probe.identifiers),
            ...searchTexts("log", lines, probe.identifiers),
            ...searchTexts("notices", await noticesOf(services, store.of(hospital.id), clock()), probe.identifiers),
            ...searchTexts("cards and files", await shownTo(bot.handle, hospital), probe.identifiers),
          );
        } finally {
          await probe.stop();
        }
      }
  } finally {
    await queue.close();
    await store.close();
    await removeOrganisation(databaseUrl, hospital.id);
  }
  return { hits, filed, places };
}

interface CanaryHospital {
  id: string;
  unitId: string;
  unitCode: string;
  /** Who are shown what was filed. */
  readers: Identity[];
}

/** A hospital with one unit, its manager, somebody of quality, and enough people that none is told apart by words. */
async function openCanaryHospital(store: Store): Promise<CanaryHospital> {
  const tenant = canary();
  const { id } = await store.unbound.organisation.create({
    data: { name: "Anonymity check", workspaces: { create: { platform: "web", tenant } } },
  });
  const bound = store.of(id);
  const join = async (handle: string, access: string[]) => {
    const { id: personId } = await bound.person.create({ data: { handle, name: handle, access } });
    const identity = { platform: "web", tenant, user: handle } as const;
    await bound.identity.create({ data: { ...identity, personId } });
    return { personId, identity };
  };
  const manager = await join("manager", ["staff", "manager"]);
  const quality = await join("quality", ["staff", "quality"]);
  for (const handle of ["one", "two", "three"]) await join(handle, ["staff"]);
  const unitCode = "CANARY";
  const unit = await bound.unit.create({
    data: { code: unitCode, name: "Unit of the check", aliases: [], managerId: manager.personId },
  });
  return { id, unitId: unit.id, unitCode, readers: [manager.identity, quality.identity] };
}

/** The platform's workspace belongs to the hospital; its member is in the directory already, or not. */
async function letIn(store: Store, { id }: CanaryHospital, probe: Probe, isKnown: boolean): Promise<void> {
  const { platform, tenant, identity, identifiers } = probe;
  await store.unbound.workspace.create({ data: { platform, tenant, organisationId: id } });
  if (!isKnown) return;
  const { name = "", email = "" }: Identifiers = identifiers;
  const bound = store.of(id);
  const person = await bound.person.create({ data: { handle: canary(), name, email, access: ["staff"] } });
  await bound.identity.create({ data: { ...identity, personId: person.id } });
}

async function queueNotices(bound: Bound, queue: ReturnType<typeof openQueue>, now: Date): Promise<void> {
  const { organisationId: organisation } = bound;
  const waiting = await bound.notice.findMany({ select: { id: true, tryAt: true, attempts: true } });
  await queue.deliver(
    waiting.map(({ id, tryAt, attempts }) => ({ organisation, notices: [id], tryAt, attempts })),
    now,
  );
}

/** The card of each notice, as its recipient would get it. */
async function noticesOf(services: Services, bound: Bound, now: Date): Promise<string[]> {
  const { organisationId } = bound;
  const cards: string[] = [];
  for (const notice of await bound.notice.findMany()) {
    if (notice.personId === null) continue;
    const recipient = await services.recipients.find(organisationId, notice.personId, new Set(["web"]), now);
    if (recipient === "gone" || recipient === "elsewhere") continue;
    cards.push(JSON.stringify(await told({ services, organisationId, notice, recipient, now })));
  }
  return cards;
}

const asked = ["todo", "incident list all", "incident export all", "audit"];

/** What those who handle reports are shown and given as files, of all that was filed. */
async function shownTo(handle: ReturnType<typeof createBot>["handle"], hospital: CanaryHospital): Promise<string[]> {
  const answers: string[] = [];
  for (const asker of hospital.readers) {
    const { platform, tenant, user: conversation } = asker;
    const ask = async (text: string) => {
      const place = { platform, tenant, conversation, kind: "personal" } as const;
      const { reply } = await handle({ id: randomUUID(), asker, place, body: { type: "text", text } });
      answers.push(JSON.stringify(reply, readable));
    };
    for (const text of asked) await ask(text);
    const numbers = new Set(answers.join().match(/INC-\d+/g) ?? []);
    for (const number of numbers) await ask(`incident show ${number}`);
    for (const number of numbers) await ask(`incident summary ${number}`);
    for (const number of numbers) await ask(`audit ${number}`);
  }
  return answers;
}

/** A file's bytes as text. */
const readable = (key: string, value: unknown): unknown =>
  key === "base64" && typeof value === "string" ? Buffer.from(value, "base64").toString() : value;
