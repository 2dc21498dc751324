import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { shareTokens } from "@/db/schema";
import { createApiKey, revokeApiKey } from "@/domain/access/api-keys";
import { mintFor, newApplication, newCompany, newKey, newPair, newPerson } from "@/domain/testing";
import { apiApp } from "../api-server";
import { API_ROUTES } from "./routes";

const missing = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

/** Who may call is decided before the body is read: any will do. */
const bodyOf = (method: string) => (method === "GET" ? undefined : {});

const call = async (method: string, path: string, key: string | undefined, body?: unknown, headers = {}) => {
  const response = await apiApp.request(path, {
    method,
    headers: { ...(key !== undefined && { "x-api-key": key }), "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const routes = API_ROUTES.map(({ spec }) => [`${spec.method} ${spec.path}`, spec] as const);
const concrete = (path: string) => path.replace(/\{\w+\}/g, missing);

describe("who may call", () => {
  it.each(routes)("%s: nobody without a key, with an unknown one, or a revoked one", async (_, spec) => {
    const application = await newApplication();
    const made = await createApiKey(application.actor, {
      name: "Gone",
      privileges: ["read:sessions", "write:sessions"],
    });
    await revokeApiKey(application.actor, { id: made.id });
    const expected = {
      detail: "Authentication credentials were not provided or are invalid.",
      code: "unauthenticated",
    };
    for (const key of [undefined, "", "x".repeat(43), made.key]) {
      const answer = await call(spec.method, concrete(spec.path), key, bodyOf(spec.method));
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toEqual(expected);
      expect(answer.headers.get("www-authenticate")).toContain("ApiKey");
    }
  });

  it.each(routes)("%s: not a key without its privilege, whatever the body", async (_, spec) => {
    const application = await newApplication();
    const [read, write] = [await newKey(application, ["read:sessions"]), await newKey(application, ["write:sessions"])];
    const wrong = spec.privilege === "read:sessions" ? write : read;
    for (const body of [bodyOf(spec.method), spec.method === "GET" ? undefined : { nonsense: true }]) {
      const answer = await call(spec.method, concrete(spec.path), wrong, body);
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.text)).toEqual({
        detail: "You do not have permission to perform this action.",
        code: "forbidden",
      });
    }
  });
});

describe("a token over the API", () => {
  const redeem = (key: string, share_token: string) => call("POST", "/v3/session/import-shared/", key, { share_token });

  it("that has expired is a 401 like one that was never valid", async () => {
    const { issuer, receiver } = await newPair();
    const key = await newKey(receiver);
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx
        .update(shareTokens)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(shareTokens.id, id)),
    );
    const answers = [await redeem(key, token), await redeem(key, "a.b.c"), await redeem(key, "x".repeat(9000))];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toEqual({
        detail: "Share token is invalid or has expired.",
        code: "share_token_invalid",
      });
    }
  });
});

describe("a company's status", () => {
  it("goes out in the spelling that the application chose, and its people's in Title Case", async () => {
    for (const [kybStatusFormat, approved, inReview] of [
      ["upper_snake", "APPROVED", "IN_REVIEW"],
      ["title", "Approved", "In Review"],
    ] as const) {
      const issuer = await newApplication();
      const receiver = await newApplication({ kybStatusFormat });
      const key = await newKey(receiver);
      const company = await newCompany(issuer, { peopleCount: 1 });
      const { token } = await mintFor(issuer, receiver, company.id);
      const imported = JSON.parse((await call("POST", "/v3/session/import-shared/", key, { share_token: token })).text);
      expect(imported.status).toBe(inReview);
      expect(imported.reviews.at(-1).new_status).toBe(inReview);
      await call("PATCH", `/v3/session/${imported.session_id}/update-status/`, key, { new_status: "APPROVED" });
      const decision = JSON.parse((await call("GET", `/v3/session/${imported.session_id}/decision/`, key)).text);
      expect(decision.status).toBe(approved);
      expect(decision.key_people_sessions[0].status).toBe("In Review");
      expect(decision.key_people_checks[0].registry.officers[0].kyc_session_status).toBe("In Review");
      const list = JSON.parse(
        (await call("GET", "/v3/sessions/?session_kind=all&status=IN_REVIEW,Approved", key)).text,
      );
      expect(list.results.map((row: { status: string }) => row.status).sort()).toEqual([approved, "In Review"].sort());
    }
  });
});

describe("text that the database cannot hold", () => {
  it.each([
    "search=%00",
    "vendor_data=a%00b",
    "search=%ff%fe",
    "date_from=0000-01-01",
    "date_to=9999-12-31",
    "search=%ed%a0%80",
  ])("in a query (%s) is no fault of the server", async (query) => {
    const key = await newKey(await newApplication());
    const { status, text } = await call("GET", `/v3/sessions/?${query}`, key);
    expect([200, 400], text).toContain(status);
  });
});
