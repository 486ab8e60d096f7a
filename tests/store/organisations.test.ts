import { afterEach, beforeEach, expect, test } from "vitest";
import { createBot } from "../../src/bot/handle.ts";
import { loadMenu } from "../../src/bot/menu.ts";
import type { Platform } from "../../src/chat/request.ts";
import { createServices } from "../../src/services.ts";
import { mapWorkspace } from "../../src/store/organisations.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { testDatabase } from "../support/database.ts";
import { silentLog } from "../support/hospital.ts";

let store: Store;
let drop: () => Promise<void>;
beforeEach(async () => {
  const database = await testDatabase();
  store = openStore(database.url);
  drop = database.drop;
});
afterEach(async () => {
  await store.close();
  await drop();
});

const map = (platform: Platform, tenant: string) =>
  mapWorkspace(store, { platform, tenant, name: "Loopback General", zone: "UTC" });

test("both platforms come to one organisation, which stays the same", async () => {
  const first = await map("slack", "T1");
  expect(await map("teams", "tenant")).toBe(first);
  expect(await map("slack", "T1")).toBe(first);
  expect(await store.unbound.organisation.count()).toBe(1);
  expect(await store.unbound.unit.count()).toBe(1);
});

test("processes that start together make one organisation", async () => {
  const made = await Promise.all([
    map("slack", "T1"),
    map("teams", "tenant"),
    map("slack", "T1"),
    map("teams", "tenant"),
  ]);
  expect(new Set(made).size).toBe(1);
  expect(await store.unbound.organisation.count()).toBe(1);
});

test("the demonstration is never mapped", async () => {
  const { id } = await store.unbound.organisation.create({ data: { name: "Demonstration", demonstration: true } });
  expect(await map("slack", "T1")).not.toBe(id);
});

test("a member of a new workspace reports at once, before units are imported", async () => {
  await map("slack", "T1");
  const bot = createBot({
    menu: await loadMenu(new URL("../../commands", import.meta.url).pathname),
    services: createServices(store),
    messengers: new Map([["slack", { profile: async () => ({ name: "Jane Lee", guest: false }) }]]),
    clock: () => new Date("2026-11-23T14:00:00Z"),
    log: silentLog,
    changed: () => {},
  });
  const asker = { platform: "slack", tenant: "T1", user: "U1" } as const;
  const [everywhere] = await bot.options(asker, "unit", "");
  expect(everywhere?.label).toBe("Loopback General");
  const { refused } = await bot.handle({
    id: "first",
    asker,
    place: { platform: "slack", tenant: "T1", conversation: "D1", kind: "personal" },
    body: { type: "run", command: "incident report", input: { what: "Wet floor", where: everywhere?.code ?? "" } },
  });
  expect(refused).toBe(false);
  expect(await store.unbound.incident.count()).toBe(1);
});
