import { spawn, spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical";
import { signatureHeaders, verifySignature } from "./sign";

/**
 * What we sign is verified by programs that share no line with us, each in one process: the very receivers that the
 * documentation and the console show.
 */

const SEED = Number(process.env.INTEROP_SEED ?? 20261124);
const PAYLOADS = 10_000;
const SECRET = "whsec_interop_ÿ_0001";
const OTHER = "whsec_interop_other";

interface Line {
  body: string;
  headers: Record<string, string>;
  /** By the canonical form (X-Signature-V2), and by the bytes (X-Signature). */
  canonical: "valid" | "refused";
  raw: "valid" | "refused";
  what: string;
}

const codePoint = (min: number, max: number) => fc.integer({ min, max }).map((point) => String.fromCodePoint(point));
// Beyond U+E000 languages disagree on the order of keys, so keys have none of those; values have everything.
const keyCharacter = fc.oneof(
  codePoint(0x20, 0x7e),
  codePoint(0, 0xff),
  codePoint(0x100, 0xd7ff),
  codePoint(0x10000, 0x10ffff),
);
const key = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: keyCharacter, maxLength: 8 }) },
  { weight: 2, arbitrary: fc.nat({ max: 200 }).map(String) },
  fc.constantFrom("", "__proto__", "constructor", "toJSON", "length", "10", "9", "01", "-1", "1.5", "4294967295"),
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    "Zoë 日本 🙂",
    '"\\/\b\f\n\r\t\0\x1f\x7f',
    "\u2028\u2029\u0085\ufeff",
    "\\u007f\\\\\x7f\\",
    "</script>&'",
  ),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.integer({ min: -1_000_000, max: 10_000 }).map((n) => n / 100),
  fc.integer({ min: 1, max: 9999 }).map((n) => n * 1e-8),
  fc.maxSafeInteger(),
  fc.integer().map((n) => n * 2 ** 40),
  fc.constantFrom(0, -0, 98.0, 1e-7, 0.00001, 1e21, 1.18e38, 2 ** 53, 5e-324, 1.7976931348623157e308, Number.NaN),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    object(tie("value")),
  ),
}));

/** With own members, also `__proto__`. */
function object(member: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(key, member), { maxLength: 4 }).map((members) => {
    const made = {};
    for (const [name, one] of members)
      Object.defineProperty(made, name, { value: one, enumerable: true, configurable: true });
    return made;
  });
}

const nested = fc
  .tuple(fc.array(fc.boolean(), { maxLength: 60, size: "max" }), value)
  .map(([levels, innermost]) =>
    levels.reduce((inner: unknown, isList) => (isList ? [inner] : { "10": 1, "9": inner }), innermost),
  );

const payload = fc.record(
  {
    webhook_type: fc.constantFrom("status.updated", "data.updated", "user.status.updated"),
    session_id: fc.uuid(),
    status: fc.constantFrom("Approved", "In Review", "IN_REVIEW", "Declined"),
    vendor_data: text,
    metadata: object(value),
    decision: fc.oneof({ weight: 4, arbitrary: value }, nested),
  },
  { requiredKeys: ["webhook_type"] },
);

/** Signed now, so that a slow machine does not let them grow old. */
function linesOf(payloads: object[], now: number): Line[] {
  const line = (
    what: string,
    given: object,
    {
      canonical = "refused",
      raw = "refused",
      secrets = [SECRET],
      age = 0,
    }: Partial<Line & { age: number; secrets: [string, string?] }>,
  ): Line => {
    const timestamp = now - age;
    const body = canonicalJson({ ...given, timestamp, created_at: timestamp });
    const { session_id = null, status = null, webhook_type } = given as Record<string, string>;
    const signed = signatureHeaders({
      body,
      secrets,
      timestamp,
      sessionId: session_id ?? null,
      status: status ?? null,
      webhookType: webhook_type!,
    });
    const headers = Object.fromEntries(Object.entries(signed).map(([name, one]) => [name.toLowerCase(), one]));
    return { what, body, headers, canonical, raw };
  };
  return payloads.flatMap((given, index): Line[] => {
    const secrets: [string, string?][] = [[SECRET], [SECRET, OTHER], [OTHER, SECRET]];
    const good = line(`payload ${index}`, given, { canonical: "valid", raw: "valid", secrets: secrets[index % 3] });
    const refused: Line[] = [
      line("sent 301 seconds ago", given, { age: 301 }),
      line("sent a day ago", given, { age: 86_400 }),
      line("sent in 400 seconds", given, { age: -400 }),
      { ...line("sent an hour ago, under a fresh header", given, { age: 3600 }), headers: { ...good.headers } },
      line("signed with another secret", given, { secrets: [OTHER] }),
      { ...line("with another status", { ...given, status: "Forged" }, {}), headers: good.headers },
      {
        ...good,
        what: "without signatures",
        headers: { "x-timestamp": String(now) },
        canonical: "refused",
        raw: "refused",
      },
      {
        ...good,
        what: "without a timestamp",
        headers: { ...good.headers, "x-timestamp": "" },
        canonical: "refused",
        raw: "refused",
      },
      { ...good, what: "written again by a framework", body: rewritten(good.body), canonical: "valid", raw: "refused" },
    ];
    return index % 5 === 0 ? [good, refused[(index / 5) % refused.length]!] : [good];
  });
}

/** Other white space, needless escapes and fractions: the same JSON. */
const rewritten = (body: string) =>
  JSON.stringify(JSON.parse(body), null, 1)
    .replace(/: (-?\d{1,15})(?=,?\n)/g, ": $1.0")
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** One verdict for each line. */
async function ask(command: string, args: string[], lines: Line[]): Promise<string[]> {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, WEBHOOK_SECRET: SECRET },
  });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", (error) =>
      reject(
        new Error(
          `${command} is needed to check our signatures with, and cannot be started (${error.message}). Install it.`,
        ),
      ),
    );
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const input = lines.map(({ body, headers }) => `${JSON.stringify({ body, headers })}\n`);
  await Promise.race([failed, Promise.all([pipeline(Readable.from(input), child.stdin), ended])]);
  return Buffer.concat(chunks).toString().trimEnd().split("\n");
}

function expectVerdicts(lines: Line[], verdicts: string[], by: "canonical" | "raw"): void {
  const wrong = lines.flatMap((line, index) =>
    verdicts[index] === line[by] ? [] : [{ ...line, said: verdicts[index], headers: line.headers["x-timestamp"] }],
  );
  expect(wrong.slice(0, 3), `${wrong.length} wrong with seed ${SEED}`).toEqual([]);
  expect(verdicts).toHaveLength(lines.length);
}

const receiver = (name: string) => `docs/webhooks/receivers/${name}`;
const isThere = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

describe(`${PAYLOADS} random payloads (seed ${SEED})`, { timeout: 240_000 }, () => {
  let payloads: object[] = [];
  beforeAll(() => {
    payloads = fc.sample(payload, { numRuns: PAYLOADS, seed: SEED });
  }, 240_000);
  const seconds = () => Math.floor(Date.now() / 1000);
  const sign = () => linesOf(payloads, seconds());

  it("have all that is difficult in them", () => {
    const lines = sign();
    const bodies = lines.map((line) => line.body).join("\n");
    for (const sign of [
      /[\u{10000}-\u{10ffff}]/u,
      /"10":1,"9":/,
      /"__proto__":/,
      /\\u0000/,
      /\x7f/,
      /\u2028/,
      /\ufffd/,
      /:-?\d+\.\d+/,
      /:"\d{16,}"/,
      /(\{"10":1,"9":|\[){40}/,
    ]) {
      expect(sign.test(bodies), String(sign)).toBe(true);
    }
    expect(new Set(lines.map((line) => line.what.replace(/\d+$/, "")))).toHaveLength(10);
  });

  it("are judged rightly by our own check", () => {
    const lines = sign();
    for (const by of ["canonical", "raw"] as const) {
      const verdicts = lines.map(({ body, headers }) => {
        const header = by === "canonical" ? "X-Signature-V2" : "X-Signature";
        const check = verifySignature({
          body,
          headers: new Headers(headers),
          secret: SECRET,
          now: new Date(),
          header,
        });
        return check.ok ? "valid" : "refused";
      });
      expectVerdicts(lines, verdicts, by);
    }
  });

  it.each([
    ["JavaScript", process.execPath, [receiver("verify.mjs")]],
    ["Python", "python3", [receiver("verify.py")]],
    ["Perl", "perl", [receiver("verify.pl")]],
  ])("are judged rightly in %s", async (_, command, args) => {
    const lines = sign();
    // Two processes, since one of the three parses JSON in a slow way.
    const middle = lines.length / 2;
    const halves = [lines.slice(0, middle), lines.slice(middle)];
    const verdicts = await Promise.all(halves.map((half) => ask(command, args, half)));
    expectVerdicts(lines, verdicts.flat(), "canonical");
  });

  it.each([
    ["Go", "go", ["version"], ["run", receiver("verify.go")]],
    ["PHP", "php", ["--version"], [receiver("verify.php")]],
  ])("are judged rightly in %s", async (language, command, probe, args) => {
    if (!isThere(command, ...probe)) {
      process.stderr.write(`${language} is not installed here: ${args.at(-1)} is not run.\n`);
      return;
    }
    const lines = sign();
    expectVerdicts(lines, await ask(command, args, lines), "raw");
  });
});
