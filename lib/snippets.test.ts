import { spawnSync } from "node:child_process";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import type { LocatedOperation } from "./openapi-document";
import { exampleOfParameter, pythonOf, snippetOf } from "./snippets";

const operation = (more: Partial<LocatedOperation> = {}): LocatedOperation => ({
  operationId: "patch_users_by_vendor_data",
  method: "PATCH",
  path: "/v3/users/{vendorData}/",
  summary: "",
  tags: [],
  security: [{ apiKey: [] }, { accessToken: [] }],
  parameters: [{ name: "vendorData", in: "path", required: true, schema: { type: "string" } }],
  requestBody: {
    required: true,
    content: { "application/json": { schema: {}, example: { name: 'O\'Brien "x" $HOME', ok: true, no: null } } },
  },
  responses: { "200": { description: "", content: { "application/json": { schema: {} } } } },
  ...more,
});

describe("snippets", () => {
  it("curl says in the shell exactly what the example is", () => {
    const code = snippetOf(operation(), "curl", "https://aval.example");
    const shell = `curl() { printf '%s\\0' "$@"; }\nAVAL_API_KEY=secret\n${code}`;
    const { stdout } = spawnSync("sh", ["-c", shell], { encoding: "utf8" });
    expect(stdout.split("\0").slice(0, -1)).toEqual([
      "-X",
      "PATCH",
      "https://aval.example/v3/users/partner-user-0042/",
      "-H",
      "x-api-key: secret",
      "-H",
      "content-type: application/json",
      "-d",
      JSON.stringify({ name: 'O\'Brien "x" $HOME', ok: true, no: null }, null, 2),
    ]);
  });

  it("JavaScript sends it", async () => {
    const code = snippetOf(operation(), "JavaScript", "https://aval.example");
    expect(() => transformSync(code, { format: "esm" })).not.toThrow();
    const sent: [string, RequestInit][] = [];
    const fetch = async (url: string, init: RequestInit) => {
      sent.push([url, init]);
      return Response.json({ seen: true });
    };
    const Program = Object.getPrototypeOf(async () => {}).constructor;
    const answer = await new Program("fetch", "process", `${code}\nreturn answer;`)(fetch, {
      env: { AVAL_API_KEY: "secret" },
    });
    expect(answer).toEqual({ seen: true });
    const [[url, init]] = sent as [[string, RequestInit]];
    expect(url).toBe("https://aval.example/v3/users/partner-user-0042/");
    expect(init).toMatchObject({ method: "PATCH", headers: { "x-api-key": "secret" } });
    expect(JSON.parse(String(init.body))).toEqual({ name: 'O\'Brien "x" $HOME', ok: true, no: null });
  });

  it("never holds a key, and asks for a member's token where a key does not do", () => {
    for (const language of ["curl", "JavaScript", "Python"] as const) {
      expect(snippetOf(operation(), language, "https://aval.example")).toContain("AVAL_API_KEY");
      const person = snippetOf(operation({ security: [{ accessToken: [] }] }), language, "https://aval.example");
      expect(person).toContain("AVAL_ACCESS_TOKEN");
      const anyone = snippetOf(operation({ security: [] }), language, "https://aval.example");
      expect(anyone).not.toMatch(/AVAL_/);
    }
  });

  it("writes JSON values as Python does", () => {
    expect(pythonOf({ a: [true, false, null, 1.5, "x\n"], b: {}, c: [] })).toBe(
      '{\n    "a": [\n        True,\n        False,\n        None,\n        1.5,\n        "x\\n",\n    ],\n    "b": {},\n    "c": [],\n}',
    );
  });

  it("knows what stands for a parameter", () => {
    expect(exampleOfParameter({ name: "sessionId", in: "path", schema: { type: "string", format: "uuid" } })).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });
});
