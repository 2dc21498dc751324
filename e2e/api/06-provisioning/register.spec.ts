import { codeFor, forgetCooldown, lastMailTo, newAccount, newEmail, PASSWORD, Visitor } from "../../accounts";
import { expect, test } from "../../fixtures";

const REGISTER = "/auth/v2/programmatic/register/";
const VERIFY = "/auth/v2/programmatic/verify-email/";
const RESEND = "/auth/v2/programmatic/resend-otp/";
const LOGIN = "/auth/v2/programmatic/login/";

test("§6 register answers 201 with message and e-mail, in both slash forms, and mails a code of six characters", async ({
  request,
}) => {
  const visitor = new Visitor(request);
  for (const path of [REGISTER, REGISTER.slice(0, -1)]) {
    const email = newEmail();
    const { status, json, headers } = await visitor.post(path, { email, password: PASSWORD });
    expect(status).toBe(201);
    expect(json).toEqual({ message: expect.any(String), email });
    expect(headers["cache-control"]).toBe("no-store");
    expect(await codeFor(email)).toMatch(/^[A-Z0-9]{6}$/);
  }
});

test("§6 register takes the reserved test domains that the original refuses with a 500", async ({ request }) => {
  const visitor = new Visitor(request);
  for (const domain of ["example.com", "company.test", "company.invalid"]) {
    const email = newEmail().replace("people.example", domain);
    expect((await visitor.post(REGISTER, { email, password: PASSWORD })).status).toBe(201);
  }
});

for (const [password, sentence] of [
  ["Aa1!", "Password must be at least 8 characters long."],
  ["abcdefg1!", "Password must contain at least one uppercase letter."],
  ["ABCDEFG1!", "Password must contain at least one lowercase letter."],
  ["Abcdefgh!", "Password must contain at least one digit."],
  ["Abcdefg1", expect.stringContaining("Password must contain at least one special character")],
] as const)
  test(`§6 register reports one failed rule at a time: ${password}`, async ({ request }) => {
    const { status, json } = await new Visitor(request).post(REGISTER, { email: newEmail(), password });
    expect([status, json]).toEqual([400, { password: [sentence], code: "invalid_input" }]);
  });

for (const [name, body, fields] of [
  ["nothing", {}, { email: ["This field is required."], password: ["This field is required."] }],
  [
    "null",
    { email: null, password: null },
    { email: ["This field may not be null."], password: ["This field may not be null."] },
  ],
  ["no address", { email: "nobody", password: PASSWORD }, { email: ["Enter a valid email address."] }],
  ["a number", { email: 7, password: PASSWORD }, { email: ["Not a valid string."] }],
  ["a homoglyph of @", { email: "a＠b.example", password: PASSWORD }, { email: ["Enter a valid email address."] }],
] as const)
  test(`§0.5 register refuses ${name} by field`, async ({ request }) => {
    const { status, json } = await new Visitor(request).post(REGISTER, body);
    expect([status, json]).toEqual([400, { ...fields, code: "invalid_input" }]);
  });

test("§0.7 register is five per address and hour; the sixth is a 429 with the seconds to wait", async ({ request }) => {
  const visitor = new Visitor(request);
  for (let count = 0; count < 5; count++)
    expect((await visitor.post(REGISTER, { email: newEmail(), password: PASSWORD })).status).toBe(201);
  const sixth = await visitor.post(REGISTER, { email: newEmail(), password: PASSWORD });
  expect(sixth.status).toBe(429);
  expect(sixth.json).toEqual({
    detail: expect.stringMatching(/^Request was throttled\. Expected available in \d+ seconds\.$/),
    code: "rate_limited",
  });
  const wait = Number(sixth.headers["retry-after"]);
  expect(wait).toBeGreaterThan(3400);
  expect(wait).toBeLessThanOrEqual(3600);
  // Whoever comes from elsewhere is not held up, and a forged address in front of the proxy's does not help.
  const forged = await visitor.call("POST", REGISTER, {
    data: { email: newEmail(), password: PASSWORD },
    headers: { "x-forwarded-for": `203.0.113.200, ${visitor.address}` },
  });
  expect(forged.status).toBe(429);
  expect((await new Visitor(request).post(REGISTER, { email: newEmail(), password: PASSWORD })).status).toBe(201);
});

test("§6 verify-email answers tokens, the organization and the application with its key", async ({ request }) => {
  const visitor = new Visitor(request);
  const email = newEmail();
  await visitor.post(REGISTER, { email, password: PASSWORD });
  const { status, json } = await visitor.post(VERIFY, { email, code: await codeFor(email) });
  expect(status).toBe(200);
  expect(json).toEqual({
    access_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
    refresh_token: expect.stringMatching(/^[\w-]{43}$/),
    expires_in: 86400,
    organization: { uuid: expect.any(String), name: expect.any(String) },
    application: {
      uuid: expect.any(String),
      name: `${json.organization.name} App`,
      client_id: expect.stringMatching(/^[\w-]{22}$/),
      api_key: expect.stringMatching(/^[\w-]{43}$/),
    },
  });
  const list = await visitor.get("/v3/sessions/", undefined, { "x-api-key": json.application.api_key });
  expect([list.status, list.json.count]).toEqual([200, 0]);
  const workflows = await visitor.get("/v3/workflows/", undefined, { "x-api-key": json.application.api_key });
  expect(workflows.json.results.map((one: { workflow_type: string }) => one.workflow_type).sort()).toEqual([
    "kyb",
    "kyc",
  ]);
  const again = await visitor.post(VERIFY, { email, code: await codeFor(email) });
  expect([again.status, again.json.code]).toEqual([400, "verification_code_invalid"]);
});

test("§6 verify-email answers a wrong code, an unknown address and a used code alike", async ({ request }) => {
  const visitor = new Visitor(request);
  const email = newEmail();
  await visitor.post(REGISTER, { email, password: PASSWORD });
  const answers = [
    await visitor.post(VERIFY, { email, code: "AAAAAA" }),
    await visitor.post(VERIFY, { email: newEmail(), code: "AAAAAA" }),
    await visitor.post(VERIFY, { email, code: "far too long to be a code" }),
  ];
  for (const { status, json } of answers)
    expect([status, json]).toEqual([
      400,
      { detail: "The verification code is invalid or has expired.", code: "verification_code_invalid" },
    ]);
  const missing = await visitor.post(VERIFY, { email });
  expect([missing.status, missing.json]).toEqual([400, { code: ["This field is required."] }]);
  expect(missing.headers["x-error-code"]).toBe("invalid_input");
});

test("§6 resend-otp waits a minute per e-mail, answers {} alike for everybody, and its code replaces the first", async ({
  request,
}) => {
  const visitor = new Visitor(request);
  const email = newEmail();
  await visitor.post(REGISTER, { email, password: PASSWORD });
  const first = await codeFor(email);
  const early = await visitor.post(RESEND, { email });
  expect([early.status, early.json.code]).toEqual([429, "rate_limited"]);
  expect(Number(early.headers["retry-after"])).toBeLessThanOrEqual(60);
  await forgetCooldown(email);
  // Some clients send the password along.
  const sent = await visitor.post(RESEND, { email, password: PASSWORD });
  expect([sent.status, sent.json]).toEqual([200, {}]);
  const unknown = await visitor.post(RESEND, { email: newEmail() });
  expect([unknown.status, unknown.text]).toEqual([sent.status, sent.text]);
  expect((await visitor.post(VERIFY, { email, code: first })).status).toBe(400);
  expect((await visitor.post(VERIFY, { email, code: await codeFor(email) })).status).toBe(200);
});

test("§6 register for an address that has an account answers alike and tells its owner only", async ({ request }) => {
  const account = await newAccount(request);
  const visitor = new Visitor(request);
  const fresh = await visitor.post(REGISTER, { email: newEmail(), password: PASSWORD });
  const taken = await visitor.post(REGISTER, { email: account.email, password: "Another-password-1" });
  expect([taken.status, Object.keys(taken.json)]).toEqual([fresh.status, Object.keys(fresh.json)]);
  expect(taken.json.message).toBe(fresh.json.message);
  expect((await lastMailTo(account.email)).kind).toBe("account_exists");
  expect((await visitor.post(LOGIN, { email: account.email, password: PASSWORD })).status).toBe(200);
});

test("§6 login answers tokens and a message; wrong password, unknown account and unverified address are one 401", async ({
  request,
}) => {
  const { email, visitor } = await newAccount(request);
  const { status, json } = await visitor.post(LOGIN, { email: email.toUpperCase(), password: PASSWORD });
  expect(status).toBe(200);
  expect(Object.keys(json).sort()).toEqual(["access_token", "expires_in", "message", "refresh_token"]);
  const waiting = newEmail();
  await visitor.post(REGISTER, { email: waiting, password: PASSWORD });
  for (const body of [
    { email, password: "Wrong-password-1" },
    { email: newEmail(), password: PASSWORD },
    { email: waiting, password: PASSWORD },
  ]) {
    const refused = await visitor.post(LOGIN, body);
    expect([refused.status, refused.json]).toEqual([
      401,
      { detail: "E-mail or password is wrong.", code: "unauthenticated" },
    ]);
  }
});

test("§6 login locks for fifteen minutes after five failures, the right password included, known or not", async ({
  request,
}) => {
  const { email, visitor } = await newAccount(request);
  for (const address of [email, newEmail()]) {
    for (let count = 0; count < 5; count++)
      expect((await visitor.post(LOGIN, { email: address, password: "Wrong-password-1" })).status).toBe(401);
    const locked = await visitor.post(LOGIN, { email: address, password: PASSWORD });
    expect([locked.status, locked.json.code]).toEqual([429, "rate_limited"]);
    const wait = Number(locked.headers["retry-after"]);
    expect(wait).toBeGreaterThan(880);
    expect(wait).toBeLessThanOrEqual(900);
  }
});

test("§6 refresh exchanges a token once; logout ends the sign-in at once", async ({ request }) => {
  const { visitor, token, refreshToken } = await newAccount(request);
  const refreshed = await visitor.post("/auth/v2/programmatic/refresh/", { refresh_token: refreshToken });
  expect([refreshed.status, Object.keys(refreshed.json).sort()]).toEqual([
    200,
    ["access_token", "expires_in", "refresh_token"],
  ]);
  const again = await visitor.post("/auth/v2/programmatic/refresh/", { refresh_token: refreshToken });
  expect(again.status).toBe(401);
  expect((await visitor.get("/auth/v2/organizations/me/", refreshed.json.access_token)).status).toBe(200);
  const out = await visitor.call("POST", "/auth/v2/programmatic/logout/", { token });
  expect([out.status, out.text]).toEqual([204, ""]);
  for (const dead of [token, refreshed.json.access_token])
    expect((await visitor.get("/auth/v2/organizations/me/", dead)).status).toBe(401);
});

test("§0.5 a body that is no JSON, a wrong content type and a wrong method are told so", async ({ request }) => {
  const visitor = new Visitor(request);
  const broken = await visitor.call("POST", LOGIN, { headers: { "content-type": "text/plain" }, data: {} });
  expect([broken.status, broken.json.detail]).toEqual([415, 'Unsupported media type "text/plain" in request.']);
  const twice = await request.fetch(LOGIN, {
    method: "POST",
    data: '{"email":"a@b.example","email":"c@d.example","password":"x"}',
    headers: { "content-type": "application/json" },
  });
  expect(twice.status()).toBe(400);
  const wrong = await visitor.get(LOGIN);
  expect([wrong.status, wrong.json.detail, wrong.headers.allow]).toEqual([405, 'Method "GET" not allowed.', "POST"]);
  expect((await visitor.get("/auth/v2/nothing/here/")).json).toEqual({ detail: "Not found.", code: "not_found" });
});
