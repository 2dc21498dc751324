import { randomUUID } from "node:crypto";
import { scopedKey } from "../../accounts";
import { Caller, expect, test } from "../../fixtures";

// A demo's generic limits are wide, so these tests meet the narrow ones; the windows themselves are tested in lib/.

test("§0.7 every answer says where the caller stands, a refusal too", async ({ issuer, nobody, request }) => {
  const own = new Caller(request, { ...issuer.side, api_key: (await scopedKey(issuer.id)).key });
  const answers = [
    await own.get("/v3/sessions/?limit=1"),
    await own.get(`/v3/session/${randomUUID()}/decision/`),
    await own.post("/v3/session/import-shared/", {}),
    await nobody.get("/v3/sessions/"),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([200, 404, 400, 401]);
  for (const { headers } of answers) {
    const number = (name: string) => Number(headers[`x-ratelimit-${name}`]);
    expect(number("limit")).toBeGreaterThan(0);
    expect(number("remaining")).toBeGreaterThanOrEqual(0);
    expect(number("remaining")).toBeLessThan(number("limit"));
    expect(number("reset")).toBeGreaterThan(Date.now() / 1000 - 5);
    expect(number("reset")).toBeLessThanOrEqual(Date.now() / 1000 + 65);
  }
});

test("§0.7 the eleventh correction in a minute is a 429, of this key and in this scope alone", async ({
  issuer,
  request,
  sessionId,
}) => {
  const own = new Caller(request, { ...issuer.side, api_key: (await scopedKey(issuer.id)).key });
  const correct = (caller: Caller, first_name: string) =>
    caller.patch(`/v3/session/${sessionId}/update-data/`, { first_name });
  const remaining: number[] = [];
  for (let count = 1; count <= 10; count++) {
    const answer = await correct(own, `Ana ${count}`);
    expect(answer.status).toBe(200);
    remaining.push(Number(answer.headers["x-ratelimit-remaining"]));
  }
  expect(remaining).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  const refused = await correct(own, "Eve");
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers["retry-after"]);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(refused.json).toEqual({
    detail: `Request was throttled. Expected available in ${wait} seconds.`,
    code: "rate_limited",
  });
  expect([refused.headers["x-ratelimit-limit"], refused.headers["x-ratelimit-remaining"]]).toEqual(["10", "0"]);
  const decision = await own.get(`/v3/session/${sessionId}/decision/`);
  expect([decision.status, decision.json.id_verifications[0].first_name]).toEqual([200, "Ana 10"]);
  const other = new Caller(request, { ...issuer.side, api_key: (await scopedKey(issuer.id)).key });
  expect((await correct(other, "Ana 11")).status).toBe(200);
});

test("§0.7 a client that claims another address is still itself", async ({ nobody }) => {
  const left = async (address: string) =>
    Number(
      // The last entry is the trusted proxy's; what stands before it is the client's own claim.
      (await nobody.get("/v3/sessions/", { headers: { "x-forwarded-for": `${address}, 198.51.100.7` } })).headers[
        "x-ratelimit-remaining"
      ],
    );
  const first = await left("203.0.113.1");
  expect(await left("203.0.113.2")).toBeLessThan(first);
});
