import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzz, type Report } from "./fuzz/run";

const USAGE = `Usage: npm run fuzz -- [options]

  Sends requests made of /openapi.json to a server of its own, valid ones and broken ones, and holds every answer against
  the document: no 5xx, no status, code, header or body that it does not have.

  --runs <n>      requests of each operation (2000)
  --seed <n>      the same requests again (by chance)
  --only <text>   operations whose "METHOD /path/" contains it
  --width <n>     operations at a time (4)
`;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "2000" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
      only: { type: "string" },
      width: { type: "string", default: "4" },
      help: { type: "boolean" },
    },
  });
  const { AVAL_BASE_URL: base, AVAL_DATA_DIR: dataDir } = process.env;
  if (values.help || !base || !dataDir) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  const began = performance.now();
  say(`Seed ${values.seed}`);
  const report = await fuzz({
    base,
    demo: JSON.parse(readFileSync(join(dataDir, "demo.json"), "utf8")).issuer,
    seed: Number(values.seed),
    runs: Number(values.runs),
    perWorld: 250,
    width: Number(values.width),
    only: values.only,
    log: say,
  });
  mkdirSync("test-results", { recursive: true });
  writeFileSync("test-results/fuzz.json", JSON.stringify(report, null, 2));
  say(summary(report, (performance.now() - began) / 1000));
  return report.findings.length > 0 ? 1 : 0;
}

function summary({ seed, requests, operations, findings }: Report, seconds: number): string {
  const throttled = operations.reduce((sum, { statuses }) => sum + (statuses[429] ?? 0), 0);
  const good = operations.reduce(
    (sum, { statuses }) => sum + Object.entries(statuses).reduce((n, [status, m]) => n + (status < "300" ? m : 0), 0),
    0,
  );
  return (
    `\n${requests} requests to ${operations.length} operations in ${seconds.toFixed(0)} s (seed ${seed}): ` +
    `${good} succeeded, ${throttled} were throttled, ${findings.length} findings`
  );
}

main()
  .then(async (code) => {
    const { closeDatabase } = await import("@/db/client");
    await closeDatabase();
    process.exit(code);
  })
  .catch((error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
