import { defineConfig } from "@playwright/test";

// Chromium's sandbox does not work as root; the rest keeps a machine without a network from waiting for one.
const flags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // What passes at the second try is told as flaky: a busy machine is no reason to stop everybody.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  // Axe takes seconds a screen on two busy cores.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    baseURL: process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000",
    locale: "en-US",
    timezoneId: "UTC",
    // Pictures and copies of every step take more of two cores than the tests do: where a test is tried again, it is enough
    // to make them then.
    trace: { mode: process.env.CI ? "on-first-retry" : "retain-on-failure", screenshots: false },
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || undefined, args: flags },
  },
  projects: [
    { name: "api", testMatch: "api/**/*.spec.ts" },
    // After the API: its race keeps the server too busy for a browser beside it.
    { name: "console", testMatch: "console/**/*.spec.ts", dependencies: ["api"] },
    // One at a time: they start servers of their own, and time them.
    { name: "process", testMatch: "process/**/*.spec.ts", dependencies: ["console"], workers: 1 },
  ],
});
