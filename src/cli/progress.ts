import type { WriteStream } from "node:tty";
import type { Progress } from "../store/database.ts";

/** A place for lines of progress: standard error, so that answers on standard output stay clean. */
type Lines = Pick<WriteStream, "write"> & { isTTY?: boolean };

/** Prints what takes its time: the seconds count in a terminal, and elsewhere there is one line when a step is done. */
export function lineProgress(lines: Lines): Progress {
  return {
    step(label) {
      const began = performance.now();
      const line = () => `${label} … ${((performance.now() - began) / 1000).toFixed(1)} s`;
      const repaint = () => lines.write(`\r${line()}`);
      const timer = lines.isTTY ? setInterval(repaint, 100) : undefined;
      timer?.unref();
      return () => {
        clearInterval(timer);
        lines.write(`${lines.isTTY ? "\r" : ""}${line()}\n`);
      };
    },
  };
}

/** For commands whose answers come at once. */
export const noProgress: Progress = { step: () => () => undefined };
