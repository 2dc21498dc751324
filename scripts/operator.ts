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

  rotate-access-key
      Signs new access tokens with a new key from now on. Tokens signed with the old one stay valid until they expire.

  mails
      Shows the mails that wait because no mail server is set up, with their codes and links: whoever makes the first
      account of an installation without AVAL_SMTP_URL reads its code here.

  top-ups
      Lists the top-ups that wait to be settled, oldest first, with their ids.

  settle-top-up <id>
      Credits a top-up whose money has come in. It is in the audit trail as done by the operator. Settling it again
      changes nothing.

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
  if (command === "rotate-access-key") return rotateAccessKey();
  if (command === "mails") return showMails();
  if (command === "top-ups") return showTopUps();
  if (command === "settle-top-up" && file) return settleTopUp(file);
  if (command === "bring-in" && file) return bringIn(file, values);
  say(USAGE);
  return values.help ? 0 : 2;
}

const rotateShareKey = () =>
  withDatabase(async () => {
    const { rotateShareTokenSecret } = await import("@/domain/share-tokens/signing-keys");
    const { id, previousAcceptedUntil } = await rotateShareTokenSecret();
    say(
      `New share tokens are signed with ${id}. Earlier ones are accepted until ${previousAcceptedUntil.toISOString()}.`,
    );
  });

const rotateAccessKey = () =>
  withDatabase(async () => {
    const { rotateAccessTokenKey } = await import("@/domain/access/access-tokens");
    const { id, previousAcceptedUntil } = await rotateAccessTokenKey();
    say(
      `New access tokens are signed with ${id}. Earlier ones are accepted until ${previousAcceptedUntil.toISOString()}.`,
    );
  });

const showMails = () =>
  withDatabase(async () => {
    const { waitingMails } = await import("@/domain/mail/mailbox");
    const mails = await waitingMails();
    if (mails.length === 0) say("No mail is waiting.");
    for (const { createdAt, recipient, subject, text } of mails)
      say(`${createdAt.toISOString()}  to ${recipient}\n${subject}\n\n${text.trim()}\n`);
  });

const showTopUps = () =>
  withDatabase(async () => {
    const { waitingTopUps } = await import("@/domain/billing/top-up");
    const { formatUnits } = await import("@/domain/billing/rules");
    const waiting = await waitingTopUps();
    if (waiting.length === 0) say("No top-up is waiting.");
    for (const { id, organisation, application, environment, amount, requestedAt } of waiting)
      say(
        `${requestedAt.toISOString()}  ${id}  ${formatUnits(amount, 2).padStart(10)} USD  ${environment.padEnd(7)}  ${organisation}, ${application}`,
      );
  });

const settleTopUp = (id: string) =>
  withDatabase(async () => {
    if (!UUID.test(id)) throw new Error("There is no such top-up.");
    const { settleAsOperator } = await import("@/domain/billing/top-up");
    const { formatUnits } = await import("@/domain/billing/rules");
    const { topUp, wasPaid } = await settleAsOperator(id);
    const amount = `${formatUnits(topUp.amount, 2)} USD`;
    say(wasPaid ? `${amount} was credited on ${topUp.settledAt?.toISOString()} already.` : `${amount} credited.`);
  });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function withDatabase(run: () => Promise<void>): Promise<number> {
  const { dataDir, DATABASE_URL } = parseEnv();
  process.env.DATABASE_URL = DATABASE_URL ?? embeddedUrl(dataDir);
  const { closeDatabase } = await import("@/db/client");
  try {
    await run();
    return 0;
  } finally {
    await closeDatabase();
  }
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
  const lines = parseLines(await readFile(file, "utf8"), extname(file));
  const names = new Set(options.media ? await readdir(options.media) : []);
  const counts = { imported: 0, refused: 0 };
  const tell = ({ line, status, ...rest }: LineAnswer) => {
    counts[status] += 1;
    say(`line ${line}: ${status === "refused" ? "refused" : `session #${rest.session_number} (${rest.session_id})`}`);
    for (const { path, message } of [...rest.errors, ...rest.notes])
      say(path ? `  ${path}: ${message}` : `  ${message}`);
  };
  // What is no JSON is refused here; the others do not wait for it to be mended.
  for (const { line, problem } of lines) {
    if (problem) tell({ line, ...REFUSED, errors: [{ path: "", message: problem }] });
  }
  for await (const group of inLoads(
    lines.filter(({ problem }) => !problem),
    (decision) => mediaOf(decision, names, options.media ?? "."),
  )) {
    const answer = await send(group, key, options);
    for (const result of answer.results) tell({ ...result, line: group.lines[result.line - 1]!.line });
  }
  say(`${counts.imported} brought in, ${counts.refused} refused.`);
  return counts.refused > 0 ? 1 : 0;
}

const REFUSED = { status: "refused" as const, session_id: null, session_number: null, notes: [] };

interface Line {
  /** Where it stands in the file: the line of an .ndjson, the place in a list. */
  line: number;
  decision?: unknown;
  problem?: string;
}

function parseLines(text: string, extension: string): Line[] {
  if (extension !== ".ndjson") {
    const parsed: unknown = JSON.parse(text);
    return (Array.isArray(parsed) ? parsed : [parsed]).map((decision, index) => ({ decision, line: index + 1 }));
  }
  return text.split("\n").flatMap((line, index): Line[] => {
    if (!line.trim()) return [];
    try {
      return [{ line: index + 1, decision: JSON.parse(line) }];
    } catch (error) {
      return [{ line: index + 1, problem: `This line is no JSON: ${(error as Error).message}` }];
    }
  });
}

interface Load {
  lines: Line[];
  media: Map<string, string>;
}

const MOST_LINES = 100;
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** Groups that one request can carry, in the order of the file: people stand before their company. */
async function* inLoads(lines: Line[], mediaOf: (decision: unknown) => Promise<Map<string, string>>) {
  let load: Load = { lines: [], media: new Map() };
  let size = 0;
  for (const line of lines) {
    const media = await mediaOf(line.decision);
    const more =
      JSON.stringify(line.decision).length + [...media.values()].reduce((sum, base64) => sum + base64.length, 0);
    if (load.lines.length >= MOST_LINES || (load.lines.length > 0 && size + more > MOST_CHARACTERS)) {
      yield load;
      load = { lines: [], media: new Map() };
      size = 0;
    }
    size += more;
    load.lines.push(line);
    for (const [link, base64] of media) load.media.set(link, base64);
  }
  if (load.lines.length > 0) yield load;
}

async function send({ lines, media }: Load, key: string, options: { workflow?: string; "require-media"?: boolean }) {
  const response = await fetch(`${serverUrl()}/v3/session/imports/`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": key },
    body: JSON.stringify({
      decisions: lines.map(({ decision }) => decision),
      media: Object.fromEntries(media),
      workflow_id: options.workflow,
      require_media: options["require-media"] ?? false,
    }),
  });
  const answer = (await response.json()) as { results?: LineAnswer[] };
  if (!response.ok || !answer.results)
    throw new Error(`The server answered ${response.status}: ${JSON.stringify(answer)}`);
  return { results: answer.results };
}

/** Links are matched to files by their last path segment. */
async function mediaOf(decision: unknown, files: ReadonlySet<string>, folder: string): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") {
      const name = basename(value.split(/[?#]/)[0] ?? "");
      if (files.has(name)) links.set(value, name);
    } else if (Array.isArray(value)) value.forEach(collect);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(collect);
  };
  collect(decision);
  const entries = await Promise.all(
    [...links].map(async ([link, name]) => [link, (await readFile(join(folder, name))).toString("base64")] as const),
  );
  return new Map(entries);
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
