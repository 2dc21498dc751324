import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, media, sessions, shareTokens } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import {
  asOwner,
  codeOf,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { openMedium } from "../vault/media";
import { mediaPath } from "../vault/media-url";
import { eraseSession, eraseSessions } from "./erase";
import { readSession } from "./read";
import { noteSession } from "./review";

/** Rows of every table that name the session, seen past every fence. */
async function tracesOf(application: TestApplication, sessionId: string): Promise<Record<string, number>> {
  const [row] = await asOwner(
    (owner) => owner`
      select
        (select count(*)::int from sessions where application_id = ${application.id} and id = ${sessionId}) as sessions,
        (select count(*)::int from session_records where application_id = ${application.id} and session_id = ${sessionId}) as records,
        (select count(*)::int from media where application_id = ${application.id} and session_id = ${sessionId}) as media,
        (select count(*)::int from reviews where application_id = ${application.id} and session_id = ${sessionId}) as reviews,
        (select count(*)::int from session_search where application_id = ${application.id} and session_id = ${sessionId}) as search,
        (select count(*)::int from session_links where application_id = ${application.id} and parent_session_id = ${sessionId}) as links,
        (select count(*)::int from idempotency_keys where application_id = ${application.id} and session_id = ${sessionId}) as answers`,
  );
  return row as Record<string, number>;
}

const nothing = { sessions: 0, records: 0, media: 0, reviews: 0, search: 0, links: 0, answers: 0 };

describe("erasing a session", () => {
  it("leaves nothing that names it but the audit trail and the tokens' rows", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    await noteSession(issuer.actor, { sessionId: session.id, comment: "Seen." });
    await mintFor(issuer, receiver, session.id);
    const before = await tracesOf(issuer, session.id);
    expect(before).toMatchObject({ sessions: 1, records: 1, reviews: 1 });
    expect(before.media).toBeGreaterThan(3);
    const erased = await eraseSession(issuer.actor, {
      sessionId: session.id,
      instruction: "privacy_erasure",
      instructionId: "ticket-7",
    });
    expect(erased).toEqual({ sessionId: session.id, sessionNumber: session.number, faceOutcome: "deleted" });
    expect(await tracesOf(issuer, session.id)).toEqual(nothing);
    expect(await codeOf(readSession(issuer.actor, session.id))).toBe("not_found");
    const [entry] = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "session.erase")),
    );
    expect(entry).toMatchObject({
      subjectId: session.id,
      detail: { instruction: "privacy_erasure", instruction_id: "ticket-7", faces: "deleted" },
    });
    const tokens = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(shareTokens).where(eq(shareTokens.sessionId, session.id)),
    );
    expect(tokens).toHaveLength(1);
  });

  it("destroys the keys before anything else: a key removed in the same act comes first", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    await asOwner(async (owner) => {
      // Whatever is deleted after the keys can be seen to find none.
      await owner.unsafe(`create or replace function keys_go_first() returns trigger language plpgsql as $$
        begin
          if exists (select 1 from session_records r where r.application_id = old.application_id and r.session_id = old.id)
            or exists (select 1 from media m where m.application_id = old.application_id and m.session_id = old.id)
          then raise exception 'the keys were still there'; end if;
          return old;
        end $$`);
      await owner.unsafe(`create or replace trigger keys_go_first before delete on sessions for each row
        when (old.id = '${session.id}') execute function keys_go_first()`);
    });
    await eraseSession(application.actor, { sessionId: session.id });
    await asOwner((owner) => owner`drop trigger keys_go_first on sessions`);
    expect(await tracesOf(application, session.id)).toEqual(nothing);
  });

  it("leaves clones readable, with their media, and a clone's erasure leaves the original", async () => {
    const { issuer, receiver } = await newPair();
    const [gone, kept] = [await newPerson(issuer), await newPerson(issuer)];
    const clone = await share(issuer, receiver, gone.id);
    const other = await share(issuer, receiver, kept.id);
    await eraseSession(issuer.actor, { sessionId: gone.id });
    await eraseSession(receiver.actor, { sessionId: other.sessionId });
    const view = await readSession(receiver.actor, clone.sessionId);
    expect(view.session.sharedFromSession).toBe(gone.id);
    expect(view.media.length).toBeGreaterThan(3);
    const open = async (application: TestApplication, sessionId: string, blobId: string) => {
      const address = { applicationId: application.id, sessionId, blobId };
      const url = new URL(`http://x${mediaPath(address, new Date())}`);
      return openMedium(
        address,
        Number(url.searchParams.get("expires")),
        url.searchParams.get("signature")!,
        new Date(),
      );
    };
    for (const { blobId } of view.media) {
      expect((await open(receiver, clone.sessionId, blobId)).bytes.byteLength).toBeGreaterThan(0);
      expect(await codeOf(open(issuer, gone.id, blobId))).toBe("not_found");
    }
    expect((await readSession(issuer.actor, kept.id)).media.length).toBeGreaterThan(3);
  });

  it("makes its share tokens say that the source is gone, and frees it to be shared anew nowhere", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    await eraseSession(issuer.actor, { sessionId: session.id });
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect([refusal.code, refusal.message]).toEqual(["source_session_gone", "Original session not found."]);
    expect(await codeOf(mintFor(issuer, receiver, session.id))).toBe("not_found");
  });

  it("of a key person is visible in the company's record, and of a company leaves its people", async () => {
    const application = await newApplication();
    const company = await newCompany(application, { peopleCount: 2 });
    await eraseSession(application.actor, { sessionId: company.people[0]!.id });
    const view = await readSession(application.actor, company.id);
    expect(view.children.filter((child) => child.status === null)).toHaveLength(1);
    await eraseSession(application.actor, { sessionId: company.id });
    expect((await readSession(application.actor, company.people[1]!.id)).parents).toEqual([]);
  });

  it("answers truthfully about faces", async () => {
    const application = await newApplication();
    const [withUser, without] = [await newPerson(application), await newPerson(application, { vendorData: null })];
    const retain = (sessionId: string) => eraseSession(application.actor, { sessionId, retainFace: true });
    expect((await retain(withUser.id)).faceOutcome).toBe("deleted");
    expect((await retain(without.id)).faceOutcome).toBe("ineligible_no_vendor_user");
    const company = await newCompany(application);
    expect((await eraseSession(application.actor, { sessionId: company.id })).faceOutcome).toBe("none");
  });

  it("is for those who may write, and only of their own application", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    expect(await codeOf(eraseSession(receiver.actor, { sessionId: session.id }))).toBe("not_found");
    expect(await codeOf(eraseSession(issuer.actor, { sessionId: randomUUID() }))).toBe("not_found");
    const reader = { ...issuer.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(eraseSession(reader, { sessionId: session.id }))).toBe("forbidden");
    expect(await codeOf(eraseSessions(reader, { deleteAll: true }))).toBe("forbidden");
  });

  it("twice is once", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => eraseSession(application.actor, { sessionId: session.id })),
    );
    expect(outcomes.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  });
});

describe("erasing many", () => {
  it("takes those numbers that are KYC sessions of the application, and skips the rest", async () => {
    const { issuer, receiver } = await newPair();
    const [first, second, kept] = [await newPerson(issuer), await newPerson(issuer), await newPerson(issuer)];
    const company = await newCompany(issuer);
    await newPerson(receiver);
    const numbers = [second.number, first.number, first.number, company.number, 99_999];
    const erased = await eraseSessions(issuer.actor, { sessionNumbers: numbers });
    expect(erased.map((one) => one.sessionId)).toEqual([first.id, second.id]);
    expect((await readSession(issuer.actor, kept.id)).session.id).toBe(kept.id);
    expect((await readSession(issuer.actor, company.id)).session.id).toBe(company.id);
  });

  it("takes all of them, and nobody else's", async () => {
    const { issuer, receiver } = await newPair();
    const mine = [await newPerson(issuer), await newPerson(issuer)];
    const theirs = await newPerson(receiver);
    const company = await newCompany(issuer);
    const erased = await eraseSessions(issuer.actor, { deleteAll: true });
    expect(erased.map((one) => one.sessionId).sort()).toEqual(mine.map((one) => one.id).sort());
    const left = await inTenant({ applicationId: issuer.id }, (tx) => tx.select({ id: sessions.id }).from(sessions));
    expect(left.map((row) => row.id)).toEqual([company.id]);
    const keys = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx
        .select()
        .from(media)
        .where(
          inArray(
            media.sessionId,
            mine.map((one) => one.id),
          ),
        ),
    );
    expect(keys).toEqual([]);
    expect((await readSession(receiver.actor, theirs.id)).session.id).toBe(theirs.id);
  });
});
