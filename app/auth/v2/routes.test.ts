import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AccountRoute } from "@/lib/account-route";
import { ACCOUNT_ROUTES } from "./routes";

const folder = import.meta.dirname;
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("route.ts"));
const pathOf = (file: string) =>
  `/auth/v2/${file.replace(/route\.ts$/, "")}`.replaceAll("\\", "/").replace(/\[(\w+)\]/g, "{$1}");

describe("the table of account routes", () => {
  it("has every folder, and nothing else", async () => {
    const inFolders: string[] = [];
    for (const file of files) {
      const module = (await import(join(folder, file))) as Record<string, AccountRoute>;
      for (const [method, route] of Object.entries(module)) {
        expect(route.spec.method, file).toBe(method);
        inFolders.push(`${method} ${pathOf(file)}`);
      }
    }
    expect(ACCOUNT_ROUTES.map(({ spec }) => `${spec.method} ${spec.path}`).sort()).toEqual(inFolders.sort());
  });

  it("has no pattern before a path that it would hide", () => {
    const patterns = ACCOUNT_ROUTES.map(({ spec }) => ({
      key: `${spec.method} ${spec.path}`,
      matches: new RegExp(`^${spec.method} ${spec.path.replace(/\{\w+\}/g, "[^/{}]+")}$`),
    }));
    for (const [index, { matches, key }] of patterns.entries())
      for (const later of patterns.slice(index + 1))
        expect(matches.test(later.key), `${key} hides ${later.key}`).toBe(false);
  });

  it.each(ACCOUNT_ROUTES.map(({ spec }) => [`${spec.method} ${spec.path}`, spec] as const))(
    "%s says what it is for, and parses every parameter of its path",
    (_, spec) => {
      expect(spec.path).toMatch(/^\/auth\/v2\/.*\/$/);
      expect(spec.summary.length).toBeGreaterThan(5);
      expect(spec.responds.description).toBeTruthy();
      const names = [...spec.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const shape = (spec.params as { shape?: Record<string, unknown> } | undefined)?.shape ?? {};
      expect(Object.keys(shape)).toEqual(names);
      // Whatever is about one organization is for its members.
      if (names.length > 0) expect(spec.caller).toBe("person");
    },
  );
});
