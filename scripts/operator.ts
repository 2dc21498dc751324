import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { parseArgs } from "node:util";
import { clusterHome } from "@/db/cluster-home";
import { readPostmaster } from "@/db/postmaster";
import { parseEnv } from "@/env";

const USAGE = `Usage: npm run operator -- <command>

  rotate-share-key
      Signs new share tokens with a new secret from now on. Tokens signed with the old one stay valid until they expire.

  bring-in <decisions.json|.ndjson> [--media <folder>] [--workflow <id>] [--require-media]
      Hands finished decisions of your own vendor to a running server, with the media they name: a link ending in
      /front.jpg?… is read from <folder>/front.jpg. Set AVAL_API_KEY to a key with write:sessions.
      AVAL_PUBLIC_URL names the server when it is not the local one.
`;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      media: { type: "string" },
      workflow: { type: "string" },
      "require-media": { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const [command, file] = positionals;
  if (command === "rotate-share-key") return rotateShareKey();
  if (command === "bring-in" && file) return bringIn(file, values);
  say(USAGE);
  return values.help ? 0 : 2;
}

async function rotateShareKey(): Promise<number> {
  const { dataDir, DATABASE_URL } = parseEnv();
  process.env.DATABASE_URL = DATABASE_URL ?? embeddedUrl(dataDir);
  const [{ rotateShareTokenSecret }, { closeDatabase }] = await Promise.all([
    import("@/domain/share-tokens/signing-keys"),
    import("@/db/client"),
  ]);
  const { id, previousAcceptedUntil } = await rotateShareTokenSecret();
  say(
    `New share tokens are signed with ${id}. Earlier ones are accepted until ${previousAcceptedUntil.toISOString()}.`,
  );
  await closeDatabase();
  return 0;
}

function embeddedUrl(dataDir: string): string {
  const postmaster = readPostmaster(clusterHome(dataDir).pgData);
  if (!postmaster) throw new Error("The database is not running. Start Aval first, or set DATABASE_URL.");
  const password = readFileSync(join(dataDir, "pg-password"), "utf8").trim();
  return `postgres://aval:${encodeURIComponent(password)}@127.0.0.1:${postmaster.port}/aval`;
}

interface LineAnswer {
  line: number;
  status: "imported" | "refused";
  session_id: string | null;
  session_number: number | null;
  errors: { path: string; message: string }[];
  notes: { path: string; message: string }[];
}

async function bringIn(
  file: string,
  options: { media?: string; workflow?: string; "require-media"?: boolean },
): Promise<number> {
  const key = process.env.AVAL_API_KEY;
  if (!key) throw new Error("Set AVAL_API_KEY to a key of the application that the decisions belong to.");
  const decisions = parseDecisions(await readFile(file, "utf8"), extname(file));
  const media = options.media ? await mediaFor(decisions, options.media) : {};
  const response = await fetch(`${serverUrl()}/v3/session/imports/`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": key },
    body: JSON.stringify({
      decisions,
      media,
      workflow_id: options.workflow,
      require_media: options["require-media"] ?? false,
    }),
  });
  const answer = (await response.json()) as
    | { imported: number; refused: number; results: LineAnswer[] }
    | Record<string, unknown>;
  if (!response.ok || !("results" in answer))
    throw new Error(`The server answered ${response.status}: ${JSON.stringify(answer)}`);
  for (const line of answer.results as LineAnswer[]) {
    say(
      line.status === "imported"
        ? `line ${line.line}: session #${line.session_number} (${line.session_id})`
        : `line ${line.line}: refused`,
    );
    for (const { path, message } of [...line.errors, ...line.notes]) say(`  ${path}: ${message}`);
  }
  say(`${answer.imported} brought in, ${answer.refused} refused.`);
  return Number(answer.refused) > 0 ? 1 : 0;
}

function parseDecisions(text: string, extension: string): unknown[] {
  if (extension === ".ndjson") {
    return text
      .split("\n")
      .filter((line) => line.trim())
      .map((line) => JSON.parse(line));
  }
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed : [parsed];
}

/** Links are matched to files by their last path segment. */
async function mediaFor(decisions: unknown[], folder: string): Promise<Record<string, string>> {
  const files = new Set(await readdir(folder));
  const links = new Map<string, string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") {
      const name = basename(value.split(/[?#]/)[0] ?? "");
      if (files.has(name)) links.set(value, name);
    } else if (Array.isArray(value)) value.forEach(collect);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(collect);
  };
  collect(decisions);
  const entries = await Promise.all(
    [...links].map(async ([link, name]) => [link, (await readFile(join(folder, name))).toString("base64")] as const),
  );
  return Object.fromEntries(entries);
}

function serverUrl(): string {
  const { AVAL_PUBLIC_URL, dataDir, publicUrl } = parseEnv();
  if (AVAL_PUBLIC_URL) return publicUrl;
  try {
    return (JSON.parse(readFileSync(join(dataDir, "server.json"), "utf8")) as { url: string }).url;
  } catch {
    return publicUrl;
  }
}

main()
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
