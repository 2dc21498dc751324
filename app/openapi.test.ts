import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { ACCOUNT_ROUTES } from "./auth/v2/routes";
import { openApi } from "./openapi";
import { API_ROUTES } from "./v3/routes";

type Operation = {
  operationId: string;
  security: unknown[];
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: unknown; example: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object; example?: unknown }> }>;
};

const paths = openApi().paths as unknown as Record<string, Record<string, Operation>>;
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);

describe("/openapi.json", () => {
  it("has every route that is served, and no other", () => {
    const served = [...API_ROUTES, ...ACCOUNT_ROUTES].map(({ spec }) => `${spec.method} ${spec.path}`);
    expect(operations.map(([name]) => name).sort()).toEqual(served.sort());
  });

  it("is lint-clean by a public linter's recommended rules", async () => {
    const problems = await lintFromString({
      source: JSON.stringify(openApi()),
      config: await createConfig({
        extends: ["recommended"],
        rules: {
          // The contract's paths end in a slash and overlap as they do (sections 0.3 and 4.7).
          "no-path-trailing-slash": "off",
          "no-ambiguous-paths": "off",
          // The server is whoever runs this, here on the same machine.
          "no-server-example.com": "off",
        },
      }),
    });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  it("names each operation once", () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(operations)(
    "%s has an example of its body that its own parser takes, and of its answer",
    (name, operation) => {
      const route = [...API_ROUTES, ...ACCOUNT_ROUTES].find(({ spec }) => `${spec.method} ${spec.path}` === name)!;
      const body = operation.requestBody?.content["application/json"];
      if (route.spec.body) {
        const parsed = route.spec.body.safeParse(body!.example);
        expect(parsed.error?.issues ?? []).toEqual([]);
      }
      for (const [status, response] of Object.entries(operation.responses)) {
        const json = response.content?.["application/json"];
        if (Number(status) < 300 && json) expect(json.example, status).toBeDefined();
      }
    },
  );
});
