import { randomBytes, randomInt } from "node:crypto";
import { type APIRequestContext, expect } from "@playwright/test";
import { desc, eq } from "drizzle-orm";
import { directory, inTenant } from "@/db/client";
import { mails, throttles } from "@/db/schema";
import { insertApiKey } from "@/domain/access/api-keys";
import type { Role } from "@/domain/access/rules";
import { digestOfSubject } from "@/domain/access/throttle";
import { openMail } from "@/domain/mail/queue";
import { newMember } from "@/domain/testing";
import type { Answer } from "./fixtures";

/** What tests of accounts arrange with: people who register from an address of their own, and their mails. */

export const PASSWORD = "Correct-horse-7";
export const newEmail = () => `${randomBytes(6).toString("hex")}@people.example`;

/** An address behind the trusted proxy that no other test uses. */
export const newAddress = () => `198.${18 + randomInt(2)}.${randomInt(256)}.${randomInt(256)}`;

/** Calls `/auth/v2` and `/v3` as one machine does, with whatever credentials a call is given. */
export class Visitor {
  constructor(
    private readonly http: APIRequestContext,
    readonly address = newAddress(),
  ) {}

  async call(
    method: string,
    path: string,
    options: { data?: unknown; token?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await this.http.fetch(path, {
      method,
      data: options.data === undefined ? undefined : JSON.stringify(options.data),
      headers: {
        "content-type": "application/json",
        "x-forwarded-for": this.address,
        ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
        ...options.headers,
      },
      maxRedirects: 0,
    });
    const text = await response.text();
    const json = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : undefined;
    return { status: response.status(), headers: response.headers(), text, json };
  }

  post(path: string, data: unknown, token?: string) {
    return this.call("POST", path, { data, token });
  }

  get(path: string, token?: string, headers?: Record<string, string>) {
    return this.call("GET", path, { token, headers });
  }
}

export async function lastMailTo(recipient: string): Promise<{ kind: string; subject: string; text: string }> {
  const [mail] = await directory().select().from(mails).where(eq(mails.recipient, recipient)).orderBy(desc(mails.id));
  if (!mail?.sealedContent) throw new Error("There is no mail to this address.");
  return { kind: mail.kind, ...openMail({ ...mail, sealedContent: mail.sealedContent }) };
}

export const codeFor = async (email: string) => /\b([A-Z2-9]{6})\b/.exec((await lastMailTo(email)).text)![1]!;

/** As if the minute between two codes had gone by. */
export const forgetCooldown = (email: string) =>
  directory()
    .delete(throttles)
    .where(eq(throttles.digest, digestOfSubject("code", email)));

export interface Account {
  email: string;
  visitor: Visitor;
  token: string;
  refreshToken: string;
  organisation: { uuid: string; name: string };
  application: { uuid: string; name: string; client_id: string; api_key: string };
}

/** Registers and verifies, as the contract's own clients do. */
export async function newAccount(http: APIRequestContext): Promise<Account> {
  const visitor = new Visitor(http);
  const email = newEmail();
  expect((await visitor.post("/auth/v2/programmatic/register/", { email, password: PASSWORD })).status).toBe(201);
  const { status, json } = await visitor.post("/auth/v2/programmatic/verify-email/", {
    email,
    code: await codeFor(email),
  });
  expect(status).toBe(200);
  return {
    email,
    visitor,
    token: json.access_token,
    refreshToken: json.refresh_token,
    organisation: json.organization,
    application: json.application,
  };
}

/** A scoped key, as the console makes it. */
export async function scopedKey(
  applicationId: string,
  scopes: Partial<Parameters<typeof insertApiKey>[2]> = {},
): Promise<{ id: string; key: string }> {
  return inTenant({ applicationId }, (tx) =>
    insertApiKey(tx, applicationId, {
      name: "Scoped",
      privileges: ["read:sessions", "write:sessions"],
      createdBy: "test",
      ...scopes,
    }),
  );
}

/** Somebody else in the account's organisation, as if they had been invited and had come. */
export const colleague = (account: Account, role: Role): Promise<{ email: string; password: string }> =>
  newMember({ organisationId: account.organisation.uuid }, role);
