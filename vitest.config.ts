import path from "node:path"
import { defineConfig } from "vitest/config"

const alias = {
  "@": path.resolve(import.meta.dirname, "src"),
  // Next resolves this marker itself; outside Next it is nothing.
  "server-only": path.resolve(import.meta.dirname, "src/testing/server-only.ts"),
}
// A zone with an odd offset and daylight saving: code that forgets UTC fails here first.
const env = { TZ: "Australia/Lord_Howe" }
const setupFiles = ["src/testing/fail-on-console-error.ts"]

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["src/**/*.integration.test.ts", "src/**/*.network.test.ts", "src/**/*.faults.test.ts"],
          env,
          setupFiles: [...setupFiles, "src/testing/patient-queries.ts"],
          // Far more than any takes: a busy machine is no failure.
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["src/**/*.integration.test.ts"],
          env,
          setupFiles,
          globalSetup: ["src/testing/template-database.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "network",
          include: ["src/**/*.network.test.ts"],
          env,
          setupFiles,
          // Each builds houses and routers out of the kernel; two at a time would measure each other.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "faults",
          include: ["src/**/*.faults.test.ts"],
          env,
          setupFiles,
          // Each kills, stops or fills something and measures how long the party takes over it.
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
