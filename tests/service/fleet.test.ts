import { afterAll, beforeAll, expect, it } from "vitest";
import { bareDatabase, type TestDatabase } from "../support/database.ts";
import { rounds } from "../support/rounds.ts";
import { type Service, startService } from "../support/service.ts";
import {
  botId,
  botSecret,
  cardOf,
  homeTenant,
  startTeams,
  type Teams,
  until,
  wordsOf,
} from "../support/teams/teams.ts";

let database: TestDatabase;
let teams: Teams;
const fleet: Service[] = [];

beforeAll(async () => {
  database = await bareDatabase();
  teams = await startTeams();
});

afterAll(async () => {
  for (const service of fleet) await service.kill("SIGTERM");
  await teams.close();
  await database.drop();
});

async function start(only: "web" | "worker"): Promise<Service> {
  const service = await startService(
    {
      DATABASE_URL: database.url,
      LOG_LEVEL: "error",
      PORT: "0",
      CLIENT_ID: botId,
      CLIENT_SECRET: botSecret,
      TENANT_ID: homeTenant,
      TEAMS_LOGIN_URL: `${teams.url}/login`,
    },
    ["start", "--only", only],
  );
  fleet.push(service);
  return service;
}

it("what is asked for in one process is delivered by the other", async () => {
  const web = await start("web");
  expect(web.output()).toMatch(/Listens +on http:\S+, web only/);
  teams.bot = web.url;
  const nurse = teams.person("Jane Lee");
  const chat = teams.personal(nurse);
  const when = new Date(Date.now() + 10_000).toISOString();
  await teams.says(nurse, chat, `remind me "${when}" call the laboratory`);
  expect(wordsOf(cardOf(await teams.nth(chat, 1)))).toContain("call the laboratory");

  // Nobody works the queue yet, and past the time nothing has come.
  await new Promise((resolve) => setTimeout(resolve, Date.parse(when) - Date.now() + 1_500));
  expect(teams.messages(chat)).toHaveLength(1);

  const worker = await start("worker");
  expect(worker.output()).toMatch(/Listens +on http:\S+, worker only/);
  const reminder = await until("the reminder", () => teams.messages(chat)[1]);
  expect(wordsOf(cardOf(reminder))).toContain("call the laboratory");
  expect((await fetch(`${worker.url}/health`)).status).toBe(200);
});

it("only web or worker can be chosen", async () => {
  const { code, errors } = await rounds(["start", "--only", "queue"], { DATABASE_URL: database.url });
  expect(code).toBe(2);
  expect(errors).toBe("--only takes web or worker.\n");
});
