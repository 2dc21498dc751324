import { scopedKey } from "../../accounts";
import { Caller, expect, test } from "../../fixtures";

test("§7 the balance is told in decimal strings of four places", async ({ stranger }) => {
  const { status, json } = await stranger.get("/v3/billing/balance/");
  expect([status, Object.keys(json).sort()]).toEqual([
    200,
    ["auto_refill_amount", "auto_refill_enabled", "auto_refill_threshold", "balance"],
  ]);
  expect(json.balance).toMatch(/^-?\d+\.\d{4}$/);
  expect(json).toMatchObject({
    auto_refill_enabled: false,
    auto_refill_amount: "0.0000",
    auto_refill_threshold: "0.0000",
  });
});

test("§7 a top-up answers where it is settled, and credits nothing before", async ({ stranger }) => {
  const before = (await stranger.get("/v3/billing/balance/")).json.balance;
  const { status, json } = await stranger.post("/v3/billing/top-up/", {
    amount_in_dollars: 99.5,
    success_url: "https://shop.example/done",
    cancel_url: "",
  });
  expect([status, Object.keys(json).sort()]).toEqual([200, ["checkout_session_id", "checkout_session_url"]]);
  expect(new URL(json.checkout_session_url).pathname).toContain(json.checkout_session_id);
  expect((await stranger.get("/v3/billing/balance/")).json.balance).toBe(before);
});

test("§7 imports and what is brought in cost nothing", async ({ issuer, receiver, sessionId }) => {
  const balances = async () =>
    Promise.all([issuer, receiver].map(async (side) => (await side.get("/v3/billing/balance/")).json.balance));
  const before = await balances();
  expect((await receiver.redeem(await issuer.mint(sessionId, receiver), { trust_review: true })).status).toBe(201);
  expect(await balances()).toEqual(before);
});

test("§0.5 a bad amount is named", async ({ stranger }) => {
  const cases: [unknown, string][] = [
    [undefined, "This field is required."],
    ["50", "A valid number is required."],
    [49.99, "Ensure this value is greater than or equal to 50."],
    [100_001, "Ensure this value is less than or equal to 100000."],
    [50.005, "Ensure that there are no more than 2 decimal places."],
  ];
  for (const [amount_in_dollars, message] of cases) {
    const { status, json } = await stranger.post("/v3/billing/top-up/", { amount_in_dollars });
    expect([status, json], String(amount_in_dollars)).toEqual([
      400,
      { amount_in_dollars: [message], code: "invalid_input" },
    ]);
  }
  const link = await stranger.post("/v3/billing/top-up/", {
    amount_in_dollars: 50,
    success_url: "javascript:alert(1)",
  });
  expect([link.status, Object.keys(link.json).sort()]).toEqual([400, ["success_url", "code"].sort()]);
});

test("§6.1 reading the balance and asking for a top-up are privileges of their own", async ({ stranger, request }) => {
  const keyed = async (privileges: ("read:billing" | "write:billing")[]) =>
    new Caller(request, { ...stranger.side, api_key: (await scopedKey(stranger.id, { privileges })).key });
  const [reader, writer] = [await keyed(["read:billing"]), await keyed(["write:billing"])];
  const ask = (caller: Caller) => caller.post("/v3/billing/top-up/", { amount_in_dollars: 50 });
  expect((await reader.get("/v3/billing/balance/")).status).toBe(200);
  expect((await ask(writer)).status).toBe(200);
  for (const { status, json } of [await writer.get("/v3/billing/balance/"), await ask(reader)])
    expect([status, json.code]).toEqual([403, "forbidden"]);
});

test("§0.6 a top-up asked for again under its key is the same one", async ({ stranger }) => {
  const headers = { "idempotency-key": crypto.randomUUID() };
  const ask = () => stranger.post("/v3/billing/top-up/", { amount_in_dollars: 50 }, { headers });
  const first = await ask();
  expect((await ask()).json).toEqual(first.json);
});
