import express, { type Application } from "express";
import { listen } from "../../http.ts";

/** A platform that stands in for the real one on loopback, with what it was told. */
export interface Loopback {
  url: string;
  web: Application;
  /** Every body that came, as text. */
  heard: string[];
  close(): Promise<void>;
}

/** Serves on a free port of this machine alone. */
export async function openLoopback(): Promise<Loopback> {
  const web = express();
  const heard: string[] = [];
  web.use(express.text({ type: () => true, limit: "10mb" }), (request, _answer, next) => {
    if (typeof request.body === "string") heard.push(request.is("urlencoded") ? decoded(request.body) : request.body);
    next();
  });
  const { port, close } = await listen(web, "127.0.0.1", 0);
  return { url: `http://127.0.0.1:${port}`, web, heard, close };
}

const decoded = (form: string): string => [...new URLSearchParams(form).values()].join("\n");

/** In milliseconds: how long an answer may take, and how often it is looked for. */
const patience = 30_000;
const lookEvery = 25;

/** Waits until it is there; throws where it does not come. */
export async function awaited<Result>(what: string, look: () => Result | undefined): Promise<Result> {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((passed) => setTimeout(passed, lookEvery));
  }
  throw new Error(`${what} did not come.`);
}

const receipt = /(?<![2-9A-Z-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![2-9A-Z-])/;

/** The receipt in the answer to an anonymous report. */
export const receiptIn = (answer: string): string | undefined =>
  answer.includes("Filed without") ? receipt.exec(answer)?.[0] : undefined;
