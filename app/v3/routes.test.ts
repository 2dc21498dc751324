import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { type ApiRoute, errorsOf, repliesOf } from "@/lib/route";
import { API_ROUTES } from "./routes";

const folder = import.meta.dirname;

/** `session/[sessionId]/share/route.ts` serves `/v3/session/{sessionId}/share/`. */
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("route.ts"));
const pathOf = (file: string) =>
  `/v3/${file.replace(/route\.ts$/, "")}`.replaceAll("\\", "/").replace(/\[(\w+)\]/g, "{$1}");

describe("the table of routes", () => {
  it("has every folder of the API, and nothing else", async () => {
    const inFolders: string[] = [];
    for (const file of files) {
      const module = (await import(join(folder, file))) as Record<string, ApiRoute>;
      for (const [method, route] of Object.entries(module)) {
        expect(route.spec.method, file).toBe(method);
        inFolders.push(`${method} ${pathOf(file)}`);
      }
    }
    expect(API_ROUTES.map(({ spec }) => `${spec.method} ${spec.path}`).sort()).toEqual(inFolders.sort());
  });

  it("has literal paths before those with a parameter that would match them", () => {
    const patterns = API_ROUTES.map(({ spec }) => ({
      key: `${spec.method} ${spec.path}`,
      path: spec.path,
      matches: new RegExp(`^${spec.method} ${spec.path.replace(/\{\w+\}/g, "[^/{}]+")}$`),
    }));
    for (const [index, { matches, key }] of patterns.entries())
      for (const later of patterns.slice(index + 1))
        expect(matches.test(later.key), `${key} hides ${later.key}`).toBe(false);
  });

  it.each(API_ROUTES.map(({ spec }) => [`${spec.method} ${spec.path}`, spec] as const))(
    "%s says who may call it, what it is for, and ends in a slash",
    (_, spec) => {
      expect(spec.path).toMatch(/^\/v3\/.*\/$/);
      expect(spec.summary.length).toBeGreaterThan(5);
      expect(spec.privilege).toBeTruthy();
      for (const reply of repliesOf(spec)) {
        expect(reply.description).toBeTruthy();
        // A body is JSON with a schema, a file with its type, one of the two by a `format`, or not there at all.
        const kinds = spec.query && "format" in (spec.query as z.ZodObject).shape ? 2 : 1;
        expect([reply.schema, reply.contentType].filter(Boolean)).toHaveLength(reply.status === 204 ? 0 : kinds);
      }
      expect(errorsOf(spec)).toEqual(expect.arrayContaining(["unauthenticated", "forbidden", "rate_limited"]));
      // Every parameter in the path is parsed: none reaches an act as it was typed.
      const names = [...spec.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const shape = (spec.params as { shape?: Record<string, unknown> } | undefined)?.shape ?? {};
      expect(Object.keys(shape)).toEqual(names);
    },
  );

  it.each(API_ROUTES.filter(({ spec }) => spec.method !== "GET").map(({ spec }) => [spec.path, spec] as const))(
    "%s, which may write, is for those who may write",
    (_, spec) => {
      expect(spec.privilege).toMatch(/^write:/);
    },
  );
});
