import { type ApiDocument, operationsOf } from "@/lib/openapi-document";
import { expect, test } from "../../fixtures";

const path = "/v3/session/";

test("§0.5 JSON of which something would be lost is a 400 that says what", async ({ issuer }) => {
  const workflow_id = issuer.side.workflows.user;
  const cases: [string, string][] = [
    [`{"workflow_id":"${workflow_id}","workflow_id":"x"}`, 'the key "workflow_id" occurs twice in one object.'],
    ['{"metadata":{"a":{"b":1,"b":2}}}', 'the key "b" occurs twice in one object.'],
    ['{"metadata":1e400}', "the number 1e400 is too large."],
    ['{"metadata":9007199254740993}', "the number 9007199254740993 is too large to be kept exactly: send it as text."],
    ['{"metadata":"\\u0000"}', "U+0000 is not allowed."],
    ['{"metadata":"\\ud800"}', "a surrogate without its other half is not allowed."],
    [`{"metadata":${"[".repeat(200)}${"]".repeat(200)}}`, "nested too deeply."],
    [`{"metadata":${"[".repeat(400_000)}`, "nested too deeply."],
  ];
  for (const [text, reason] of cases) {
    const answer = await issuer.post(path, undefined, { bytes: Buffer.from(text) });
    expect([answer.status, answer.json], text.slice(0, 60)).toEqual([
      400,
      { detail: `JSON parse error - ${reason}`, code: "invalid_input" },
    ]);
  }
});

test("§0.5 what only looks like it is taken as it is", async ({ issuer }) => {
  const metadata = {
    a: "\\u0000",
    b: '{"x":1,"x":2}',
    c: 9007199254740991,
    d: 1e-7,
    e: "😀",
    __proto__x: 1,
    f: { a: 1 },
  };
  const answer = await issuer.post(path, { workflow_id: issuer.side.workflows.user, metadata });
  expect([answer.status, answer.json.metadata]).toEqual([201, metadata]);
});

test("§0.5 content that is not JSON in UTF-8, plain, is a 415 that names it", async ({ issuer }) => {
  const cases: [Record<string, string>, string][] = [
    [{ "content-type": "text/plain" }, 'Unsupported media type "text/plain" in request.'],
    [{ "content-type": "multipart/form-data; boundary=x" }, 'Unsupported media type "multipart/form-data" in request.'],
    [{ "content-type": "application/json; charset=latin1" }, 'Unsupported charset "latin1" in request: use UTF-8.'],
    [{ "content-encoding": "gzip" }, 'Unsupported content encoding "gzip" in request.'],
  ];
  for (const [headers, detail] of cases) {
    const answer = await issuer.post(path, undefined, { bytes: Buffer.from("{}"), headers });
    expect([answer.status, answer.json]).toEqual([415, { detail, code: "unsupported_media_type" }]);
  }
  const good = await issuer.post(path, {}, { headers: { "content-type": 'application/json; charset="UTF-8"' } });
  expect([good.status, good.json.workflow_id]).toEqual([400, ["This field is required."]]);
});

test("§0.5 errors nest as the value nests, and every refusal has its code in a header", async ({ issuer }) => {
  const answer = await issuer.post(path, {
    workflow_id: issuer.side.workflows.user,
    contact_details: { email: "nobody", phone: "12" },
    expected_details: { expected_document_types: ["P", "LIBRARY"] },
  });
  expect([answer.status, answer.json]).toEqual([
    400,
    {
      contact_details: {
        email: ["Enter a valid email address."],
        phone: ["Enter a valid phone number, such as +34600111222."],
      },
      expected_details: { expected_document_types: [{}, ['"LIBRARY" is not a valid choice.']] },
      code: "invalid_input",
    },
  ]);
  expect(answer.headers["x-error-code"]).toBe("invalid_input");
});

test("§0.5 a fault between fields is a bare list", async ({ issuer }) => {
  const answer = await issuer.post("/v3/sessions/delete/", { delete_all: false });
  expect([answer.status, answer.json]).toEqual([400, ["Provide session_numbers or set delete_all to true."]]);
  expect(answer.headers["x-error-code"]).toBe("invalid_input");
});

test("§0.3 both slash forms of every documented path are served, and neither redirects", async ({
  request,
  issuer,
  nobody,
}) => {
  const document = (await (await request.get("/openapi.json")).json()) as ApiDocument;
  for (const { method, path, security, parameters } of operationsOf(document)) {
    const slashed = path.replace(/\{\w+\}/g, () => "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11");
    // Somebody without a key changes nothing, and a list that takes no body may be read by its owner.
    const caller = method === "GET" && parameters.every((one) => !one.required) ? issuer : nobody;
    const headers = { authorization: "Bearer nobody" };
    const [plain, canonical] = [
      await caller.call(method, slashed.slice(0, -1), { headers }),
      await caller.call(method, slashed, { headers }),
    ];
    expect.soft(plain.status, `${method} ${path}`).toBe(canonical.status);
    expect.soft(Object.keys(plain.json ?? {}), `${method} ${path}`).toEqual(Object.keys(canonical.json ?? {}));
    expect.soft([301, 302, 307, 308], `${method} ${path}`).not.toContain(plain.status);
    if (caller === nobody && security.length > 0) expect.soft(plain.status, `${method} ${path}`).toBe(401);
  }
});
