import { expect, test } from "../../fixtures";

const missing = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

test("§0.5 a path that is not there is a JSON 404, with or without a key", async ({ issuer, nobody }) => {
  for (const path of ["/v3/", "/v3/nothing/", `/v3/session/${missing}/`, "/v3/%E0%A4%A/", "/v3/%00/"])
    for (const caller of [issuer, nobody]) {
      const answer = await caller.get(path);
      expect([answer.status, answer.json], path).toEqual([404, { detail: "Not found.", code: "not_found" }]);
      expect(answer.headers["content-type"]).toContain("application/json");
    }
});

test("§0.5 an id that is none is a JSON 404", async ({ issuer }) => {
  for (const id of ["1", "%E0%A4%A", "%00", "..%2f..", `${missing}%20`, "x".repeat(3000)]) {
    const answer = await issuer.get(`/v3/session/${id}/decision/`);
    expect([answer.status, answer.json], id).toEqual([404, { detail: "Not found.", code: "not_found" }]);
  }
});

test("§0.5 a method that is not there is a JSON 405 that names those that are", async ({ issuer }) => {
  const cases = [
    ["GET", "/v3/session/import-shared/", "POST"],
    ["PUT", "/v3/session/import-shared", "POST"],
    ["GET", `/v3/session/${missing}/share/`, "POST"],
    ["POST", `/v3/session/${missing}/decision/`, "GET"],
    ["POST", `/v3/session/${missing}/update-status/`, "PATCH"],
    ["DELETE", "/v3/sessions/", "GET"],
    ["PUT", "/v3/workflows/", "GET, POST"],
    ["GET", "/v3/share-tokens/inspect/", "POST"],
  ] as const;
  for (const [method, path, allow] of cases) {
    const answer = await issuer.call(method, path);
    expect([answer.status, answer.json], path).toEqual([
      405,
      { detail: `Method "${method}" not allowed.`, code: "method_not_allowed" },
    ]);
    expect(answer.headers.allow).toBe(allow);
  }
});

test("§0.4 without a key that counts every answer is the same 401", async ({ nobody, issuer }) => {
  const body = {
    detail: "Authentication credentials were not provided or are invalid.",
    code: "unauthenticated",
  };
  for (const [caller, headers] of [
    [nobody, {}],
    [issuer, { "x-api-key": "" }],
    [issuer, { "x-api-key": "x".repeat(5000) }],
  ] as const) {
    const answer = await caller.get("/v3/sessions/", { headers });
    expect([answer.status, answer.json]).toEqual([401, body]);
  }
});

test("§0.5 a body that is not JSON is refused by its name", async ({ receiver }) => {
  const answer = await receiver.post("/v3/session/import-shared/", undefined, {
    bytes: Buffer.from("share_token=x"),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect([answer.status, answer.json]).toEqual([
    415,
    {
      detail: 'Unsupported media type "application/x-www-form-urlencoded" in request.',
      code: "unsupported_media_type",
    },
  ]);
});

test("§0.5 JSON that is broken, of broken UTF-8, or with a null character is a 400 that says so", async ({
  receiver,
}) => {
  for (const bytes of [
    Buffer.from("{"),
    Buffer.from('{"share_token": "a'),
    Buffer.concat([Buffer.from('{"share_token":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    Buffer.concat([Buffer.from('{"share_token":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    Buffer.from('{"share_token":"a\\u0000b"}'),
    Buffer.from('{"share_token":"a\u0000b"}'),
  ]) {
    const answer = await receiver.post("/v3/session/import-shared/", undefined, { bytes });
    expect(answer.status).toBe(400);
    expect(answer.json.detail).toMatch(/^JSON parse error - /);
  }
});

test("§0.5 a body that is empty, a list or a word names what is missing", async ({ receiver }) => {
  const empty = await receiver.post("/v3/session/import-shared/", undefined, { bytes: Buffer.alloc(0) });
  expect([empty.status, empty.json.share_token]).toEqual([400, ["This field is required."]]);
  for (const data of [[], "token", 1, null]) {
    const answer = await receiver.post("/v3/session/import-shared/", data);
    expect(answer.status).toBe(400);
    expect(answer.json).toHaveProperty("non_field_errors");
  }
});

test("§0.5 a body over a megabyte is a 413, and the one that may be larger is read", async ({ issuer }) => {
  const bytes = Buffer.from(JSON.stringify({ share_token: "x".repeat(1024 * 1024) }));
  const answer = await issuer.post("/v3/session/import-shared/", undefined, { bytes });
  expect([answer.status, answer.json.code]).toEqual([413, "payload_too_large"]);
  const large = await issuer.post("/v3/session/imports/", { decisions: [{ filler: "x".repeat(2 * 1024 * 1024) }] });
  expect([large.status, large.json.refused]).toEqual([200, 1]);
});

test("§0.5 deeply nested and strangely keyed JSON is answered and not a fault", async ({ issuer }) => {
  for (const text of [
    `{"decisions":[${"[".repeat(20_000)}${"]".repeat(20_000)}]}`,
    `{"decisions":[{"metadata":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}]}`,
    '{"decisions":[{"__proto__":{"status":"Approved"},"constructor":1}]}',
    '{"decisions":[{}],"media":{"__proto__":"x"}}',
  ]) {
    const answer = await issuer.post("/v3/session/imports/", undefined, { bytes: Buffer.from(text) });
    expect([200, 400], answer.text.slice(0, 200)).toContain(answer.status);
  }
});

test("§0.5 every answer forbids caching and guessing of types, and has a request id", async ({ issuer }) => {
  for (const path of ["/v3/sessions/?limit=1", `/v3/session/${missing}/decision/`]) {
    const { headers } = await issuer.get(path);
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test("§0.2 the health check is open to everybody", async ({ request }) => {
  for (const path of ["/system/healthcheck", "/system/healthcheck/"])
    expect((await request.get(path, { maxRedirects: 0 })).status()).toBe(200);
});
