import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: "tests/support/globalSetup.ts",
    reporters: ["default", "./tests/support/notRun.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes at once, on a busy machine later; these end a test that hangs, and none that is slow.
    expect: { poll: { timeout: 20_000 } },
  },
});
