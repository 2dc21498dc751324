import { describe, expect, it } from "vitest";
import { countImports } from "../imports/list";
import { reviewSession } from "../sessions/review";
import { undoReview } from "../sessions/undo";
import { listInbox } from "../share-inbox/inbox";
import { listLedger } from "../share-tokens/ledger-list";
import { asOwner, codeOf, mintFor, newApplication, newPair, newPerson, share, type TestApplication } from "../testing";
import { readOverview } from "./read";
import { agreementsOf, cellOf, seriesOf, topOf, totalsOf } from "./rules";

const DAY = 86_400_000;

/** Seven days up to an hour from now, by day. */
function week(): Date[] {
  const end = Date.now() + 3_600_000;
  return Array.from({ length: 8 }, (_, index) => new Date(end - (7 - index) * DAY));
}
const rangeOf = (edges: Date[]) => ({ from: edges[0]!, before: edges.at(-1)! });

const decide = (of: TestApplication, sessionId: string, newStatus: "Approved" | "Declined") =>
  reviewSession(of.actor, { sessionId, newStatus });

/** As if an import had arrived, and been decided, earlier. */
const backdate = (sessionId: string, imported: string, decided: string | null) =>
  asOwner(
    (owner) => owner`update imports set imported_at = now() - ${imported}::interval,
      decided_at = case when decided_at is null then null else now() - ${decided ?? imported}::interval end
      where session_id = ${sessionId}`,
  );

describe("the overview", () => {
  it("says that nothing has happened yet", async () => {
    const { actor } = await newApplication();
    const overview = await readOverview(actor, week());
    expect(overview).toMatchObject({
      isNew: true,
      shares: { minted: 0, redeemed: 0, median: null, series: [] },
      imports: { imported: 0, time: { median: null, p90: null }, agreements: [], series: [] },
      open: { tokens: 0, soonest: [], inbox: 0 },
      waiting: { all: 0, imported: 0, oldest: null, exact: true },
    });
  });

  it("is refused to those who may not see sessions, and to keys that do not see every session", async () => {
    const { actor } = await newApplication({ privileges: ["read:partners"] });
    expect(await codeOf(readOverview(actor, week()))).toBe("forbidden");
    const whole = (await newApplication()).actor;
    const limited = { ...whole, limits: { workflowIds: null, statuses: ["Approved"], media: true } };
    expect(await codeOf(readOverview(limited, week()))).toBe("forbidden");
  });

  it("counts what the lists behind its numbers hold", async () => {
    const { issuer, receiver } = await newPair();
    const second = await newApplication();
    const edges = week();
    const range = rangeOf(edges);
    const kept = await share(issuer, receiver, (await newPerson(issuer)).id, { trustReview: true });
    const agreed = await share(issuer, receiver, (await newPerson(issuer)).id);
    const otherwise = await share(issuer, receiver, (await newPerson(issuer)).id);
    const opened = await share(second, receiver, (await newPerson(second, { status: "In Review" })).id);
    const waits = await share(second, receiver, (await newPerson(second, { status: "Declined" })).id);
    await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await decide(receiver, agreed.sessionId, "Approved");
    await decide(receiver, otherwise.sessionId, "Declined");
    // Decided twice: how long it took is the first, what was decided the last.
    await decide(receiver, opened.sessionId, "Declined");
    await decide(receiver, opened.sessionId, "Approved");
    // Taken back: as if it had not been.
    const hasty = await reviewSession(receiver.actor, {
      sessionId: waits.sessionId,
      newStatus: "Approved",
      undoable: true,
    });
    expect((await readOverview(receiver.actor, edges)).imports.decided).toBe(4);
    await undoReview(receiver.actor, { sessionId: waits.sessionId, reviewId: hasty.reviewId! });
    await Promise.all([
      backdate(kept.sessionId, "3 days", null),
      backdate(agreed.sessionId, "2 days", "47 hours 30 minutes"),
      backdate(otherwise.sessionId, "2 days", "1 hour"),
      backdate(opened.sessionId, "1 day", "23 hours 59 minutes"),
    ]);

    const [of, given] = await Promise.all([readOverview(receiver.actor, edges), readOverview(issuer.actor, edges)]);
    const list = (filter: Parameters<typeof countImports>[1]) => countImports(receiver.actor, { ...range, ...filter });
    const { imports } = of;
    expect(imports).toMatchObject({ imported: 5, settled: 4, decided: 3, trusted: 1, reviewed: 4, reviewedSettled: 3 });
    expect(imports.imported).toBe(await list({}));
    expect(imports.settled).toBe(await list({ outcome: "settled" }));
    expect(imports.imported - imports.settled).toBe(await list({ outcome: "waiting" }));
    expect(imports.decided).toBe(await list({ outcome: "decided" }));
    expect(imports.trusted).toBe(await list({ trusted: true }));
    expect(imports.reviewed).toBe(await list({ trusted: false }));
    expect(imports.reviewedSettled).toBe(await list({ trusted: false, outcome: "settled" }));
    for (const one of imports.series) {
      expect(one.total).toBe(await list({ partnerApplicationId: one.partnerApplicationId }));
      for (const [bucket, count] of one.counts.entries()) {
        const stretch = { from: edges[bucket]!, before: edges[bucket + 1]! };
        expect(count).toBe(await list({ ...stretch, partnerApplicationId: one.partnerApplicationId }));
      }
    }
    expect(imports.series.map((one) => [one.partnerApplicationId, one.total])).toEqual([
      [issuer.id, 3],
      [second.id, 2],
    ]);
    for (const { took, count } of imports.time.spread) expect(count, took).toBe(await list({ took }));
    expect(imports.time.spread.filter((one) => one.count > 0)).toEqual([
      { took: "minutes", count: 1 },
      { took: "hour", count: 1 },
      { took: "days", count: 1 },
    ]);
    expect(Math.round(imports.time.median!)).toBe(1_800);
    for (const agreement of imports.agreements) {
      for (const { said, decided, count } of agreement.cells) {
        expect(count).toBe(
          await list({
            partnerApplicationId: agreement.partnerApplicationId,
            sourceStatus: said as "Approved",
            outcome: decided === "Approved" ? "approved" : "declined",
          }),
        );
      }
    }
    expect(imports.agreements).toEqual([
      {
        partnerApplicationId: issuer.id,
        decided: 2,
        otherwise: 1,
        cells: expect.arrayContaining([
          { said: "Approved", decided: "Approved", count: 1 },
          { said: "Approved", decided: "Declined", count: 1 },
        ]),
      },
      {
        partnerApplicationId: second.id,
        decided: 1,
        otherwise: 0,
        cells: [{ said: "In Review", decided: "Approved", count: 1 }],
      },
    ]);
    expect(of.waiting).toMatchObject({ all: 1, imported: 1, exact: true });
    expect(of.waiting.oldest).toBeInstanceOf(Date);
    expect(waits.status).toBe("In Review");

    const ledger = async (filter: Partial<Parameters<typeof listLedger>[1]>) =>
      (await listLedger(issuer.actor, { side: "issuer", ...filter }, null, 100)).rows.length;
    expect(given.shares).toMatchObject({ minted: 4, redeemed: 3 });
    expect(given.shares.minted).toBe(await ledger(range));
    expect(given.shares.redeemed).toBe(await ledger({ ...range, mark: "redeemed" }));
    expect(given.shares.median).toBeGreaterThan(0);
    expect(given.open.tokens).toBe(await ledger({ mark: "active" }));
    expect(given.open.soonest).toHaveLength(1);
    expect(given.partners.get(receiver.id)?.name).toBe(receiver.name);
    expect(of.partners.get(second.id)?.name).toBe(second.name);
    const inbox = await listInbox(receiver.actor, { state: "waiting" }, null, 100);
    expect(of.open.inbox).toBe(inbox.rows.length);
    expect(of.isNew || given.isNew).toBe(false);
  });

  it("leaves out what was before the time, and whatever is another application's", async () => {
    const { issuer, receiver } = await newPair();
    const old = await share(issuer, receiver, (await newPerson(issuer)).id);
    await share(issuer, receiver, (await newPerson(issuer)).id);
    await backdate(old.sessionId, "30 days", null);
    expect((await readOverview(receiver.actor, week())).imports.imported).toBe(1);
    const stranger = await newApplication();
    expect(await readOverview(stranger.actor, week())).toMatchObject({
      shares: { minted: 0 },
      imports: { imported: 0 },
      waiting: { all: 0 },
    });
  });
});

describe("figures", () => {
  it("put the partners with the most first and the rest together, unless the rest is one", () => {
    const rows = [5, 9, 1, 7, 3, 2, 8].map((count, index) => ({ partner: `p${index}`, bucket: index % 2, count }));
    const all = seriesOf(rows, 2);
    expect(all.map((one) => one.total)).toEqual([9, 8, 7, 5, 3, 2, 1]);
    const { top, others, rest } = topOf(all);
    expect([top.length, others.length, rest]).toEqual([5, 2, [1, 2]]);
    expect(topOf(all.slice(0, 6)).others).toEqual([]);
    expect(topOf([])).toEqual({ top: [], others: [], rest: [] });
  });

  it("tell a decision that the issuer had left open from one that differs", () => {
    const row = (said: string | null, decided: "Approved" | "Declined" | null, count: number) =>
      ({ partner: "p", trusted: false, said, landed: "In Review", decided, count }) as const;
    const outcomes = [
      row("Approved", "Declined", 2),
      row("Declined", "Declined", 3),
      row("In Review", "Approved", 4),
      row("Approved", null, 5),
      row(null, "Approved", 6),
    ];
    const [agreement] = agreementsOf(outcomes);
    expect(agreement).toMatchObject({ decided: 9, otherwise: 2 });
    expect(cellOf(agreement!, "Declined", "Declined")).toBe(3);
    expect(cellOf(agreement!, "Declined", "Approved")).toBe(0);
    expect(totalsOf(outcomes)).toMatchObject({ imported: 20, settled: 15, decided: 15, reviewed: 20, trusted: 0 });
  });
});
