import http from "node:http";
import https from "node:https";
import { isListed, literalOf, refusalOfAddress, refusalOfUrl, type SendPolicy } from "../webhooks/address";
import { lookUp } from "../webhooks/resolve";
import { type Failure, MAX_SOURCE_BYTES } from "./rules";

export interface FetchLimits {
  maxBytes: number;
  /** By the wall clock: a server that sends a byte now and then must not hold the worker. */
  deadlineMs: number;
}

const OF_A_FILE: FetchLimits = { maxBytes: MAX_SOURCE_BYTES, deadlineMs: 120_000 };

export type Fetched = { ok: true; bytes: Buffer } | { ok: false; failure: Failure };

/**
 * GETs a file. The name is resolved once, every address is checked, and the connection goes to a checked address and
 * nowhere else; a redirect is a refusal.
 */
export async function fetchFile(
  address: string,
  policy: SendPolicy,
  signal?: AbortSignal,
  limits: FetchLimits = OF_A_FILE,
): Promise<Fetched> {
  if (refusalOfUrl(address, policy)) return { ok: false, failure: "address_refused" };
  const url = new URL(address);
  const listed = isListed(url, policy);
  const stop = AbortSignal.any([AbortSignal.timeout(limits.deadlineMs), ...(signal ? [signal] : [])]);
  let addresses: string[];
  try {
    const literal = literalOf(url.hostname);
    addresses = literal ? [literal] : await lookUp(url.hostname, { listed, signal: stop });
  } catch {
    return { ok: false, failure: "source_unreachable" };
  }
  if (!listed && addresses.some((one) => refusalOfAddress(one) !== null))
    return { ok: false, failure: "address_refused" };
  const [first] = addresses;
  return first ? get(url, first, stop, limits.maxBytes) : { ok: false, failure: "source_unreachable" };
}

function get(url: URL, address: string, signal: AbortSignal, maxBytes: number): Promise<Fetched> {
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve) => {
    const fail = (failure: Failure) => resolve({ ok: false, failure });
    const outgoing = request(
      url,
      {
        agent: false,
        signal,
        headers: { Accept: "*/*", "Accept-Encoding": "identity", "User-Agent": "Aval" },
        lookup: (_name, options, found) => {
          const family = address.includes(":") ? 6 : 4;
          if (options.all)
            (found as unknown as (e: null, a: { address: string; family: number }[]) => void)(null, [
              { address, family },
            ]);
          else found(null, address, family);
        },
        ...(url.protocol === "https:" && { rejectUnauthorized: true }),
      },
      (response) => {
        if (response.statusCode !== 200) {
          response.destroy();
          return fail("source_refused");
        }
        const chunks: Buffer[] = [];
        let length = 0;
        response.on("data", (chunk: Buffer) => {
          length += chunk.byteLength;
          if (length > maxBytes) {
            fail("source_too_large");
            return outgoing.destroy();
          }
          chunks.push(chunk);
        });
        response.on("end", () =>
          response.complete ? resolve({ ok: true, bytes: Buffer.concat(chunks) }) : fail("source_unreachable"),
        );
        response.on("error", () => fail("source_unreachable"));
      },
    );
    outgoing.on("error", () => fail("source_unreachable"));
    outgoing.end();
  });
}
