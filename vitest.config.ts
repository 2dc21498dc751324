import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // Its only content is the error that keeps the database out of client bundles.
      { find: /^server-only$/, replacement: `${root}scripts/empty.mjs` },
    ],
  },
  test: {
    include: ["*.test.ts", "{app,components,db,demo,domain,i18n,lib,messages,scripts,server}/**/*.test.{ts,tsx}"],
    globalSetup: ["scripts/vitest-database.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
