import type { Reporter, TestModule, TestSuite } from "vitest/node";

/** Lists at the end each suite that did not run, and why. */
export default class NotRun implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const titles = modules.flatMap((module) => [...module.children.allSuites()]).filter(isLacking);
    if (titles.length === 0) return;
    console.log("\n Suites that did not run:");
    for (const suite of titles) console.log(`   ${suite.module.relativeModuleId}: ${suite.fullName}`);
  }
}

/** Suites of `needs` say in their title what they lack (needs.ts, which belongs to the tests' side). */
const isLacking = (suite: TestSuite): boolean => suite.name.includes("(not run, because ");
