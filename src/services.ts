import { actionService } from "./domain/actions/service.ts";
import { budgetService } from "./domain/budgets/service.ts";
import { clockService } from "./domain/clocks/service.ts";
import { digestService } from "./domain/digests/service.ts";
import { draftService } from "./domain/drafts.ts";
import { grievanceService } from "./domain/grievances/service.ts";
import { incidentService } from "./domain/incidents/service.ts";
import { kpiService } from "./domain/kpis/service.ts";
import { leaverService } from "./domain/leavers/service.ts";
import { recordService } from "./domain/records.ts";
import { reminderService } from "./domain/reminders/service.ts";
import { settingsService } from "./domain/settings/service.ts";
import { auditTrailService } from "./domain/staff/auditTrail.ts";
import { directoryService } from "./domain/staff/directory.ts";
import { leaveService } from "./domain/staff/leave.ts";
import { linkService } from "./domain/staff/links.ts";
import { memberService } from "./domain/staff/members.ts";
import { peopleService } from "./domain/staff/people.ts";
import { recipientService } from "./domain/staff/recipients.ts";
import { todoService } from "./domain/todo.ts";
import { importService } from "./imports/service.ts";
import type { DomainStore } from "./store/store.ts";

export type Services = ReturnType<typeof createServices>;

/** The domain's services, each constructed here and nowhere else. */
export function createServices(store: DomainStore) {
  const incidents = incidentService(store);
  const clocks = clockService(store);
  const grievances = grievanceService(store);
  const reminders = reminderService(store);
  const actions = actionService(store);
  const budgets = budgetService(store);
  return {
    incidents,
    clocks,
    grievances,
    actions,
    budgets,
    reminders,
    kpis: kpiService(store),
    digests: digestService(store),
    imports: importService(store),
    records: recordService(store),
    settings: settingsService(store),
    todo: todoService(store, { incidents, clocks, grievances, actions, budgets, reminders }),
    members: memberService(store),
    people: peopleService(store),
    recipients: recipientService(store),
    links: linkService(store),
    leave: leaveService(store),
    leavers: leaverService(store),
    directory: directoryService(store),
    auditTrail: auditTrailService(store),
    drafts: draftService(store),
  };
}
