import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Bot } from "./bot/bot.ts";

const registry = new Registry();

const answered = new Histogram({
  name: "rounds_request_seconds",
  help: "From a request to its answer, by platform and kind of answer.",
  labelNames: ["platform", "answer"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

/** Starts the process's own figures; once, by the service. */
export const collectProcessMetrics = (): void => collectDefaultMetrics({ register: registry });

/** The bot with its answers timed. */
export function measured(bot: Bot): Bot {
  return {
    ...bot,
    async handle(request, show) {
      const done = answered.startTimer({ platform: request.asker.platform });
      const answer = await bot.handle(request, show);
      done({ answer: answer.reply.type });
      return answer;
    },
  };
}

/** Prometheus' text format. */
export const metricsText = (): Promise<string> => registry.metrics();
