import type { Config } from "../config.ts";

/** A program of the command line that is no command of the menu. */
export interface Program {
  usage: string;
  summary: string;
  /** What `--help` tells of its options, those that `usage` has no room for. */
  options?: readonly string[];
  /** Returns the exit code. */
  run(given: string[], config: Config): Promise<number>;
}

/** Each is loaded when it is used, so that `help` answers at once. */
export const programs: Record<string, Program> = {
  start: {
    usage: "start [--only web|worker]",
    summary: "the service; npm start is this",
    run: async (given, config) => (await import("./startProgram.ts")).startProgram(given, config),
  },
  shell: {
    usage: "shell [--as HANDLE]",
    summary: "Rounds in this terminal",
    run: async (given, config) => (await import("./shellProgram.ts")).shellProgram(given, config),
  },
  playground: {
    usage: "playground",
    summary: "the Teams side beside Microsoft's Agents Playground",
    run: async (_given, config) => (await import("./playgroundProgram.ts")).playgroundProgram(config),
  },
  doctor: {
    usage: "doctor",
    summary: "checks tokens, database, queue, clock and manifests",
    run: async (_given, config) => (await import("./doctor.ts")).doctor(config),
  },
  admin: {
    usage: "admin HANDLE",
    summary: "makes a person an admin: the first one",
    run: async (given, config) => (await import("./setUp.ts")).adminProgram(given, config),
  },
  import: {
    usage: "import units|staff|budget|ledger|kpi FILE",
    summary: "from CSV or XLSX; --dry-run, --template",
    options: [
      "--dry-run   says what would change, and writes nothing",
      "--template  prints an empty file: import kpi --template > kpi.csv",
    ],
    run: async (given, config) => (await import("./setUp.ts")).importProgram(given, config),
  },
  export: {
    usage: "export WHAT",
    summary: "incidents, grievances, kpi, audit; --since, --as …",
    run: async (given, config) => (await import("./exportProgram.ts")).exportProgram(given, config),
  },
  manifest: {
    usage: "manifest slack|teams|--write",
    summary: "the app manifest, filled in, and Teams’ app package",
    run: async (given, config) => (await import("./manifest.ts")).manifestProgram(given, config),
  },
  "anonymity-check": {
    usage: "anonymity-check",
    summary: "looks for traces of anonymous reports that it files",
    run: async (_given, config) => (await import("./anonymity/anonymityProgram.ts")).anonymityProgram(config),
  },
  spc: {
    usage: "spc FILE.csv --chart xmr|p|u|c|t|pp|up",
    summary: "a control chart as JSON; --target, --freeze and more",
    options: [
      "FILE.csv     columns value, or numerator and denominator; period and rebase where there are any",
      "--direction  increase, decrease or neutral: which way is better; neutral when not said",
      "--target N   compared with the last limits; 95% where the figures are shares",
      "--freeze N   limits come from the first N points of each segment, and hold for the rest",
      "--no-screen  keeps outlying moving ranges in the limits of an XmR chart",
    ],
    run: async (given) => (await import("./spc.ts")).spcProgram(given),
  },
  variance: {
    usage: "variance FILE.csv",
    summary: "what each line's variance is made of, as JSON lines",
    options: [
      "FILE.csv  columns kind, behaviour, and of budget and actual: volume, quantity, rate, amount",
      "          as budget_volume, actual_volume, budget_quantity … budget, actual",
    ],
    run: async (given) => (await import("./variance.ts")).varianceProgram(given),
  },
  clock: {
    usage: "clock RULE --from ISO",
    summary: "when a deadline is due; --zone, --holidays; --list",
    // An area of the menu as well, for whoever asks: “clock withdraw CLK-4 --as jlee”.
    run: async (given, config) =>
      given.some((word) => /^--as(=|$)/.test(word))
        ? (await import("./menuCommand.ts")).runMenuCommand(["clock", ...given], config)
        : (await import("./clock.ts")).clockProgram(given, config),
  },
  help: {
    usage: "help",
    summary: "this",
    run: async (given, config) =>
      given.length === 0
        ? (await import("./helpProgram.ts")).helpProgram(programs)
        : (await import("./menuCommand.ts")).runMenuCommand(["help", ...given], config),
  },
};
