import { command } from "../../src/bot/command.ts";
import { paragraph, required, text } from "../../src/bot/field.ts";
import { statusCard } from "../../src/cards/incidentStatus.ts";
import { privately } from "../../src/chat/reply.ts";

export default command({
  path: "incident status",
  title: "Status by receipt",
  summary: "What became of an anonymous report, and answers to what is asked about it.",
  usage: "K7QF-2M9D, and an answer",
  roles: "all",
  changes: true,
  input: {
    receipt: required(text({ label: "Receipt", hint: "As K7QF-2M9D; you got it when the report was filed" })),
    answer: paragraph({ label: "Answer, or more to tell", hint: "Nothing of who writes it is kept", ask: true }),
  },
  withoutTrace: () => true,
  async run({ services, actor, now }, { receipt, answer }) {
    return privately(statusCard(await services.incidents.byReceipt({ actor, now }, receipt, answer)));
  },
});
