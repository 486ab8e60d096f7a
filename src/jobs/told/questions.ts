import { answeredCard, askedCard } from "../../cards/incidentQuestion.ts";
import type { QuestionNotice } from "../../domain/notices.ts";
import { shown } from "./incidents.ts";
import type { Teller } from "./telling.ts";

export const questionTellers: Record<QuestionNotice, Teller> = {
  "incident-asked": async (telling) => {
    const incident = await shown(telling);
    if (!incident?.may.answer) return undefined;
    return { card: askedCard(incident), evenInQuietHours: false };
  },
  "incident-answered": async (telling) => {
    const incident = await shown(telling);
    return incident && { card: answeredCard(incident), evenInQuietHours: false };
  },
};
