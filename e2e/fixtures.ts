import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, test as base, expect } from "@playwright/test";

export interface Side {
  organisation: string;
  application_id: string;
  client_id: string;
  api_key: string;
  email: string;
  password: string;
  workflows: { user: string; business: string };
}

type Json = Record<string, unknown>;

/** What a partner's program sees of an answer. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  // Every test says what it expects of the body; a type here would only repeat the contract.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  json: any;
}

export interface CallOptions {
  data?: unknown;
  headers?: Record<string, string>;
  /** Sent as they are, instead of `data`. */
  bytes?: Buffer;
}

/** One application as its own program reaches it: by key, over HTTP. */
export class Caller {
  constructor(
    private readonly http: APIRequestContext,
    readonly side: Side,
  ) {}

  get id(): string {
    return this.side.application_id;
  }

  get(path: string, options?: CallOptions) {
    return this.call("GET", path, options);
  }

  post(path: string, data?: unknown, options: CallOptions = {}) {
    return this.call("POST", path, { data, ...options });
  }

  patch(path: string, data?: unknown) {
    return this.call("PATCH", path, { data });
  }

  delete(path: string, data?: unknown) {
    return this.call("DELETE", path, { data });
  }

  async call(method: string, path: string, { data, headers, bytes }: CallOptions = {}): Promise<Answer> {
    const response = await this.http
      .fetch(path, {
        method,
        data: bytes ?? (data === undefined ? undefined : JSON.stringify(data)),
        headers: { "x-api-key": this.side.api_key, "content-type": "application/json", ...headers },
        maxRedirects: 0,
      })
      .catch((error: Error) => {
        // What is left out here is Playwright's list of the headers that were sent: the key is among them.
        throw new Error(`${method} ${path} failed: ${error.message.split("\n")[0]}`);
      });
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status(), headers: response.headers(), text, json };
  }

  /** Brings a finished decision in and returns the new session's id. */
  async bringIn(decision: Json, media: Record<string, string> = {}): Promise<string> {
    const { status, json } = await this.post("/v3/session/imports/", { decisions: [decision], media });
    expect(status).toBe(200);
    expect(json.results[0].status, JSON.stringify(json.results[0].errors)).toBe("imported");
    return json.results[0].session_id;
  }

  async mint(sessionId: string, receiver: Caller, ttl?: number): Promise<string> {
    const { status, json } = await this.post(`/v3/session/${sessionId}/share/`, {
      for_application_id: receiver.id,
      ...(ttl !== undefined && { ttl_in_seconds: ttl }),
    });
    expect(status).toBe(201);
    return json.share_token;
  }

  redeem(shareToken: string, more: Json = {}, headers?: Record<string, string>) {
    return this.post("/v3/session/import-shared/", { share_token: shareToken, ...more }, { headers });
  }
}

export const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());

export const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from("JFIF")]).toString("base64");

export function person(more: Json = {}): Json & { session_id: string } {
  const tag = randomBytes(5).toString("hex");
  return {
    session_id: randomUUID(),
    session_kind: "user",
    status: "Approved",
    vendor_data: `user-${tag}`,
    created_at: "2026-06-02T08:00:00Z",
    id_verifications: [
      {
        node_id: "feature_ocr",
        status: "Approved",
        document_type: "Identity Card",
        document_number: `XQ${tag}`,
        issuing_state: "ESP",
        full_name: `Mira Q${tag}`,
        front_image: "https://media.example/front.jpg",
        warnings: [],
      },
    ],
    aml_screenings: [{ node_id: "feature_aml", status: "In Review", total_hits: 1, hits: [], warnings: [] }],
    ...more,
  };
}

export function company(kycSession: string | null, more: Json = {}): Json & { session_id: string } {
  const tag = randomBytes(5).toString("hex");
  return {
    session_id: randomUUID(),
    session_kind: "business",
    status: "Approved",
    vendor_data: `biz-${tag}`,
    created_at: "2026-06-02T08:00:00Z",
    registry_checks: [
      {
        node_id: "feature_kyb_registry",
        status: "Approved",
        company: { company_name: `Q${tag} SL`, registration_number: `B${tag}`, country_code: "ES" },
        warnings: [],
      },
    ],
    key_people_checks: [
      {
        node_id: "feature_kyb_key_people",
        status: "Approved",
        registry: { officers: [], beneficial_owners: [] },
        submitted: {
          parties: [{ uuid: randomUUID(), name: "Ines Prado", entity_type: "person", kyc_session_id: kycSession }],
        },
        warnings: [],
      },
    ],
    ...more,
  };
}

interface Cast {
  issuer: Caller;
  receiver: Caller;
  stranger: Caller;
  /** Somebody without a key that counts. */
  nobody: Caller;
  /** A finished KYC session of the issuer that no other test knows. */
  sessionId: string;
}

export const test = base.extend<Cast, { demo: Record<"issuer" | "receiver" | "stranger", Side> }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
    async ({}, use) => {
      await use(JSON.parse(readFileSync(join(process.env.AVAL_DATA_DIR ?? ".aval", "demo.json"), "utf8")));
    },
    { scope: "worker" },
  ],
  issuer: ({ request, demo }, use) => use(new Caller(request, demo.issuer)),
  receiver: ({ request, demo }, use) => use(new Caller(request, demo.receiver)),
  stranger: ({ request, demo }, use) => use(new Caller(request, demo.stranger)),
  nobody: ({ request, demo }, use) =>
    use(new Caller(request, { ...demo.issuer, api_key: randomBytes(32).toString("base64url") })),
  sessionId: async ({ issuer }, use) => use(await issuer.bringIn(person())),
});

export { expect };
