import { connect, createServer, type Socket } from "node:net";
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
    // Each of them waits for its victim's end, which a busy machine puts off.
  }, 120_000);

  it("while it is being made, at the driver's own question, fails what waited for it and not the process", async () => {
    const { host, cutNext, close } = await between(new URL(url), "b.typarray");
    const sql = postgres(Object.assign(new URL(url), { host }).href, { ...options, max: 1, backoff: () => 0 });
    cutNext();
    await expect(sql`select 1`).rejects.toThrow(/CONNECTION_CLOSED|ECONNRESET|EPIPE/);
    cutNext();
    await expect(sql.begin((tx) => tx`select 1`)).rejects.toThrow(/CONNECTION_CLOSED|ECONNRESET|EPIPE/);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await sql.end({ timeout: 5 });
    await close();
  });
});

/** Stands between the driver and the server, and on demand resets the next connection that says `words`. */
async function between(server: URL, words: string) {
  let isArmed = false;
  const open = new Set<Socket>();
  const proxy = createServer((driver) => {
    const database = connect(Number(server.port || 5432), server.hostname);
    for (const socket of [driver, database]) {
      open.add(socket);
      socket.on("error", () => {}).on("close", () => open.delete(socket));
    }
    database.on("data", (bytes) => driver.write(bytes)).on("end", () => driver.end());
    driver.on("end", () => database.end());
    driver.on("data", (bytes) => {
      if (!isArmed || !bytes.includes(words)) return void database.write(bytes);
      isArmed = false;
      driver.resetAndDestroy();
      database.destroy();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  return {
    host: `127.0.0.1:${typeof address === "object" ? address?.port : address}`,
    cutNext: () => {
      isArmed = true;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => proxy.close(resolve));
    },
  };
}
