import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";

const url = process.env.DATABASE_URL!;
const options = { onnotice: () => {}, connect_timeout: 5 };

describe("a lost connection", () => {
  const pool = postgres(url, { ...options, max: 2 });
  const other = postgres(url, { ...options, max: 1 });
  afterAll(() => Promise.all([pool.end({ timeout: 5 }), other.end({ timeout: 5 })]));

  const kill = (pid: number) => other`select pg_terminate_backend(${pid}, 5000)`;
  const pidOf = async (sql: postgres.ISql) => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid;

  it.each(["a query", "several queries at once", "nothing but the commit"])(
    "inside a transaction, before %s, fails that transaction and neither ends nor hangs the process",
    async (what) => {
      for (let times = 0; times < 20; times++) {
        const lost = pool.begin(async (tx) => {
          await kill(await pidOf(tx));
          // The socket's end arrives in one of these turns; what is written then finds none.
          for (let turns = 0; turns < times; turns++) await new Promise(setImmediate);
          if (what === "a query") await tx`select 1`;
          if (what === "several queries at once") await Promise.all([tx`select 1`, tx`select 2`, tx`select 3`]);
        });
        await expect(lost).rejects.toThrow(/CONNECTION_CLOSED|terminating connection|ECONNRESET|EPIPE/);
      }
      expect(await pool`select 1 as one`).toEqual([{ one: 1 }]);
    },
  );

  it("outside a transaction fails what was under way at most, and is replaced", async () => {
    // Each of the pool's connections may have been lost unnoticed.
    const atLast = async (tries = 3): Promise<number> =>
      pidOf(pool).catch((error: unknown) => {
        if (tries === 0) throw error;
        return atLast(tries - 1);
      });
    for (let times = 0; times < 20; times++) {
      const pid = await atLast();
      await Promise.allSettled([
        pool`select pg_sleep(0.01)`,
        pool`select 1`,
        kill(pid),
        pool`select 1`,
        pool`select 1`,
      ]);
    }
    expect(await atLast()).toBeGreaterThan(0);
  });
});
