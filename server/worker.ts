import { existsSync } from "node:fs";
import { join } from "node:path";
import { embeddedUrl } from "@/db/embedded";
import { parseEnv } from "@/env";
import { checkDatabase, explain } from "@/server/checks";

// `npm run worker`: delivers beside servers that run with AVAL_WORKER=0, or shares the work with them.

async function main(): Promise<void> {
  const { DATABASE_URL, dataDir, keysFile } = parseEnv();
  const url = DATABASE_URL ?? runningEmbedded(dataDir);
  await checkDatabase(url);
  process.env.DATABASE_URL = url;
  // From here on modules may look at the environment, so they are loaded here and not above.
  const { closeDatabase } = await import("@/db/client");
  const { ensureRootKeys } = await import("@/domain/vault/root-keys");
  await ensureRootKeys(keysFile);
  const { startWorkers } = await import("@/server/workers");
  const stop = startWorkers({ serves: false });
  process.stdout.write("The worker is ready.\n");

  let stopping = false;
  const onSignal = async () => {
    if (stopping) return;
    stopping = true;
    await stop();
    await closeDatabase();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void onSignal());
}

function runningEmbedded(dataDir: string): string {
  const url = existsSync(dataDir) ? embeddedUrl(dataDir) : undefined;
  if (!url) throw new Error(`No database runs on ${join(dataDir, "pg")}. Start Aval first, or set DATABASE_URL.`);
  return url;
}

for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

main().catch((error: unknown) => {
  process.stderr.write(`The worker did not start. ${explain(error)}\n`);
  process.exit(1);
});
