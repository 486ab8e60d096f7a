import { createSimulator, type Simulator } from "../../adapters/web/simulator.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { listen } from "../../src/http.ts";
import { type Hospital, openHospital, silentLog } from "../support/hospital.ts";

export interface OpenSimulator {
  hospital: Hospital;
  simulator: Simulator;
  port: number;
  address: string;
  close(): Promise<void>;
}

/** The simulator over the real bot and a small hospital, on a free port of this machine. */
export async function openSimulator(): Promise<OpenSimulator> {
  const messengers = new Map<Platform, Messenger>();
  const hospital = await openHospital({ platform: "web", tenant: "demo", messengers });
  const simulator = createSimulator({
    bot: hospital.bot,
    log: silentLog,
    people: async () =>
      Object.keys(hospital.people).map((handle) => ({
        handle,
        name: `${handle[0]?.toUpperCase()}${handle.slice(1)} Person`,
        detail: `${handle} · 4 West`,
        identity: hospital.identity(handle),
      })),
    channels: [{ id: "huddle", name: "4-west-huddle" }],
  });
  messengers.set("web", simulator.messenger);
  const listening = await listen(simulator.app, "127.0.0.1", 0);
  simulator.servedAt(listening.port);
  return {
    hospital,
    simulator,
    port: listening.port,
    address: `http://127.0.0.1:${listening.port}`,
    async close() {
      await simulator.stop();
      await listening.close();
      await hospital.close();
    },
  };
}
