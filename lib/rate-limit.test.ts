import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { takePermits } from "@/domain/access/rate-windows";
import { asOwner } from "@/domain/testing";

/** A second process: the module has no state but its leases. */
async function process_(limits: string) {
  vi.resetModules();
  process.env.AVAL_RATE_LIMITS = limits;
  return import("./rate-limit");
}

type Limiter = Awaited<ReturnType<typeof process_>>;

async function outcomes(limiter: Limiter, caller: string, scopes: never[], count: number) {
  const answers = await Promise.allSettled(Array.from({ length: count }, () => limiter.countRequest(caller, scopes)));
  return {
    allowed: answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value!] : [])),
    refused: answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : [])),
  };
}

const GET = ["generic-get"] as never[];
const PDF = ["generic-get", "session-generate-pdf"] as never[];

/** As if the minute had passed: what was counted so far was counted that much earlier. */
const age = (seconds: number) =>
  asOwner(
    (owner) => owner`
      update rate_windows set second = second - ${seconds},
        counts = (select array_agg(counts[(i - 1 + ${seconds}) % 60 + 1] order by i) from generate_series(1, 60) i)`,
  );

let before: string | undefined;
beforeEach(() => {
  before = process.env.AVAL_RATE_LIMITS;
});
afterEach(() => {
  if (before === undefined) delete process.env.AVAL_RATE_LIMITS;
  else process.env.AVAL_RATE_LIMITS = before;
});

describe("the limit on requests", () => {
  it("lets exactly as many through as the scope allows, however many come in the same instant", async () => {
    const limiter = await process_("generic-get=100");
    const { allowed, refused } = await outcomes(limiter, randomUUID(), GET, 300);
    expect(allowed).toHaveLength(100);
    expect(refused).toHaveLength(200);
    expect(new Set(refused.map((error) => error.code))).toEqual(new Set(["rate_limited"]));
    expect(Math.min(...allowed.map((standing) => standing.remaining))).toBe(0);
    expect(new Set(allowed.map((standing) => standing.limit))).toEqual(new Set([100]));
  });

  it("is one limit for all processes", async () => {
    const caller = randomUUID();
    const [one, other] = [await process_("generic-get=60"), await process_("generic-get=60")];
    expect(one).not.toBe(other);
    const [first, second] = await Promise.all([outcomes(one, caller, GET, 50), outcomes(other, caller, GET, 50)]);
    const allowed = first.allowed.length + second.allowed.length;
    // What one of them holds for the next second is the only difference.
    expect(allowed).toBeLessThanOrEqual(60);
    expect(allowed).toBeGreaterThanOrEqual(60 - 2 * 3);
  });

  it("says when the next request may come, and then lets it through", async () => {
    const caller = randomUUID();
    const { refused } = await outcomes(await process_("generic-get=5"), caller, GET, 6);
    const [{ standing, extras, message }] = refused;
    expect(standing.remaining).toBe(0);
    expect(extras.retryAfterInSeconds).toBeGreaterThanOrEqual(58);
    expect(extras.retryAfterInSeconds).toBeLessThanOrEqual(60);
    expect(message).toBe(`Request was throttled. Expected available in ${extras.retryAfterInSeconds} seconds.`);
    expect(standing.reset - Date.now() / 1000).toBeGreaterThan(57);
    await age(61);
    expect((await outcomes(await process_("generic-get=5"), caller, GET, 6)).allowed).toHaveLength(5);
  });

  it("slides: what was counted half a minute ago still counts", async () => {
    const caller = randomUUID();
    expect((await outcomes(await process_("generic-get=10"), caller, GET, 6)).allowed).toHaveLength(6);
    await age(30);
    expect((await outcomes(await process_("generic-get=10"), caller, GET, 10)).allowed).toHaveLength(4);
    await age(31);
    expect((await outcomes(await process_("generic-get=10"), caller, GET, 10)).allowed).toHaveLength(6);
  });

  it("counts in the scope of the route and in the generic one, and a refusal in one uses nothing of the other", async () => {
    const caller = randomUUID();
    const limiter = await process_("generic-get=20,session-generate-pdf=3");
    expect((await outcomes(limiter, caller, PDF, 10)).allowed).toHaveLength(3);
    expect((await outcomes(limiter, caller, GET, 30)).allowed).toHaveLength(17);
    expect((await outcomes(limiter, randomUUID(), PDF, 1)).allowed[0]).toMatchObject({ limit: 3, remaining: 2 });
  });

  it("does not write once per request for a caller that is busy", async () => {
    const limiter = await process_("generic-get=100000");
    const caller = randomUUID();
    const writes = () =>
      asOwner(async (owner) => {
        const [row] =
          await owner`select pg_stat_force_next_flush(), pg_stat_get_tuples_updated('rate_windows'::regclass) as n`;
        return Number(row!.n);
      });
    await writes();
    const from = await writes();
    for (let sent = 0; sent < 2_000; sent++) await limiter.countRequest(caller, GET);
    // The statistics of other connections arrive with a delay; what counts is the order of magnitude.
    expect((await writes()) - from).toBeLessThan(200);
  });

  it("gives back what a lease did not use", async () => {
    const identifier = Buffer.from(randomUUID());
    const ask = (wanted: number, unused = 0, unusedSecond = 0) =>
      takePermits(identifier, [{ scope: "generic-get", limit: 100, wanted, unused, unusedSecond }]);
    const [first] = await ask(40);
    expect(first).toMatchObject({ granted: 40, counted: 40 });
    const [second] = await ask(1, 30, Math.floor(first!.now));
    expect(second).toMatchObject({ granted: 1, counted: 11 });
    // Never more than was counted, and nothing of a minute that is over.
    expect((await ask(1, 500, Math.floor(first!.now)))[0]!.counted).toBeGreaterThanOrEqual(1);
    expect((await ask(1, 5, Math.floor(first!.now) - 100))[0]!.counted).toBeGreaterThanOrEqual(2);
  });

  it("can be switched off", async () => {
    const limiter = await process_("off");
    expect(await limiter.countRequest(randomUUID(), GET)).toBeNull();
    expect(limiter.rateHeaders(null)).toEqual({});
  });
});
