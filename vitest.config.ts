import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: "tests/support/globalSetup.ts",
    reporters: ["default", "./tests/support/notRun.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What is waited for comes at once; a busy machine may take longer.
    expect: { poll: { timeout: 5_000 } },
  },
});
