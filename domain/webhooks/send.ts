import http from "node:http";
import https from "node:https";
import { isListed, literalOf, refusalOfAddress, refusalOfUrl, type SendPolicy, type UrlRefusal } from "./address";
import { isAbsent, type Lookup, lookUp } from "./resolve";

export const SEND_FAILURES = [
  "address_refused",
  "name_not_found",
  "name_lookup_failed",
  "connection_refused",
  "connection_failed",
  "connection_reset",
  "connect_timeout",
  "tls_failed",
  "headers_timeout",
  "response_too_large",
  "bad_response",
  "aborted",
] as const;
export type SendFailure = (typeof SEND_FAILURES)[number];

/** Durations; null where that step was not reached or, on a connection kept alive, not needed. */
export interface SendTimings {
  dnsMs: number | null;
  /** TCP and TLS. */
  connectMs: number | null;
  /** From the request until the response's headers. */
  firstByteMs: number | null;
  totalMs: number;
}

export type SendResult =
  | {
      kind: "response";
      status: number;
      headers: Record<string, string>;
      body: string;
      bodyTruncated: boolean;
      address: string;
      timings: SendTimings;
    }
  | {
      kind: "failed";
      code: SendFailure;
      /** Why the URL or an address of its name is refused. */
      detail?: UrlRefusal;
      /** The system's own code, such as CERT_HAS_EXPIRED. */
      reason?: string;
      address?: string;
      timings: SendTimings;
    };

export interface Deadlines {
  dnsMs: number;
  /** For each address that is tried. */
  connectMs: number;
  tlsMs: number;
  headersMs: number;
  bodyMs: number;
  /** By the wall clock, over everything: no sequence of small signs of life makes it longer. */
  totalMs: number;
}

export const DEADLINES: Deadlines = {
  dnsMs: 4_000,
  connectMs: 4_000,
  tlsMs: 4_000,
  headersMs: 10_000,
  bodyMs: 2_000,
  totalMs: 10_000,
};

export const MAX_BODY_BYTES = 16 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADER_VALUE = 256;
const MAX_ADDRESSES = 3;
const SHOWN_HEADERS = ["content-length", "content-type", "date", "location", "retry-after", "server", "x-request-id"];

interface Delivery {
  url: string;
  headers: Record<string, string>;
  body: string;
  policy: SendPolicy;
  deadlines?: Partial<Deadlines>;
  lookup?: Lookup;
  signal?: AbortSignal;
}

// A connection is kept under the address that was vetted, so a later delivery resolves, checks and only then reuses it.
const KEPT = { keepAlive: true, maxFreeSockets: 2, timeout: 5_000 };
const plainAgent = new http.Agent(KEPT);
// Explicitly, because NODE_TLS_REJECT_UNAUTHORIZED would otherwise switch verification off for the whole process.
const secureAgent = new https.Agent({ ...KEPT, rejectUnauthorized: true });

/**
 * POSTs one delivery. The name is resolved once, every address is checked, and the connection goes to a checked address
 * and nowhere else; a redirect is a response like any other. Never throws for what a remote can do.
 *
 * A response counts by its status as soon as its headers are there: a body that hangs, breaks off or does not end changes
 * nothing, only as much of it is kept as arrived in time and fits.
 */
export async function sendDelivery({ lookup = lookUp, ...delivery }: Delivery): Promise<SendResult> {
  const deadlines = { ...DEADLINES, ...delivery.deadlines };
  const began = performance.now();
  const timings: SendTimings = { dnsMs: null, connectMs: null, firstByteMs: null, totalMs: 0 };
  const finish = (outcome: Outcome): SendResult => {
    timings.totalMs = since(began);
    return { ...outcome, timings };
  };

  const refusal = refusalOfUrl(delivery.url, delivery.policy);
  if (refusal) return finish({ kind: "failed", code: "address_refused", detail: refusal });
  const url = new URL(delivery.url);
  const listed = isListed(url, delivery.policy);
  const until = began + deadlines.totalMs;

  const resolved = await addressesOf(
    url,
    listed,
    lookup,
    Math.min(deadlines.dnsMs, deadlines.totalMs),
    delivery.signal,
  );
  timings.dnsMs = since(began);
  if ("kind" in resolved) return finish(resolved);
  // One bad answer spoils all: an honest name has no reason to point inwards even once.
  const refused = listed ? undefined : resolved.find((address) => refusalOfAddress(address) !== null);
  if (refused !== undefined) {
    return finish({ kind: "failed", code: "address_refused", detail: refusalOfAddress(refused)!, address: refused });
  }

  let outcome: Attempted | undefined;
  for (const address of resolved.slice(0, MAX_ADDRESSES)) {
    const exchange = { url, address, delivery, deadlines, until, timings };
    outcome = await attempt(exchange, true);
    if (outcome.wasStale) outcome = await attempt(exchange, false);
    if (outcome.kind === "response" || !UNCONNECTED.has(outcome.code) || performance.now() >= until) break;
  }
  const { wasStale: _, ...rest } = outcome!;
  return finish(rest);
}

/** Failures before anything was sent, after which the next address may be tried. */
const UNCONNECTED = new Set<SendFailure>(["connection_refused", "connection_failed", "connect_timeout"]);

type Untimed<T> = T extends unknown ? Omit<T, "timings"> : never;
type Outcome = Untimed<SendResult>;
/** Stale: the other side had closed the kept connection before it read the request. */
type Attempted = Outcome & { wasStale?: boolean };

async function addressesOf(
  url: URL,
  listed: boolean,
  lookup: Lookup,
  withinMs: number,
  signal: AbortSignal | undefined,
): Promise<string[] | Outcome> {
  const literal = literalOf(url.hostname);
  if (literal !== null) return [literal];
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const ended = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, withinMs, { kind: "failed", code: "name_lookup_failed", reason: "ETIMEOUT" });
    onAbort = () => resolve({ kind: "failed", code: "aborted" });
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
  });
  const found = lookup(url.hostname, { listed, signal: stop.signal }).then(
    (addresses): string[] | Outcome =>
      addresses.length > 0 ? v4First(addresses) : { kind: "failed", code: "name_not_found" },
    (error): Outcome =>
      isAbsent(error)
        ? { kind: "failed", code: "name_not_found" }
        : { kind: "failed", code: "name_lookup_failed", reason: reasonOf(error) },
  );
  try {
    return await Promise.race([found, ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    stop.abort();
  }
}

const v4First = (addresses: string[]) =>
  [...addresses].sort((a, b) => Number(a.includes(":")) - Number(b.includes(":")));

interface Exchange {
  url: URL;
  address: string;
  delivery: Omit<Delivery, "lookup">;
  deadlines: Deadlines;
  until: number;
  timings: SendTimings;
}

function attempt(
  { url, address, delivery, deadlines, until, timings }: Exchange,
  mayReuse: boolean,
): Promise<Attempted> {
  const { signal } = delivery;
  return new Promise((resolve) => {
    const isSecure = url.protocol === "https:";
    const request = (isSecure ? https : http).request({
      agent: mayReuse ? (isSecure ? secureAgent : plainAgent) : false,
      host: address,
      port: url.port || (isSecure ? 443 : 80),
      // The certificate must be the name's, although the connection goes to the address; a literal has no name to send.
      ...(isSecure && { servername: literalOf(url.hostname) === null ? url.hostname : "", rejectUnauthorized: true }),
      method: "POST",
      path: `${url.pathname}${url.search}`,
      setHost: false,
      headers: {
        ...delivery.headers,
        Host: url.host,
        "Content-Length": Buffer.byteLength(delivery.body),
        "Accept-Encoding": "identity",
      },
      maxHeaderSize: MAX_HEADER_BYTES,
    });

    let phase: "connect" | "tls" | "headers" | "body" = "connect";
    let phaseBegan = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let settled = false;
    let cut = () => {};
    const enter = (next: typeof phase, withinMs: number) => {
      phase = next;
      if (next !== "tls") phaseBegan = performance.now();
      clearTimeout(timer);
      timer = setTimeout(expire, Math.max(0, Math.min(withinMs, until - performance.now())));
    };
    const settle = (outcome: Attempted) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      resolve(outcome);
    };
    const failWith = (code: SendFailure, reason?: string) => {
      const wasStale = request.reusedSocket && mayReuse && phase === "headers" && code === "connection_reset";
      settle({ kind: "failed", code, address, ...(reason !== undefined && { reason }), ...(wasStale && { wasStale }) });
      request.destroy();
    };
    const expire = () => {
      if (phase === "connect") failWith("connect_timeout");
      else if (phase === "tls") failWith("tls_failed", "ETIMEDOUT");
      else if (phase === "headers") failWith("headers_timeout");
      else cut();
    };
    const abort = () => (phase === "body" ? cut() : failWith("aborted"));
    const connected = () => {
      timings.connectMs = since(phaseBegan);
      enter("headers", deadlines.headersMs);
    };

    enter("connect", deadlines.connectMs);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });

    request.on("socket", (socket) => {
      if (request.reusedSocket) {
        enter("headers", deadlines.headersMs);
        return;
      }
      socket.once("connect", () => (isSecure ? enter("tls", deadlines.tlsMs) : connected()));
      if (isSecure) socket.once("secureConnect", connected);
    });
    request.on("error", (error) => {
      if (phase === "body") cut();
      else failWith(failureOf(error, phase === "tls"), reasonOf(error));
    });
    request.on("upgrade", (_response, socket) => {
      socket.destroy();
      failWith("bad_response", "upgrade");
    });
    request.on("response", (response) => {
      timings.firstByteMs = since(phaseBegan);
      enter("body", deadlines.bodyMs);
      const chunks: Buffer[] = [];
      let length = 0;
      const end = (bodyTruncated: boolean) => {
        if (settled) return;
        settle({
          kind: "response",
          status: response.statusCode!,
          headers: shownHeaders(response.headers),
          body: textOf(Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES), bodyTruncated),
          bodyTruncated,
          address,
        });
        if (bodyTruncated) request.destroy();
      };
      cut = () => end(true);
      response.on("data", (chunk: Buffer) => {
        if (length <= MAX_BODY_BYTES) chunks.push(chunk);
        length += chunk.length;
        if (length > MAX_BODY_BYTES) end(true);
      });
      response.on("end", () => end(!response.complete));
      response.on("error", () => end(true));
      response.on("close", () => end(true));
    });
    request.end(delivery.body);
  });
}

const since = (moment: number) => Math.round(performance.now() - moment);

const reasonOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException)?.code;

function failureOf(error: Error, inHandshake: boolean): SendFailure {
  const code = reasonOf(error) ?? "";
  if (inHandshake || code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL")) return "tls_failed";
  if (code === "HPE_HEADER_OVERFLOW") return "response_too_large";
  if (code.startsWith("HPE_")) return "bad_response";
  if (code === "ECONNREFUSED") return "connection_refused";
  if (code === "ECONNRESET" || code === "EPIPE") return "connection_reset";
  if (code === "ETIMEDOUT") return "connect_timeout";
  return "connection_failed";
}

function shownHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const shown = SHOWN_HEADERS.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(
    shown.flatMap(([name, value]) => (typeof value === "string" ? [[name, value.slice(0, MAX_HEADER_VALUE)]] : [])),
  );
}

/** As UTF-8; what was cut inside a character loses it, and NUL goes because no text column takes it. */
function textOf(bytes: Buffer, isCut: boolean): string {
  return new TextDecoder().decode(bytes, { stream: isCut }).replaceAll("\0", "\u{FFFD}");
}
