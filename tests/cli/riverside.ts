import { fileOf } from "../../src/imports/file.ts";
import type { ImportResult } from "../../src/imports/result.ts";
import { importStaff } from "../../src/imports/staff.ts";
import { templates } from "../../src/imports/template.ts";
import { importUnits } from "../../src/imports/units.ts";
import { openStore } from "../../src/store/store.ts";
import { testDatabase } from "../support/database.ts";

export const now = new Date("2026-11-23T14:00:00Z");
export const team = "T0RIVER";
export const tenant = "5d0f7a34-0c2e-4f5b-9a53-1f6f3c9f0b11";
export const object = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, "0")}`;

export const unitFile = `${templates.units}4W,4 West,four west;4west,MED,@jlee\nMED,Medicine,,RGH,mosei\nRGH,Riverside General,,,mosei\n`;
export const staffFile = `${templates.staff}cruiz,Camila Ruiz,cruiz@riverside.example,,Registered nurse,4W,jlee,,2023-05-01,${team}/U01,${tenant}/${object(1)}
jlee,Jordan Lee,jlee@riverside.example,manager,Nurse manager;Educator,4w,MOsei,America/Chicago,2019-02-28,,
mosei,Miriam Osei,mosei@riverside.example,staff; Manager;admin,Chief nursing officer,,,,,${team}/u02,\n`;

export type Riverside = Awaited<ReturnType<typeof openRiverside>>;

/** An organisation with a team and a tenant and nobody in it, beside another one; its directory comes from files. */
export async function openRiverside() {
  const database = await testDatabase();
  const store = openStore(database.url);
  const workspaces = [
    { platform: "slack", tenant: team },
    { platform: "teams", tenant },
  ];
  const { id } = await store.unbound.organisation.create({
    data: { name: "Riverside", workspaces: { create: workspaces } },
  });
  await store.unbound.organisation.create({
    data: { name: "Elsewhere", workspaces: { create: { platform: "slack", tenant: "T0OTHER" } } },
  });
  const bound = store.of(id);
  const file = (text: string) => fileOf("file.csv", Buffer.from(text));
  const units = (text: string, dryRun = false) => importUnits(bound, file(text), { dryRun, now });
  const staff = (text: string, dryRun = false) => importStaff(bound, file(text), { dryRun, now });
  return {
    bound,
    units,
    staff,
    async setUp(): Promise<void> {
      await units("code,name\n4W,4 West\nMED,Medicine\n");
      await staff(staffFile);
      await units(unitFile);
    },
    everything: async () => ({
      units: await bound.unit.findMany({ orderBy: { code: "asc" } }),
      people: await bound.person.findMany({ orderBy: { handle: "asc" }, include: { identities: true } }),
      audit: await bound.audit.count(),
    }),
    async close(): Promise<void> {
      await store.close();
      await database.drop();
    },
  };
}

export const counted = ({ added, changed, unchanged }: ImportResult) => [added, changed, unchanged];
