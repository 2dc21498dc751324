import { randomUUID } from "node:crypto";
import { desc } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { closeTokenSession, identifyAccessToken } from "@/domain/access/access-tokens";
import { changeRole, listMembers, removeMember } from "@/domain/access/members";
import { createPrimaryApiKey } from "@/domain/access/primary-api-key";
import type { Role } from "@/domain/access/rules";
import { signInForTokens } from "@/domain/access/token-sign-in";
import { mintFor, newApplication, newKey, newMember, newPair, newPerson, type TestApplication } from "@/domain/testing";
import { apiApp } from "../../api-server";
import { ACCOUNT_ROUTES } from "./routes";

interface Options {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function call(method: string, path: string, { token, body, headers }: Options = {}) {
  const response = await apiApp.request(path, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined || method === "GET" ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : undefined };
}

async function tokenOf(application: TestApplication, role: Role) {
  const member = await newMember(application, role);
  return { member, token: (await signInForTokens(member, {})).accessToken };
}

const forPersons = ACCOUNT_ROUTES.filter(({ spec }) => spec.caller === "person").map(
  ({ spec }) => [`${spec.method} ${spec.path}`, spec] as const,
);
const bodyOf = (path: string, method: string) =>
  path.includes("/members/")
    ? method === "POST"
      ? { email: `${randomUUID()}@x.example`, role: "reader" }
      : { role: "reader" }
    : {};

describe("who may call", () => {
  it.each(forPersons)("%s: nobody without a live access token", async (_, spec) => {
    const application = await newApplication();
    const { token } = await tokenOf(application, "owner");
    await closeTokenSession((await identifyAccessToken(token))!);
    const path = spec.path.replace(/\{organizationId\}/, application.organisationId).replace(/\{\w+\}/g, randomUUID());
    for (const presented of [undefined, "", "a.b.c", token]) {
      const answer = await call(spec.method, path, { token: presented, body: bodyOf(spec.path, spec.method) });
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual({
        detail: "Authentication credentials were not provided or are invalid.",
        code: "unauthenticated",
      });
    }
    const withKey = await call(spec.method, path, { headers: { "x-api-key": await newKey(application) } });
    expect(withKey.status).toBe(401);
  });

  it.each(forPersons.filter(([, spec]) => spec.path.includes("{")))(
    "%s: somebody else's organization and a missing one are the same bytes, and nothing happens",
    async (_, spec) => {
      const [mine, theirs] = await Promise.all([newApplication(), newApplication()]);
      const [{ token }, victim] = await Promise.all([tokenOf(mine, "owner"), tokenOf(theirs, "owner")]);
      const at = (organisation: string, application: string, member: string) =>
        spec.path
          .replace("{organizationId}", organisation)
          .replace("{applicationId}", application)
          .replace("{memberId}", member);
      const body = bodyOf(spec.path, spec.method);
      const answers = [
        await call(spec.method, at(theirs.organisationId, theirs.id, victim.member.id), { token, body }),
        await call(spec.method, at(randomUUID(), randomUUID(), randomUUID()), { token, body }),
        await call(spec.method, at("x", "y", "z"), { token, body }),
      ];
      // One's own organization with somebody else's application or member.
      if (/\{(applicationId|memberId)\}/.test(spec.path))
        answers.push(await call(spec.method, at(mine.organisationId, theirs.id, victim.member.id), { token, body }));
      for (const answer of answers) {
        expect(answer.status).toBe(404);
        expect(answer.text).toBe(JSON.stringify({ detail: "Not found.", code: "not_found" }));
      }
      expect((await listMembers(theirs.actor)).map((one) => one.role)).toEqual(["owner"]);
    },
  );

  it("a role that does not allow it is a 403", async () => {
    const application = await newApplication();
    const { token } = await tokenOf(application, "reader");
    const own = `/auth/v2/organizations/me/${application.organisationId}/applications/`;
    expect((await call("GET", own, { token })).status).toBe(200);
    for (const [method, path, body] of [
      ["POST", own, { name: "Mine" }],
      ["PATCH", `${own}${application.id}/`, { name: "Mine" }],
      [
        "POST",
        `/auth/v2/organizations/${application.organisationId}/members/`,
        { email: "a@b.example", role: "reader" },
      ],
    ] as const)
      expect(await call(method, path, { token, body })).toMatchObject({ status: 403, json: { code: "forbidden" } });
  });
});

describe("the primary key", () => {
  it("is shown to those who manage keys and to nobody else", async () => {
    const application = await newApplication();
    const { key } = await createPrimaryApiKey(application.actor);
    const path = `/auth/v2/organizations/me/${application.organisationId}/applications/`;
    for (const [role, expected] of [
      ["owner", key],
      ["developer", key],
      ["compliance_officer", null],
      ["reader", null],
    ] as const) {
      const { token } = await tokenOf(application, role);
      expect((await call("GET", path, { token })).json[0].api_key, role).toBe(expected);
      expect((await call("GET", `${path}${application.id}/`, { token })).json.api_key, role).toBe(expected);
    }
  });
});

describe("an access token on the flat routes", () => {
  const forOrganisation = (application: TestApplication) => ({ "x-didit-organization-id": application.organisationId });

  it("works as the member, for the application of the session, in whichever of the organization's it is", async () => {
    const { issuer, receiver } = await newPair();
    const sibling = await newApplication({ organisationId: issuer.organisationId });
    const { token, member } = await tokenOf(issuer, "admin");
    for (const application of [issuer, sibling]) {
      const session = await newPerson(application);
      const headers = forOrganisation(issuer);
      const decision = await call("GET", `/v3/session/${session.id}/decision/`, { token, headers });
      expect(decision).toMatchObject({ status: 200, json: { session_id: session.id } });
      const share = await call("POST", `/v3/session/${session.id}/share/`, {
        token,
        headers,
        body: { for_application_id: receiver.id },
      });
      expect(share.status).toBe(201);
      const { actorKind, actorId } = await lastEntry(application);
      expect({ actorKind, actorId }).toEqual({ actorKind: "member", actorId: member.id });
    }
  });

  it("redeems into the application that the share token names", async () => {
    const { issuer, receiver } = await newPair();
    const sibling = await newApplication({ organisationId: receiver.organisationId });
    const { token } = await tokenOf(receiver, "admin");
    for (const application of [sibling, receiver]) {
      const { token: shareToken } = await mintFor(issuer, application, (await newPerson(issuer)).id);
      const imported = await call("POST", "/v3/session/import-shared/", {
        token,
        headers: forOrganisation(receiver),
        body: { share_token: shareToken },
      });
      expect(imported.status, imported.text).toBe(201);
      expect(imported.json.workflow_id).toBe(application.workflows.user);
    }
    const { token: foreign } = await mintFor(issuer, await newApplication(), (await newPerson(issuer)).id);
    const refuse = (share_token: string) =>
      call("POST", "/v3/session/import-shared/", { token, headers: forOrganisation(receiver), body: { share_token } });
    expect(await refuse(foreign)).toMatchObject({ status: 403, json: { code: "share_token_wrong_application" } });
    expect(await refuse("a.b.c")).toMatchObject({ status: 401, json: { code: "share_token_invalid" } });
  });

  it("asks which application is meant when nothing says so, and takes a header for it", async () => {
    const application = await newApplication();
    const { token } = await tokenOf(application, "reader");
    const session = await newPerson(application);
    const list = (headers: Record<string, string>) => call("GET", "/v3/sessions/", { token, headers });
    expect((await list(forOrganisation(application))).json.results[0].session_id).toBe(session.id);
    const sibling = await newApplication({ organisationId: application.organisationId });
    expect(await list(forOrganisation(application))).toMatchObject({
      status: 400,
      json: { "X-Didit-Application-Id": [expect.stringContaining("required")] },
    });
    const named = { ...forOrganisation(application), "x-didit-application-id": application.id };
    expect((await list(named)).json.count).toBe(1);
    expect((await list({ ...named, "x-didit-application-id": sibling.id })).json.count).toBe(0);
    expect((await list({ ...named, "x-didit-application-id": "nonsense" })).status).toBe(400);
  });

  it("opens no other organization, and someone else's session is missing", async () => {
    const [mine, theirs] = await Promise.all([newApplication(), newApplication()]);
    const { token } = await tokenOf(mine, "owner");
    const foreign = await newPerson(theirs);
    const missing = { detail: "Not found.", code: "not_found" };
    for (const id of [foreign.id, randomUUID()])
      expect(
        (await call("GET", `/v3/session/${id}/decision/`, { token, headers: forOrganisation(mine) })).json,
      ).toEqual(missing);
    for (const headers of [
      forOrganisation(theirs),
      { ...forOrganisation(mine), "x-didit-application-id": theirs.id },
      { "x-didit-organization-id": randomUUID() },
    ]) {
      const answer = await call("GET", `/v3/session/${foreign.id}/decision/`, { token, headers });
      expect(answer).toMatchObject({ status: 403, json: { code: "forbidden" } });
    }
  });

  it("has the role of this moment: one that was taken away a moment ago counts no more", async () => {
    const application = await newApplication();
    await newMember(application, "owner");
    const { token, member } = await tokenOf(application, "admin");
    const session = await newPerson(application);
    const review = () =>
      call("PATCH", `/v3/session/${session.id}/update-status/`, {
        token,
        headers: forOrganisation(application),
        body: { new_status: "Declined" },
      });
    await changeRole(application.actor, { id: member.id, role: "reader" });
    expect((await review()).status).toBe(403);
    await removeMember(application.actor, { id: member.id });
    expect((await review()).status).toBe(403);
    await closeTokenSession((await identifyAccessToken(token))!);
    expect((await review()).status).toBe(401);
  });

  it("is served under the console's paths as well, which name organization and application", async () => {
    const application = await newApplication();
    await newApplication({ organisationId: application.organisationId });
    const { token } = await tokenOf(application, "admin");
    const session = await newPerson(application);
    const base = `/v3/organization/${application.organisationId}/application/${application.id}`;
    for (const path of [`${base}/sessions/`, `${base}/sessions`])
      expect((await call("GET", path, { token })).json.results[0].session_id).toBe(session.id);
    expect((await call("GET", `${base}/verification-settings/`, { token })).json.count).toBe(3);
    expect((await call("GET", `${base}/nonsense/`, { token })).status).toBe(404);
    const key = await newKey(application);
    expect((await call("GET", `${base}/sessions/`, { headers: { "x-api-key": key } })).status).toBe(401);
    const stranger = await newApplication();
    const foreign = `/v3/organization/${stranger.organisationId}/application/${stranger.id}/sessions/`;
    expect((await call("GET", foreign, { token })).status).toBe(403);
  });
});

async function lastEntry(application: TestApplication) {
  const [entry] = await inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1),
  );
  return entry!;
}
