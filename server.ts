import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Server } from "node:http";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded";
import { type Env, parseEnv } from "@/env";
import { checkDatabase, explain, type HeldPort, holdPort } from "@/server/checks";
import { close, httpServer, listen, serve } from "@/server/http";

const IN_FLIGHT_MS = 10_000;

/** A second signal this soon is the same Ctrl-C: the terminal tells every process, and npm then passes it on once more. */
const SAME_KEYSTROKE_MS = 400;

/** What runs, in the order of its start; it is stopped in reverse. */
const running: { name: string; stop: () => unknown }[] = [];
let database: EmbeddedPostgres | undefined;
let databaseStarting: Promise<unknown> = Promise.resolve();
let stoppingSince: number | undefined;

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

async function boot(): Promise<void> {
  const settings = parseEnv();
  const { dataDir, keysFile, HOST } = settings;
  const held = await holdPort(settings.PORT, HOST);
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const url = await startDatabase(settings);
  process.env.PORT = String(held.port);
  process.env.DATABASE_URL = url;

  // From here on modules may look at the environment, so they are loaded here and not above.
  const { migrate } = await import("@/db/migrate");
  await migrate(url);
  const { closeDatabase } = await import("@/db/client");
  running.push({ name: "the database pool", stop: closeDatabase });
  const { ensureRootKeys } = await import("@/domain/vault/root-keys");
  await ensureRootKeys(keysFile);
  const { publicUrl } = parseEnv();
  process.env.NEXTAUTH_URL = publicUrl;
  const { readKeys } = await import("@/domain/vault/keys");
  process.env.NEXTAUTH_SECRET = readKeys(keysFile).sessionSecret;
  if (settings.demo) {
    const { seedDemo } = await import("@/demo/seed");
    await seedDemo({ url: publicUrl, dataDir, log: say });
  }
  if (settings.worker) {
    const { startWorkers } = await import("@/server/workers");
    running.push({ name: "the workers", stop: startWorkers({ serves: true }) });
  }
  await startHttp(settings, held);
  publish(dataDir, publicUrl);
  announce(dataDir, publicUrl);
}

async function startDatabase(settings: Env): Promise<string> {
  if (settings.DATABASE_URL) {
    await checkDatabase(settings.DATABASE_URL);
    return settings.DATABASE_URL;
  }
  const starting = startEmbeddedPostgres(settings.dataDir).then((embedded) => {
    running.push({ name: "PostgreSQL", stop: () => embedded.stop() });
    database = embedded;
    return embedded;
  });
  databaseStarting = starting;
  const { url, lost } = await starting;
  void lost.then(() => {
    if (stoppingSince !== undefined) return;
    complain(
      `PostgreSQL has ended by itself; ${join(settings.dataDir, "postgres.log")} may say why. Start Aval again.`,
    );
    void stopAll(1);
  });
  return url;
}

async function startHttp({ HOST, NODE_ENV }: Env, { port, release }: HeldPort): Promise<void> {
  const [{ getRequestListener }, { apiApp }, { default: next }, { withStatic }] = await Promise.all([
    import("@hono/node-server"),
    import("@/app/api-server"),
    import("next"),
    import("@/server/static"),
  ]);
  const dev = NODE_ENV === "development";
  const server = httpServer();
  // Next would answer upgrades on the server it is given. Only hot reload needs them; in production none is accepted.
  if (!dev) server.on("upgrade", (_, socket) => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
  const consoleApp = next({ dev, dir: process.cwd(), hostname: HOST, port, httpServer: dev ? server : new Server() });
  await consoleApp.prepare();
  running.push({ name: "the console", stop: () => consoleApp.close() });
  const pages = consoleApp.getRequestHandler();
  // In development the files come and go.
  serve(server, getRequestListener(apiApp.fetch), dev ? pages : withStatic(join(".next", "static"), pages));
  await release();
  if (stoppingSince !== undefined) return;
  await listen(server, port, HOST);
  running.push({ name: "the HTTP server", stop: () => close(server, IN_FLIGHT_MS) });
}

/** For scripts: which process answers where. Complete or absent, never half. */
function publish(dataDir: string, url: string): void {
  const path = join(dataDir, "server.json");
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ pid: process.pid, url })}\n`);
  renameSync(draft, path);
  running.push({ name: "server.json", stop: () => rmSync(path, { force: true }) });
}

function announce(dataDir: string, url: string): void {
  say(`\nAval is ready at ${url}\n`);
  let demo: Record<string, { organisation: string; email: string; password: string }>;
  try {
    demo = JSON.parse(readFileSync(join(dataDir, "demo.json"), "utf8"));
  } catch {
    return;
  }
  for (const role of ["issuer", "receiver", "stranger"]) {
    const one = demo[role];
    if (one) say(`  ${role.padEnd(9)} ${one.organisation.padEnd(24)} ${one.email}   ${one.password}`);
  }
  say(`\n  API keys and ids: ${join(dataDir, "demo.json")}\n`);
}

async function stopAll(code: number): Promise<never> {
  stoppingSince ??= Date.now();
  await databaseStarting.catch(() => {});
  for (let entry = running.pop(); entry; entry = running.pop()) {
    try {
      await entry.stop();
    } catch (error) {
      complain(`While stopping ${entry.name}: ${explain(error)}`);
      code = 1;
    }
  }
  process.exit(code);
}

function onSignal(): void {
  if (stoppingSince === undefined) void stopAll(0);
  else if (Date.now() - stoppingSince > SAME_KEYSTROKE_MS) {
    database?.abandon();
    process.exit(1);
  }
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, onSignal);
// The terminal or the pipe that reads our lines may be gone before we are.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

boot().catch((error: unknown) => {
  // A signal during the start has taken the database away from under it; that is no failure.
  if (stoppingSince !== undefined) return;
  complain(`Aval did not start. ${explain(error)}`);
  void stopAll(1);
});
