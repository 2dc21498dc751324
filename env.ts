import { resolve } from "node:path";
import { z } from "zod";

const DOLLARS = /^\d{1,6}(\.\d{1,4})?$/;
const NOT_DOLLARS = "must be an amount in dollars with at most four decimals, such as 0.30";
const PORT = "must be a whole number from 0 to 65535";

/** Requests per minute in each scope (contract section 0.7). A request counts in its own scope and in a generic one. */
export const RATE_LIMITS = {
  "generic-get": 600,
  "generic-write": 300,
  "session-v2-create": 600,
  "session-generate-pdf": 50,
  "session-update-kyc": 10,
  "session-update-poa": 10,
} as const;
export type RateScope = keyof typeof RATE_LIMITS;

/** A demo is also what load tests run against: only the generic scopes, which they would fill, are wider there. */
const DEMO_RATE_LIMITS = { "generic-get": 600_000, "generic-write": 300_000, "session-v2-create": 600_000 };

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  PORT: z.coerce.number({ error: PORT }).int(PORT).min(0, PORT).max(65535, PORT).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  AVAL_DATA_DIR: z.string().min(1).default(".aval"),
  /** Absent: the embedded PostgreSQL is started and its URL is filled in by the server process. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }).optional(),
  AVAL_PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }).optional(),
  AVAL_DEMO: z.enum(["0", "1"], { error: "must be 0 or 1" }).default("1"),
  /** `file:` (folder below the data folder when empty) or `s3:` */
  AVAL_MEDIA_URL: z.string().optional(),
  /** JSON file of root keys (mode 600); generated once into the data folder when unset. */
  AVAL_KEYS_FILE: z.string().optional(),
  /** Signs the console's cookies; the server process fills it in from the keys file. */
  NEXTAUTH_SECRET: z.string().min(32).optional(),
  /** US dollars for one finished verification of a person or a company, and how many persons a month are free. */
  AVAL_PRICE_KYC: z.string().regex(DOLLARS, NOT_DOLLARS).default("0.30"),
  AVAL_PRICE_KYB: z.string().regex(DOLLARS, NOT_DOLLARS).default("2.00"),
  AVAL_FREE_KYC_PER_MONTH: z.coerce.number({ error: "must be a whole number" }).int().min(0).default(500),
  /** Hosts (`name` or `name:port`) that webhooks may reach by plain HTTP and at private addresses. */
  AVAL_WEBHOOK_HOSTS: z.string().optional(),
  /** 0: this process serves only; events are carried and delivered by `npm run worker` elsewhere. */
  AVAL_WORKER: z.enum(["0", "1"], { error: "must be 0 or 1" }).default("1"),
  AVAL_DB_POOL: z.coerce.number().int().min(2).max(200).default(16),
  /** `off`, or `scope=number` separated by commas for those that differ from the contract. */
  AVAL_RATE_LIMITS: z
    .string()
    .default("")
    .transform((text, context): Partial<Record<RateScope, number>> | "off" => {
      if (text === "off") return "off";
      const limits: Partial<Record<RateScope, number>> = {};
      for (const part of text.split(",").filter((one) => one.trim() !== "")) {
        const [, scope, number] = /^\s*([\w-]+)\s*=\s*(\d{1,9})\s*$/.exec(part) ?? [];
        if (scope && scope in RATE_LIMITS && Number(number) > 0) limits[scope as RateScope] = Number(number);
        else context.addIssue(`must be off, or scope=number with a scope of ${Object.keys(RATE_LIMITS).join(", ")}`);
      }
      return limits;
    }),
  /** How many proxies in front are ours; that many entries at the end of X-Forwarded-For are believed. */
  AVAL_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Whether strangers may make accounts, or only those who are invited. */
  AVAL_REGISTRATION: z.enum(["open", "closed"], { error: "must be open or closed" }).default("open"),
  /** Mails leave through it; without it they stay to be read in the demo's and the sandbox's mailbox. */
  AVAL_SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// URL" }).optional(),
  /** Who the mails come from: an address, or a name and an address in angle brackets. */
  AVAL_MAIL_FROM: z.string().min(3).max(200).optional(),
  AVAL_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

export type Env = ReturnType<typeof parseEnv>;

/** As `env()`, without remembering the answer: for the server process, which sets more variables before anyone else looks. */
export function parseEnv() {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new Error(`The environment is not usable: ${problems.join("; ")}.`);
  }
  const values = result.data;
  const dataDir = resolve(/* turbopackIgnore: true */ values.AVAL_DATA_DIR);
  const publicUrl = (values.AVAL_PUBLIC_URL ?? `http://${reachable(values.HOST)}:${values.PORT}`).replace(/\/+$/, "");
  return {
    ...values,
    dataDir,
    demo: values.AVAL_DEMO === "1",
    rateLimits:
      values.AVAL_RATE_LIMITS === "off"
        ? null
        : { ...RATE_LIMITS, ...(values.AVAL_DEMO === "1" && DEMO_RATE_LIMITS), ...values.AVAL_RATE_LIMITS },
    worker: values.AVAL_WORKER === "1",
    // The demo's receivers run on the same machine.
    webhookHosts: (values.AVAL_WEBHOOK_HOSTS ?? (values.AVAL_DEMO === "1" ? "127.0.0.1" : ""))
      .split(/[\s,]+/)
      .filter(Boolean),
    publicUrl,
    mailFrom: values.AVAL_MAIL_FROM ?? `Aval <no-reply@${new URL(publicUrl).hostname}>`,
    keysFile: values.AVAL_KEYS_FILE ? resolve(values.AVAL_KEYS_FILE) : resolve(dataDir, "keys.json"),
    mediaUrl: values.AVAL_MEDIA_URL ?? `file:${resolve(dataDir, "media")}`,
  };
}

/** An address to listen on, as one that a browser can open. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

let parsed: Env | undefined;

/** Every environment variable, parsed once on first use: the server process fills in DATABASE_URL before that. */
export function env(): Env {
  parsed ??= parseEnv();
  return parsed;
}
