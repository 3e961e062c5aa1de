import { defineConfig } from "@playwright/test"
import { findChromium } from "./scripts/test/find-chromium.mjs"

// Chromium refuses to build its sandbox for root, which is who runs in most containers.
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: "src/testing/browser",
  testMatch: "**/*.browser.ts",
  outputDir: "test-results",
  // Each test starts an app of its own; two at a time on a small machine measure the machine.
  workers: 1,
  // A test that passes the second time has found something.
  retries: 0,
  timeout: 60_000,
  reporter: "list",
  use: {
    trace: "retain-on-failure",
    launchOptions: { executablePath: findChromium(), args: isRoot ? ["--no-sandbox"] : [] },
  },
})
