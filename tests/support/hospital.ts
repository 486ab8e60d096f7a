import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/handle.ts";
import { loadMenu } from "../../src/bot/menu.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Identity, Platform } from "../../src/chat/request.ts";
import type { Access } from "../../src/domain/staff/actor.ts";
import type { Log } from "../../src/log.ts";
import { createServices, type Services } from "../../src/services.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { testDatabase } from "./database.ts";

export const silentLog: Log = { info() {}, warn() {}, error() {} };

/** A small hospital in a database of its own: Medicine with 4 West and 5 East below it, and one person of every access. */
export interface Hospital {
  store: Store;
  services: Services;
  bot: Bot;
  organisationId: string;
  clock: { now: Date };
  people: Record<"nurse" | "manager" | "director" | "quality" | "admin" | "outsider", string>;
  units: Record<"medicine" | "west" | "east" | "emergency", string>;
  identity(handle: string): Identity;
  close(): Promise<void>;
}

export interface HospitalOptions {
  platform?: Platform;
  tenant?: string;
  /** The platform's user id of a person; the handle where it is not given. */
  userOf?: (handle: string) => string;
  messengers?: ReadonlyMap<Platform, Messenger>;
  changed?: () => void;
  log?: Log;
}

const access: Record<keyof Hospital["people"], Access[]> = {
  nurse: ["staff"],
  manager: ["staff", "manager"],
  director: ["staff", "manager"],
  quality: ["staff", "quality"],
  admin: ["staff", "admin"],
  outsider: ["staff"],
};

export async function openHospital(options: HospitalOptions = {}): Promise<Hospital> {
  const { platform = "web", tenant = "demo", userOf = (handle) => handle } = options;
  const database = await testDatabase();
  const store = openStore(database.url);
  const services = createServices(store);
  const clock = { now: new Date("2026-11-23T14:00:00Z") };
  const { id: organisationId } = await store.unbound.organisation.create({
    data: { name: "Test General", zone: "America/New_York", workspaces: { create: { platform, tenant } } },
  });
  const bound = store.of(organisationId);
  const people = {} as Hospital["people"];
  for (const handle of Object.keys(access) as (keyof Hospital["people"])[]) {
    const person = await bound.person.create({
      data: {
        handle,
        name: `${handle[0]?.toUpperCase()}${handle.slice(1)} Person`,
        email: `${handle}@test.example`,
        access: access[handle],
      },
    });
    await bound.identity.create({ data: { platform, tenant, user: userOf(handle), personId: person.id } });
    people[handle] = person.id;
  }
  const unit = async (code: string, name: string, managerId: string | null, parentId: string | null) =>
    (await bound.unit.create({ data: { code, name, aliases: [], managerId, parentId } })).id;
  const medicine = await unit("MED", "Medicine", people.director, null);
  const units = {
    medicine,
    west: await unit("4W", "4 West", people.manager, medicine),
    east: await unit("5E", "5 East", null, medicine),
    emergency: await unit("ED", "Emergency", null, null),
  };
  const bot = createBot({
    menu: await loadMenu(new URL("../../commands", import.meta.url).pathname),
    services,
    messengers: options.messengers ?? new Map(),
    clock: () => clock.now,
    log: options.log ?? silentLog,
    changed: options.changed ?? (() => {}),
  });
  return {
    store,
    services,
    bot,
    organisationId,
    clock,
    people,
    units,
    identity: (handle) => ({ platform, tenant, user: userOf(handle) }),
    async close() {
      await store.close();
      await database.drop();
    },
  };
}
