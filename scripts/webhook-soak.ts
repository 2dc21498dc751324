import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { type EmbeddedPostgres, removeDataFolder, startEmbeddedPostgres } from "@/db/embedded";
import { Receiver, Workers } from "./webhook-soak/processes";

const USAGE = `Usage: npm run webhook-soak -- [options]

  Delivers events to destinations of which a fifth is hostile, kills workers with SIGKILL and restarts the database
  meanwhile, and then holds the database's account against what the receivers saw. It brings its own PostgreSQL.

  --events <n>          how many events are published (100000)
  --destinations <n>    among how many destinations (50)
  --applications <n>    of how many applications (25)
  --sessions <n>        sessions per application (40)
  --rate <n>            events per second (100)
  --workers <n>         worker processes (2)
  --kills <n>           kill -9 of a worker (20)
  --restarts <n>        restarts of the database, every second one by kill -9 (2)
  --drain <seconds>     how long healthy destinations may take after the last event (120)
  --json                the findings as JSON

  With SOAK_KEEP=1 its folder with the database and the workers' logs is kept.
`;

const DEFAULTS = {
  events: 100_000,
  destinations: 50,
  applications: 25,
  sessions: 40,
  rate: 100,
  workers: 2,
  kills: 20,
  restarts: 2,
  drain: 120,
};
type Options = typeof DEFAULTS;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Publishes at a steady rate, whatever the database is doing; an event whose commit was not confirmed is published again. */
async function publishAll(
  options: Options,
  publish: (number: number) => Promise<void>,
): Promise<{ seconds: number; repeated: number }> {
  const began = performance.now();
  let repeated = 0;
  let next = 0;
  const publisher = async () => {
    for (;;) {
      const number = next++;
      if (number >= options.events || progress.stop.signal.aborted) return;
      const due = began + (number / options.rate) * 1000;
      await sleep(Math.max(0, due - performance.now()));
      for (;;) {
        try {
          await within(60_000, publish(number));
          break;
        } catch (error) {
          if (!isConnectionTrouble(error)) throw error;
          repeated += 1;
          await sleep(200);
        }
      }
      progress.published = Math.max(progress.published, number + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, publisher));
  return { seconds: (performance.now() - began) / 1000, repeated };
}

/** @throws Error when it takes longer: an act that hangs must be seen */
async function within(milliseconds: number, act: Promise<void>): Promise<void> {
  const done = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: done.signal }).then(() => {
    throw new Error(`An event was not written within ${milliseconds / 1000} s.`);
  });
  late.catch(() => {});
  try {
    await Promise.race([act, late]);
  } finally {
    done.abort();
  }
}

/** When one part fails, the others end, too. */
const progress = { published: 0, stop: new AbortController() };

/** Our own account needs the database, too, and is in no hurry. */
async function patiently<T>(look: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 60_000; ; await sleep(200)) {
    try {
      return await look();
    } catch (error) {
      if (!isConnectionTrouble(error) || Date.now() > until) throw error;
    }
  }
}

/** The server has gone away, is starting, or is shutting down (SQLSTATE class 57P). */
function isConnectionTrouble(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: string }).code ?? "";
    if (/^(57P|08|CONNECTION_|ECONN|EPIPE)/.test(code)) return true;
  }
  return false;
}

async function reached(events: number): Promise<void> {
  while (progress.published < events) await sleep(20, undefined, { signal: progress.stop.signal });
}

async function main(options: Options, json: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "aval-soak-"));
  const { behavioursOf } = await import("./webhook-soak/layout");
  const behaviours = behavioursOf(options.destinations);
  const port = await freePort();
  let database: EmbeddedPostgres = await startEmbeddedPostgres(folder, { port });
  const receiver = await Receiver.start(behaviours);
  const owner = postgres(database.url, { max: 2, onnotice: () => {} });
  let workers: Workers | undefined;
  try {
    Object.assign(process.env, {
      NODE_ENV: "production",
      DATABASE_URL: database.url,
      AVAL_DATA_DIR: folder,
      AVAL_DEMO: "0",
      AVAL_LOG_LEVEL: "error",
      AVAL_WEBHOOK_HOSTS: `127.0.0.1:${receiver.plain},127.0.0.1:${receiver.secure}`,
    });
    const [{ migrate }, { ensureKeysFile }, { layOut, publishOne }, measure] = await Promise.all([
      import("@/db/migrate"),
      import("@/domain/vault/keys"),
      import("./webhook-soak/layout"),
      import("./webhook-soak/measure"),
    ]);
    await migrate(database.url);
    ensureKeysFile(join(folder, "keys.json"));
    say(`Laying out ${options.applications} applications and ${options.destinations} destinations …`);
    const { tenants, destinations } = await layOut(receiver, behaviours, options);
    workers = await Workers.start(options.workers, folder);
    const running = workers;

    let inFlight = 0;
    const countInFlight = async (since: number) => {
      const arrivals = await receiver.recent(since);
      const count = await patiently(() => measure.countUnrecorded(owner, destinations, arrivals));
      inFlight += count;
      return count;
    };
    const kills = async () => {
      for (let turn = 0; turn < options.kills; turn++) {
        await reached(((turn + 1) * options.events) / (options.kills + 1));
        await running.kill(turn, async () => {
          // The others write down meanwhile what they had in hand; what then is left is the victim's.
          const since = Date.now() - 15_000;
          await sleep(250);
          say(`kill -9 of a worker, ${turn + 1} of ${options.kills}: ${await countInFlight(since)} in flight`);
        });
      }
    };
    const restarts = async () => {
      for (let turn = 0; turn < options.restarts; turn++) {
        // Between two kills, so that what was in flight can be told apart.
        await reached(
          ((turn + 1) * options.events) / (options.restarts + 1) + options.events / (options.kills + 1) / 2,
        );
        const since = Date.now() - 15_000;
        const isCrash = turn % 2 === 1;
        if (isCrash) {
          process.kill(database.pid, "SIGKILL");
          await database.lost;
          database.abandon();
        } else {
          await database.stop();
        }
        database = await startEmbeddedPostgres(folder, { port });
        say(`the database was ${isCrash ? "killed" : "stopped"} and started: ${await countInFlight(since)} in flight`);
      }
    };
    say(`Publishing ${options.events} events, ${options.rate} a second, to ${options.workers} workers …`);
    const tasks = [publishAll(options, (number) => publishOne(tenants, number)), kills(), restarts()] as const;
    for (const task of tasks) task.catch(() => progress.stop.abort());
    await Promise.allSettled(tasks);
    const [published] = await Promise.all(tasks);

    say("Waiting for the healthy destinations to have everything …");
    const drained = performance.now();
    const waiting = () => patiently(() => measure.countWaitingAtHealthy(owner, destinations));
    while ((await waiting()) > 0 && performance.now() - drained < options.drain * 1000) await sleep(100);
    const drainSeconds = (performance.now() - drained) / 1000;
    await running.stop();

    const reportFile = join(folder, "arrivals.ndjson");
    const { trapped, forged } = await receiver.report(reportFile);
    const [{ events, numbers } = { events: 0, numbers: 0 }] = await owner<{ events: number; numbers: number }[]>`
      select count(*)::int as events, count(distinct payload ->> 'soak_number')::int as numbers
      from webhook_events where payload ? 'soak_number'`;
    const { rows, outOfOrder, attempts } = await measure.compare(owner, destinations, reportFile);
    const healthy = rows.find((row) => row.behaviour === "healthy")!;
    const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
    const findings = {
      rows,
      events,
      seconds: Math.round(published.seconds + drainSeconds),
      "events confirmed and not there": options.events - numbers,
      "deliveries lost": sum((row) => row.lost) + healthy.waiting + healthy["given up"],
      "deliveries per second": Math.round(sum((row) => row.delivered) / (published.seconds + drainSeconds)),
      attempts,
      "in flight when killed": inFlight,
      "duplicates at healthy destinations": healthy.duplicates,
      "healthy p95 ms": healthy["p95 ms"],
      "out of order": outOfOrder,
      "signatures that do not hold": forged,
      "connections to where redirects point": trapped,
      "workers that ended by themselves": running.fallen,
    };
    if (json) process.stdout.write(`${JSON.stringify(findings)}\n`);
    else show(findings);
    const kept =
      findings["events confirmed and not there"] === 0 &&
      findings["deliveries lost"] === 0 &&
      healthy.duplicates <= inFlight &&
      outOfOrder + forged + trapped + running.fallen === 0 &&
      healthy["p95 ms"]! < 1000;
    say(kept ? "Every promise was kept." : "NOT every promise was kept.");
    return kept ? 0 : 1;
  } finally {
    await workers?.stop();
    await receiver.stop();
    const { closeDatabase } = await import("@/db/client");
    await Promise.all([closeDatabase(), owner.end({ timeout: 5 })]);
    await database.stop();
    if (process.env.SOAK_KEEP === "1") say(`Kept: ${folder}`);
    else await removeDataFolder(folder);
  }
}

function show({ rows, ...rest }: { rows: object[] }): void {
  // A table is what this command is for.
  // biome-ignore lint/suspicious/noConsole: see above
  console.table(rows);
  for (const [name, value] of Object.entries(rest)) process.stdout.write(`${name.padEnd(40)} ${value}\n`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const { values } = parseArgs({
  options: {
    ...Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, { type: "string" as const }])),
    json: { type: "boolean" },
    help: { type: "boolean" },
  },
});
const {
  json = false,
  help = false,
  ...numbers
} = values as Record<string, string> & { json?: boolean; help?: boolean };
const options = { ...DEFAULTS, ...Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, Number(v)])) };
if (help || Object.values(options).some((value) => !Number.isInteger(value) || value < 0)) {
  process.stdout.write(USAGE);
  process.exit(help ? 0 : 2);
}
main(options, json)
  .then((code) => process.exit(code))
  .catch((error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
