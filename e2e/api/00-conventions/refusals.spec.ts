import { createHash, randomBytes, randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { takePermits } from "@/domain/access/rate-windows";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import { type ApiDocument, bodyOf, type LocatedOperation, operationsOf, refusalsOf } from "@/lib/openapi-document";
import { type Received, type Sent, send } from "@/scripts/fuzz/send";
import { newAddress, scopedKey } from "../../accounts";
import { expect, test } from "../../fixtures";
import { type Arranged, arrange, ELSEWHERE, NOBODY, PROVOCATIONS, type Provoked, SUCCEEDS } from "./refusals";
import { OF_PARTNERS } from "./refusals-of-partners";

// Contract sections 0.3 to 0.8: every refusal that the document lists, provoked, and compared as a whole.

const server = process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const called = async (method: string, path: string, body?: unknown, key = "") => {
  const answer = await send(server, {
    method,
    target: path,
    headers: { "x-api-key": key, "content-type": "application/json" },
    body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
  });
  const text = answer.bytes.toString("utf8");
  expect(answer.status, `${method} ${path}: ${text}`).toBeLessThan(300);
  return { status: answer.status, json: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : undefined };
};

interface Case extends Omit<Sent, "method" | "target"> {
  target?: string;
  says: unknown;
  meanwhile?: Provoked["meanwhile"];
}

/** Requests that everybody's routes refuse in the same way. */
class Provoker {
  private constructor(
    private readonly of: Arranged,
    private readonly weakKey: string,
    private readonly spentKey: { id: string; key: string },
  ) {}

  static async create(): Promise<Provoker> {
    const of = await arrange(called);
    const weak = await scopedKey(of.own.id, { privileges: ["read:audit"] });
    const spent = await scopedKey(of.own.id, { privileges: ["read:audit"] });
    return new Provoker(of, weak.key, spent);
  }

  async caseOf(operation: LocatedOperation, code: string): Promise<Case | undefined> {
    const name = nameOf(operation);
    const own = PROVOCATIONS[name]?.[code] ?? OF_PARTNERS[name]?.[code];
    if (own) {
      const { path, body, headers, key, token, says, meanwhile } = await own(this.of);
      const who = operation.security.length === 0 ? {} : this.who(operation, { key, token });
      return {
        ...this.request(operation, { path, body }),
        headers: { ...who, ...JSON_TYPE, ...headers },
        says,
        meanwhile,
      };
    }
    const forAnyone = operation.security.length === 0;
    const who = forAnyone ? { "x-forwarded-for": newAddress() } : this.who(operation);
    const request = this.request(operation, { body: bodyOf(operation)?.example });
    switch (code) {
      case "unauthenticated":
        return { ...request, headers: { ...JSON_TYPE, "x-forwarded-for": newAddress() }, says: NOBODY };
      case "forbidden":
        return {
          ...this.request(operation, { path: this.organisation(operation), body: bodyOf(operation)?.example }),
          headers: { ...this.who(operation, { key: this.weakKey, token: this.of.reader }), ...JSON_TYPE },
          says: { detail: "You do not have permission to perform this action.", code },
        };
      case "not_found":
        return { ...request, headers: { ...who, ...JSON_TYPE }, says: { detail: "Not found.", code } };
      case "invalid_input":
        return this.invalid(operation, who);
      case "payload_too_large": {
        const most = operation["x-max-body-bytes"]!;
        return {
          ...request,
          body: undefined,
          // Its length is enough to refuse it.
          headers: { ...who, ...JSON_TYPE, "content-length": String(most + 1) },
          says: { detail: `The body may have at most ${most} bytes.`, code },
        };
      }
      case "unsupported_media_type":
        return {
          ...request,
          headers: { ...who, "content-type": "text/plain" },
          says: { detail: 'Unsupported media type "text/plain" in request.', code },
        };
      case "idempotency_key_reused":
        return this.reused(operation, who);
      case "rate_limited":
        return {
          ...request,
          headers: { ...(await this.spent(operation)), ...JSON_TYPE },
          says: {
            detail: expect.stringMatching(/^Request was throttled\. Expected available in \d+ seconds\.$/),
            code,
          },
        };
    }
    return undefined;
  }

  private who(operation: LocatedOperation, given: { key?: string; token?: string } = {}): Record<string, string> {
    // What speaks for a company is for people: no key has the privilege.
    if (operation.path.startsWith("/auth/") || (!given.key && isForPeople(operation)))
      return { authorization: `Bearer ${given.token ?? this.of.owner}` };
    return { "x-api-key": given.key ?? this.of.key };
  }

  /** A caller that has used up its minute, without having sent it. */
  private async spent(operation: LocatedOperation): Promise<Record<string, string>> {
    if (operation.security.length === 0) {
      const address = newAddress();
      await spend(`address:${address}`);
      return { "x-forwarded-for": address };
    }
    if (operation.path.startsWith("/auth/")) {
      await spend(`member:${this.of.members.spent.id}`);
      return { authorization: `Bearer ${this.of.spent}` };
    }
    await spend(`api_key:${this.spentKey.id}`);
    return { "x-api-key": this.spentKey.key };
  }

  private organisation({ path }: LocatedOperation): Record<string, string> {
    return path.startsWith("/auth/")
      ? { organizationId: this.of.own.organisationId, applicationId: this.of.own.id }
      : {};
  }

  private request({ path }: LocatedOperation, given: Pick<Provoked, "path" | "body">) {
    return {
      target: path.replace(/\{(\w+)\}/g, (_, name: string) => given.path?.[name] ?? randomUUID()),
      body: given.body === undefined ? undefined : Buffer.from(JSON.stringify(given.body)),
    };
  }

  private invalid(operation: LocatedOperation, who: Record<string, string>): Case {
    const { target } = this.request(operation, { path: this.organisation(operation) });
    if (operation.requestBody)
      return {
        target,
        body: Buffer.from('{"a":1,"a":2}'),
        headers: { ...who, ...JSON_TYPE },
        says: { detail: 'JSON parse error - the key "a" occurs twice in one object.', code: "invalid_input" },
      };
    return {
      target: `${target}?anything=%00`,
      headers: who,
      says: { anything: ["Null characters are not allowed."], code: "invalid_input" },
    };
  }

  private async reused(operation: LocatedOperation, who: Record<string, string>): Promise<Case | undefined> {
    const good = await SUCCEEDS[nameOf(operation)]?.(this.of);
    if (!good) return undefined;
    const headers = { ...who, ...JSON_TYPE, "idempotency-key": randomUUID() };
    const request = this.request(operation, good);
    const first = await send(server, { method: operation.method, ...request, headers });
    expect(first.status, first.bytes.toString("utf8").slice(0, 300)).toBeLessThan(300);
    return {
      ...request,
      body: Buffer.from(JSON.stringify({ ...(good.body as object), another: true })),
      headers,
      says: { detail: "This Idempotency-Key was used with a different request.", code: "idempotency_key_reused" },
    };
  }
}

const TIMED = new Set(["rate_limited", "stale_version"]);
const JSON_TYPE = { "content-type": "application/json" };
const isForPeople = ({ "x-privilege": privilege }: LocatedOperation) =>
  privilege !== undefined && !API_KEY_PRIVILEGES.some((one) => one === privilege);
const nameOf = ({ method, path }: LocatedOperation) => `${method} ${path}`;

/** As if the caller had sent a minute's requests. */
async function spend(caller: string): Promise<void> {
  const all = ["generic-get", "generic-write"].map((scope) => ({
    scope,
    limit: 1_000_000,
    wanted: 1_000_000,
    unused: 0,
    unusedSecond: 0,
  }));
  await takePermits(createHash("sha256").update(caller).digest(), all);
}

/** What every refusal has, and what those of its status have beside it. */
function checkHeaders({ status, headers }: Received, code: string, name: string): void {
  expect.soft(headers["content-type"], name).toBe("application/json; charset=utf-8");
  expect.soft(headers["x-error-code"], name).toBe(code);
  expect.soft(headers["x-request-id"], name).toMatch(UUID);
  expect.soft(headers["cache-control"], name).toBe("no-store");
  expect.soft(headers["x-content-type-options"], name).toBe("nosniff");
  const standing = ["limit", "remaining", "reset"].map((one) => Number(headers[`x-ratelimit-${one}`]));
  expect.soft(standing.every(Number.isInteger), `${name}: ${standing}`).toBe(true);
  expect
    .soft(headers["www-authenticate"], name)
    .toBe(status === 401 ? 'ApiKey realm="aval", Bearer realm="aval"' : undefined);
  if (status === 429) {
    expect.soft(Number(headers["retry-after"]), name).toBeGreaterThan(0);
    expect.soft(standing[1], name).toBe(0);
  } else {
    expect.soft(headers["retry-after"], name).toBeUndefined();
  }
  expect.soft(headers.connection === "close", name).toBe(status === 413);
}

for (const prefix of ["/v3/", "/auth/v2/"]) {
  test(`§0.3-0.8 every refusal that the document lists for ${prefix} is provoked, with its whole body and its headers`, async ({
    request,
  }) => {
    test.setTimeout(400_000);
    const document = (await (await request.get("/openapi.json")).json()) as ApiDocument;
    const provoker = await Provoker.create();
    const unprovoked: string[] = [];
    let provoked = 0;
    const waiting = operationsOf(document)
      .filter(({ path }) => path.startsWith(prefix))
      .flatMap((operation) => refusalsOf(operation).map(({ status, code }) => ({ operation, status, code })))
      .filter(({ operation, code }) => !ELSEWHERE[`${nameOf(operation)} ${code}`]);
    const provokeAll = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { operation, status, code } = next;
        const name = `${nameOf(operation)} ${code}`;
        let answer: Received | undefined;
        let one: Case | undefined;
        // A spent minute can end, and a race be won, before the request arrives.
        for (let tries = TIMED.has(code) ? 15 : 1; tries > 0 && answer?.status !== status; tries--) {
          one = await provoker.caseOf(operation, code);
          if (!one) break;
          let isOver = false;
          const answering = send(server, {
            method: operation.method,
            target: one.target!,
            headers: { "x-forwarded-for": newAddress(), ...one.headers },
            body: one.body,
          }).finally(() => {
            isOver = true;
          });
          await one.meanwhile?.(() => isOver);
          answer = await answering;
        }
        if (!one || !answer) {
          unprovoked.push(name);
          continue;
        }
        const text = answer.bytes.toString("utf8");
        expect.soft(answer.status, `${name}: ${text}`).toBe(status);
        expect.soft(text.startsWith("{") ? JSON.parse(text) : text, name).toEqual(one.says);
        checkHeaders(answer, code, name);
        provoked++;
      }
    };
    await Promise.all(Array.from({ length: 4 }, provokeAll));
    expect(unprovoked).toEqual([]);
    expect(provoked).toBeGreaterThan(prefix === "/v3/" ? 300 : 50);
  });
}

test("§0.5 a method that a path does not have is a 405 that names those it has", async ({ request, issuer }) => {
  const document = (await (await request.get("/openapi.json")).json()) as ApiDocument;
  for (const [path, methods] of Object.entries(document.paths)) {
    const known = Object.keys(methods).map((method) => method.toUpperCase());
    const target = path.replace(/\{\w+\}/g, () => randomUUID());
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => !known.includes(one))) {
      const answer = await issuer.call(method, target);
      // The flat path of one operation may be another's parameter: `/users/create/` is also a person of that name.
      if (answer.status !== 405) {
        expect
          .soft(
            Object.keys(document.paths).some((other) => other !== path && matches(other, target)),
            `${method} ${path}`,
          )
          .toBe(true);
        continue;
      }
      expect.soft(answer.json, path).toEqual({ detail: `Method "${method}" not allowed.`, code: "method_not_allowed" });
      expect.soft(answer.headers["x-error-code"], path).toBe("method_not_allowed");
      expect.soft(answer.headers.allow?.split(", ").sort(), path).toEqual(known.sort());
    }
  }
});

/** A `vendor_data` may hold slashes. */
const matches = (path: string, target: string) =>
  new RegExp(`^${path.replace("{vendorData}", ".+").replace(/\{\w+\}/g, "[^/]+")}$`).test(target);

test("§0.5 a request that was refused before its body was read leaves the connection to the next one", async ({
  issuer,
}) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = Buffer.from(JSON.stringify({ filler: randomBytes(500_000).toString("hex") }));
  const call = (key: string, given: Buffer) =>
    send(
      server,
      { method: "POST", target: "/v3/sessions/delete/", headers: { ...JSON_TYPE, "x-api-key": key }, body: given },
      agent,
    );
  for (let count = 0; count < 5; count++) {
    // The second one waits for the connection of the first.
    const answers = await Promise.all([call("x".repeat(43), body), call(issuer.side.api_key, Buffer.from("{}"))]);
    expect(answers.map(({ status }) => status)).toEqual([401, 400]);
  }
  agent.destroy();
});
