import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, shareTokens } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { previewImport } from "../imports/preview";
import {
  carryFrom,
  codeOf,
  colleagueOf,
  mintFor,
  newApplication,
  newPair,
  newPerson,
  refusalOf,
  type TestApplication,
} from "../testing";
import { exportLedger, type LedgerFormat } from "./export";
import { noteDelivered } from "./ledger";
import { countOpenTokens, type LedgerFilter, ledgerActors, listLedger, readLedgerEntry } from "./ledger-list";
import type { LedgerMark } from "./ledger-rules";
import { historyOf } from "./ledger-wire";
import { revokeShareToken } from "./revoke";
import { shareTokenSecrets } from "./signing-keys";
import { signShareToken } from "./token";

const historyFor = async ({ actor }: TestApplication, id: string) => {
  const { row, events } = await readLedgerEntry(actor, id);
  return historyOf(row, events);
};
const wordsOf = async (application: TestApplication, id: string) =>
  (await historyFor(application, id)).map(({ event, code, by }) => [event, code, by?.kind ?? null]);

const expire = (application: TestApplication, id: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx
      .update(shareTokens)
      .set({ expiresAt: sql`${shareTokens.issuedAt} + interval '1 millisecond'` })
      .where(and(eq(shareTokens.applicationId, application.id), eq(shareTokens.id, id))),
  );

const idsOf = async ({ actor }: TestApplication, filter: LedgerFilter) =>
  (await listLedger(actor, filter, null, 100)).rows.map((row) => row.id);

const textOf = async ({ actor }: TestApplication, filter: LedgerFilter, format: LedgerFormat) => {
  const { tokens, chunks } = await exportLedger(actor, filter, format);
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return { tokens, text };
};

describe("a token's history", () => {
  it("is whole on both sides, and says who did what as far as that side may know", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await inTenant(issuer.actor, (tx) => noteDelivered(tx, issuer.actor, { shareTokenIds: [id], way: "inbox" }));
    const fromHere = { ...receiver.actor, ip: "192.0.2.7" };
    await previewImport(fromHere, { shareToken: token });
    const unknown = { shareToken: token, workflowId: "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11" };
    expect(await codeOf(importSharedSession(fromHere, unknown))).toBe("workflow_not_found");
    const clone = await importSharedSession(fromHere, { shareToken: token });
    await carryFrom(receiver);
    expect(await wordsOf(issuer, id)).toEqual([
      ["minted", null, "member"],
      ["delivered", "inbox", "member"],
      ["previewed", null, "partner"],
      ["refused", "workflow_not_found", "partner"],
      ["redeemed", null, "partner"],
    ]);
    const theirs = await historyFor(receiver, id);
    expect(theirs.map(({ event, code, ip, by }) => [event, code, ip, by?.name])).toEqual([
      ["previewed", null, "192.0.2.7", receiver.actor.label],
      ["refused", "workflow_not_found", "192.0.2.7", receiver.actor.label],
      ["redeemed", null, "192.0.2.7", receiver.actor.label],
    ]);
    expect((await historyFor(issuer, id)).map(({ ip }) => ip)).toEqual([null, null, null, null, null]);
    expect((await readLedgerEntry(receiver.actor, id)).row).toMatchObject({
      side: "receiver",
      state: "redeemed",
      session: { id: clone.sessionId, number: 1 },
      partnerApplicationId: issuer.id,
    });
  });

  it("tells of its expiry from the clock, and of whoever came too late after it", async () => {
    const { issuer, receiver } = await newPair();
    const { id, claims } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await expire(issuer, id);
    expect(await wordsOf(issuer, id)).toEqual([
      ["minted", null, "member"],
      ["expired", null, null],
    ]);
    const [secret] = await shareTokenSecrets();
    const late = signShareToken({ ...claims, iat: claims.iat - 7200, exp: claims.iat - 3600 }, secret);
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: late }))).toBe("share_token_invalid");
    await carryFrom(receiver);
    expect(await wordsOf(issuer, id)).toEqual([
      ["minted", null, "member"],
      ["expired", null, null],
      ["refused", "expired", "partner"],
    ]);
  });

  it("names a stranger who tried to the issuer, and is not there for anybody whom the token never met", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await refusalOf(importSharedSession(stranger.actor, { shareToken: token }));
    await carryFrom(stranger);
    const [, refused] = await historyFor(issuer, id);
    expect(refused).toMatchObject({
      event: "refused",
      code: "share_token_wrong_application",
      partner_application_id: stranger.id,
    });
    expect((await readLedgerEntry(stranger.actor, id)).row.state).toBe("refused");
    expect(await codeOf(readLedgerEntry(receiver.actor, id))).toBe("not_found");
  });

  it("holds neither the token nor anything of the person", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { id, token } = await mintFor(issuer, receiver, session.id);
    await importSharedSession(receiver.actor, { shareToken: token });
    await carryFrom(receiver);
    const all = JSON.stringify([
      await readLedgerEntry(issuer.actor, id),
      await readLedgerEntry(receiver.actor, id),
      (await textOf(issuer, { side: "issuer" }, "json")).text,
      (await textOf(receiver, { side: "receiver" }, "csv")).text,
    ]);
    const [check] = session.decision.id_verifications as { first_name: string; document_number: string }[];
    for (const secret of [token, token.split(".")[2]!, check!.document_number]) expect(all).not.toContain(secret);
    expect(all).not.toContain("digest");
  });
});

describe("the ledger", () => {
  it("is filtered by where a token stands, by what has happened to it, partner, session, who and when", async () => {
    const { issuer, receiver } = await newPair();
    const other = await newApplication();
    const second = colleagueOf(issuer);
    const people = [await newPerson(issuer), await newPerson(issuer), await newPerson(issuer), await newPerson(issuer)];
    const open = await mintFor(issuer, receiver, people[0]!.id);
    const redeemed = await mintFor(issuer, receiver, people[1]!.id);
    const revoked = await mintFor({ ...issuer, actor: second }, other, people[2]!.id);
    const expired = await mintFor(issuer, receiver, people[3]!.id);
    await previewImport(receiver.actor, { shareToken: open.token });
    await importSharedSession(receiver.actor, { shareToken: redeemed.token });
    await revokeShareToken(issuer.actor, { shareTokenId: revoked.id });
    await refusalOf(importSharedSession(other.actor, { shareToken: revoked.token }));
    await expire(issuer, expired.id);
    await Promise.all([carryFrom(receiver), carryFrom(other)]);
    const by = (mark: LedgerMark) => idsOf(issuer, { side: "issuer", mark });
    expect(await by("active")).toEqual([open.id]);
    expect(await by("redeemed")).toEqual([redeemed.id]);
    expect(await by("revoked")).toEqual([revoked.id]);
    expect(await by("expired")).toEqual([expired.id]);
    expect(await by("was_previewed")).toEqual([open.id]);
    expect(await by("was_refused")).toEqual([revoked.id]);
    expect(await by("was_delivered")).toEqual([]);
    // What only the other side knows selects nothing.
    expect(await by("previewed")).toEqual([]);
    const issued = (rest: Partial<LedgerFilter>) => idsOf(issuer, { side: "issuer", ...rest });
    expect(await issued({ partnerApplicationId: other.id })).toEqual([revoked.id]);
    expect(await issued({ session: { id: people[3]!.id } })).toEqual([expired.id]);
    expect(await issued({ session: { number: people[0]!.number } })).toEqual([open.id]);
    expect(await issued({ actorId: second.id })).toEqual([revoked.id]);
    expect(await issued({ from: new Date(Date.now() + 5000) })).toEqual([]);
    expect(await issued({ before: new Date(Date.now() + 5000) })).toHaveLength(4);
    const taken = (rest: Partial<LedgerFilter>) => idsOf(receiver, { side: "receiver", ...rest });
    expect(await taken({})).toEqual([redeemed.id, open.id]);
    expect(await taken({ mark: "previewed" })).toEqual([open.id]);
    expect(await taken({ session: { number: 1 } })).toEqual([redeemed.id]);
    expect(await taken({ partnerApplicationId: other.id })).toEqual([]);
    expect(await ledgerActors(issuer.actor, "issuer")).toEqual(
      expect.arrayContaining([
        { id: issuer.actor.id, label: issuer.actor.label },
        { id: second.id, label: second.label },
      ]),
    );
    expect(await ledgerActors(issuer.actor, "receiver")).toEqual([]);
    expect(await countOpenTokens(issuer.actor, { partnerApplicationId: receiver.id })).toBe(1);
  });

  it("comes in pages that leave nothing out and show nothing twice", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const minted = [];
    for (let count = 0; count < 5; count++) minted.push((await mintFor(issuer, receiver, session.id)).id);
    const seen: string[] = [];
    let after: Parameters<typeof listLedger>[2] = null;
    do {
      const page: Awaited<ReturnType<typeof listLedger>> = await listLedger(issuer.actor, { side: "issuer" }, after, 2);
      seen.push(...page.rows.map((row) => row.id));
      after = page.next;
    } while (after);
    expect([...seen].sort()).toEqual(minted.sort());
  });

  it("is for keys that may see every session", async () => {
    const { issuer } = await newPair();
    const limited = { ...issuer.actor, limits: { workflowIds: null, statuses: ["Approved"], media: true } };
    expect(await codeOf(listLedger(limited, { side: "issuer" }, null, 10))).toBe("forbidden");
    expect(await codeOf(exportLedger(limited, { side: "issuer" }, "csv"))).toBe("forbidden");
  });
});

describe("an export of the ledger", () => {
  it("has every token that the filters select, in both formats, and is in the trail with its filters", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const minted = [];
    for (let count = 0; count < 3; count++) minted.push((await mintFor(issuer, receiver, session.id)).id);
    await revokeShareToken(issuer.actor, { shareTokenId: minted[0]! });
    const json = await textOf(issuer, { side: "issuer" }, "json");
    const tokens: { share_token_id: string; state: string; events: { event: string }[] }[] = JSON.parse(json.text);
    expect(json.tokens).toBe(3);
    expect(tokens.map((token) => token.share_token_id).sort()).toEqual([...minted].sort());
    expect(tokens.find((token) => token.state === "revoked")!.events.map(({ event }) => event)).toEqual([
      "minted",
      "revoked",
    ]);
    const csv = await textOf(issuer, { side: "issuer", mark: "revoked" }, "csv");
    const [header, ...lines] = csv.text.trimEnd().split("\r\n");
    expect(header).toMatch(/^side,share_token_id,state,.*,event,at,by_kind,by,ip,code,event_partner_application_id$/);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain(minted[0]!);
    expect((await textOf(receiver, { side: "issuer" }, "json")).text).toBe("[]\n");
    const entries = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "ledger.exported")),
    );
    expect(entries.map(({ detail }) => detail)).toEqual([
      { tokens: 3, format: "json", filters: "side=issuer" },
      { tokens: 1, format: "csv", filters: "side=issuer, state=revoked" },
    ]);
  });

  it("keeps a name from being taken for a formula", async () => {
    const { issuer, receiver } = await newPair();
    const actor = { ...issuer.actor, label: "=HYPERLINK(1)@x.example" };
    await mintFor({ ...issuer, actor }, receiver, (await newPerson(issuer)).id);
    expect((await textOf(issuer, { side: "issuer" }, "csv")).text).toContain(",'=HYPERLINK(1)@x.example,");
  });
});
