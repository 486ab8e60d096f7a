import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: "tests/support/globalSetup.ts",
    reporters: ["default", "./tests/support/notRun.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // What is waited for comes at once, on a busy machine much later; these end a test that hangs, and none that is slow.
    expect: { poll: { timeout: 60_000 } },
  },
});
