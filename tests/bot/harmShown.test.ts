import { expect, test } from "vitest";
import { renderForm as inSlack } from "../../adapters/slack/form.ts";
import { renderForm as inTeams } from "../../adapters/teams/form.ts";
import { formOf } from "../../src/bot/form.ts";
import { loadMenu } from "../../src/bot/menu.ts";
import { menuFolder } from "../../src/cli/menuFolder.ts";
import { harms, identities } from "../../src/domain/incidents/rules.ts";

const command = (await loadMenu(menuFolder)).find("incident report");
if (!command) throw new Error("There is no “incident report”.");
const form = formOf(command, {});

test.each([
  ["Slack", JSON.stringify(inSlack(form, { source: {}, zone: "UTC" }))],
  ["Teams", JSON.stringify(inTeams(form, undefined))],
])("%s shows at the choice what each level of harm and each way to be named means", (_, drawn) => {
  for (const { label, detail } of [...harms, ...identities]) {
    expect(drawn).toContain(label);
    expect(drawn).toContain(detail);
  }
  expect(drawn).toContain("If torn between two, the higher");
});
