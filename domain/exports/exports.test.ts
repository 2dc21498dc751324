import { parse } from "csv-parse/sync";
import { and, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { listExports } from "@/db/schema";
import { type Actor, fenceOf } from "../actor";
import { listAuditEntries } from "../audit/list";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { listSessions } from "../sessions/list";
import {
  asOwner,
  codeOf,
  colleagueOf,
  memberOf,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  share,
  type TestApplication,
} from "../testing";
import { LISTS } from "./lists";
import { listOfExports, openExport } from "./read";
import { requestExport } from "./request";
import { EXPORT_LISTS, ROWS_AT_ONCE } from "./rules";
import { expireExports, runExport } from "./run";
import { pieceOf } from "./write";

async function textOf(actor: Actor, id: string): Promise<string> {
  let text = "";
  for await (const chunk of (await openExport(actor, id)).chunks) text += chunk;
  return text;
}

const records = (csv: string) => parse(csv, { columns: true }) as Record<string, string>[];

const stateOf = async (actor: Actor, id: string) => (await listOfExports(actor)).find((one) => one.id === id)!;

/** Entries enough for a file of more than one piece. */
async function longTrail({ actor }: TestApplication, entries: number): Promise<void> {
  await inTenant(fenceOf(actor), async (tx) => {
    for (let done = 0; done < entries; done += 500)
      await recordAudit(
        tx,
        actor,
        ...Array.from({ length: Math.min(500, entries - done) }, (_, index) => ({
          action: "session.note" as const,
          subjectKind: "session" as const,
          subjectId: uuid(),
          detail: { number: done + index },
        })),
      );
  });
}

/** Works on whatever waits until this one has come to an end; other tests' exports are carried along. */
async function finish(actor: Actor, id: string) {
  for (let tries = 0; tries < 200; tries++) {
    await runExport(new AbortController().signal);
    const state = await stateOf(actor, id);
    if (!["queued", "running"].includes(state.status)) return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The export was not written.");
}

describe("a short export", () => {
  it("is ready at once, and holds what the list shows, narrowed as it is", async () => {
    const here = await newApplication();
    const kept = [await newPerson(here, { status: "Declined" }), await newPerson(here, { status: "Declined" })];
    await newPerson(here);
    await newCompany(here);
    const view = await requestExport(here.actor, {
      list: "sessions",
      format: "csv",
      filter: { statuses: ["Declined"], createdFrom: "2001-01-01T00:00:00.000Z" },
    });
    expect(view).toMatchObject({ status: "ready", totalRows: 2, doneRows: 2, failure: null });
    const rows = records(await textOf(here.actor, view.id));
    const shown = await listSessions(here.actor, { statuses: ["Declined"] }, {}, 50);
    expect(rows.map((row) => row.session_id)).toEqual(shown.rows.map((row) => row.session.id));
    expect(rows.map((row) => row.session_id).sort()).toEqual(kept.map((one) => one.id).sort());
    expect(rows.map((row) => row.name)).toEqual(shown.rows.map((row) => row.card!.fullName));
    const json = await requestExport(here.actor, { list: "sessions", format: "json", filter: {} });
    expect(JSON.parse(await textOf(here.actor, json.id))).toHaveLength(4);
  });

  it("is made of every list", async () => {
    const { issuer, receiver } = await newPair();
    await share(issuer, receiver, (await newPerson(issuer)).id);
    await mintFor(receiver, issuer, (await newPerson(receiver)).id);
    const filters: Partial<Record<string, Record<string, unknown>>> = {
      share_tokens: { side: "issuer" },
      users: { kind: "user" },
      businesses: { kind: "business" },
    };
    for (const list of EXPORT_LISTS) {
      const view = await requestExport(receiver.actor, { list, format: "json", filter: filters[list] ?? {} });
      const rows = JSON.parse(await textOf(receiver.actor, view.id)) as Record<string, unknown>[];
      expect(rows, list).toHaveLength(view.doneRows);
      if (list !== "businesses") expect(rows.length, list).toBeGreaterThan(0);
      for (const row of rows) expect(Object.keys(row), list).toEqual([...LISTS[list].columns]);
    }
  });

  it("is empty, and still a file, where the list is", async () => {
    const { actor } = await newApplication();
    const ask = (format: "csv" | "json") => requestExport(actor, { list: "imports", format, filter: {} });
    expect(await textOf(actor, (await ask("json")).id)).toBe("[]\n");
    expect(await textOf(actor, (await ask("csv")).id)).toBe(`${LISTS.imports.columns.join(",")}\r\n`);
  });
});

describe("who may export", () => {
  it("is whoever may see the list; the file is kept from the others as well", async () => {
    const here = await newApplication();
    const view = await requestExport(here.actor, { list: "audit", format: "json", filter: {} });
    const privileges = new Set(here.actor.privileges);
    privileges.delete("read:audit");
    const without = { ...here.actor, privileges };
    expect(await codeOf(requestExport(without, { list: "audit", format: "csv", filter: {} }))).toBe("forbidden");
    expect(await codeOf(openExport(without, view.id))).toBe("forbidden");
    expect(await listOfExports(without)).toEqual([]);
    expect(await textOf(colleagueOf(here), view.id)).toMatch(/^\[/);
  });

  it("is nobody elsewhere, and no key that sees some sessions only", async () => {
    const [here, elsewhere] = [await newApplication(), await newApplication()];
    const view = await requestExport(here.actor, { list: "partners", format: "csv", filter: {} });
    expect(await codeOf(openExport(elsewhere.actor, view.id))).toBe("not_found");
    expect(await codeOf(openExport(elsewhere.actor, uuid()))).toBe("not_found");
    expect(await listOfExports(elsewhere.actor)).toEqual([]);
    const limited = { ...here.actor, limits: { workflowIds: null, statuses: ["Approved"], media: true } };
    expect(await codeOf(requestExport(limited, { list: "sessions", format: "csv", filter: {} }))).toBe("forbidden");
    expect(await codeOf(openExport(limited, view.id))).toBe("forbidden");
  });

  it("is told of a filter that makes no sense", async () => {
    const { actor } = await newApplication();
    const asked = requestExport(actor, { list: "sessions", format: "csv", filter: { statuses: ["Unheard Of"] } });
    expect(await codeOf(asked)).toBe("invalid_input");
    const users = requestExport(actor, { list: "users", format: "csv", filter: { kind: "business" } });
    expect(await codeOf(users)).toBe("invalid_input");
  });
});

describe("the trail", () => {
  it("has each export and each download, with the list and how many rows, and nothing of what is in it", async () => {
    const here = await newApplication();
    const actor = { ...(await memberOf(here)), privileges: here.actor.privileges };
    await newPerson(here);
    const view = await requestExport(actor, { list: "sessions", format: "csv", filter: { search: "Nobody Known" } });
    await textOf(actor, view.id);
    const { rows } = await listAuditEntries(actor, { subjectKind: "export", subjectId: view.id }, null, 10);
    expect(rows.map(({ entry }) => [entry.action, entry.actorLabel, entry.detail])).toEqual([
      ["export.download", actor.label, { list: "sessions", format: "csv", rows: 0 }],
      ["export.finish", actor.label, { list: "sessions", format: "csv", rows: 0 }],
    ]);
    const [stored] = await inTenant(fenceOf(actor), (tx) =>
      tx
        .select()
        .from(listExports)
        .where(and(eq(listExports.applicationId, here.id), eq(listExports.id, view.id))),
    );
    expect(JSON.stringify(stored)).not.toContain("Nobody");
    expect(stored!.sealedFilter.includes("Nobody")).toBe(false);
  });
});

describe("a long export", () => {
  it("is written by the worker in pieces that make one file, also when it is stopped in between", async () => {
    const here = await newApplication();
    await longTrail(here, 2 * ROWS_AT_ONCE + 300);
    const filter = { action: "session.note" };
    const csv = await requestExport(here.actor, { list: "audit", format: "csv", filter });
    expect(csv).toMatchObject({ status: "queued", doneRows: 0 });
    expect(await codeOf(openExport(here.actor, csv.id))).toBe("not_found");

    // A worker that died after the first piece: its lease runs out, and another goes on.
    const list = LISTS.audit;
    const page = list.page;
    let pages = 0;
    list.page = async (...given) => {
      if (given[0].applicationId === here.id && ++pages === 2) throw new Error("killed");
      return page(...given);
    };
    try {
      for (let tries = 0; pages < 2 && tries < 100; tries++) {
        await runExport(new AbortController().signal).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    } finally {
      list.page = page;
    }
    expect(await stateOf(here.actor, csv.id)).toMatchObject({ status: "running", doneRows: ROWS_AT_ONCE });
    await asOwner((owner) => owner`update list_exports set leased_until = now() where id = ${csv.id}`);
    const done = await finish(here.actor, csv.id);
    expect(done).toMatchObject({ status: "ready", doneRows: 2_300, totalRows: 2_300 });
    const rows = records(await textOf(here.actor, csv.id));
    const numbers = rows.map((row) => Number(row.detail!.split("=")[1]));
    expect(new Set(numbers).size).toBe(2_300);
    expect(rows).toHaveLength(2_300);

    const json = await requestExport(here.actor, { list: "audit", format: "json", filter });
    await finish(here.actor, json.id);
    const ids = (JSON.parse(await textOf(here.actor, json.id)) as { id: string }[]).map((row) => row.id);
    expect(ids).toEqual(rows.map((row) => row.id));
    const { rows: trail } = await listAuditEntries(here.actor, { subjectKind: "export", subjectId: csv.id }, null, 10);
    expect(trail.map(({ entry }) => entry.action)).toEqual(["export.download", "export.finish", "export.start"]);
  });

  it("fails when the list may not be seen any more, and leaves no piece behind", async () => {
    const here = await newApplication();
    await longTrail(here, ROWS_AT_ONCE + 1);
    const view = await requestExport(here.actor, { list: "audit", format: "csv", filter: { action: "session.note" } });
    const list = LISTS.audit;
    const page = list.page;
    list.page = async (...given) => {
      if (given[0].applicationId === here.id && given[2] !== null) throw new DomainError("forbidden", "No.");
      return page(...given);
    };
    try {
      expect(await finish(here.actor, view.id)).toMatchObject({ status: "failed", failure: "not_allowed" });
    } finally {
      list.page = page;
    }
    expect(await partsOf(view.id)).toBe(0);
    expect(await codeOf(openExport(here.actor, view.id))).toBe("not_found");
  });
});

const partsOf = async (id: string): Promise<number> =>
  (await asOwner((owner) => owner`select count(*)::int as count from list_export_parts where export_id = ${id}`))[0]!
    .count;

describe("the end of an export", () => {
  it("erases the file; that there was one stays known", async () => {
    const here = await newApplication();
    const view = await requestExport(here.actor, { list: "partners", format: "csv", filter: {} });
    expect(await partsOf(view.id)).toBe(1);
    expect(view.expiresAt.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await asOwner((owner) => owner`update list_exports set expires_at = now() where id = ${view.id}`);
    expect(await codeOf(openExport(here.actor, view.id))).toBe("not_found");
    while ((await expireExports()) > 0);
    expect(await partsOf(view.id)).toBe(0);
    expect(await stateOf(here.actor, view.id)).toMatchObject({ status: "expired", doneRows: 0 });
    expect(await codeOf(openExport(here.actor, view.id))).toBe("not_found");
  });
});

describe("pieces", () => {
  const columns = ["a", "b"];
  const whole = { isFirst: true, isLast: true };

  it("keep a spreadsheet from taking text for a formula", () => {
    expect(pieceOf("csv", columns, [["=1+1", ["x", "y"]]], whole)).toBe("a,b\r\n'=1+1,x; y\r\n");
  });

  it("make one array, however they are cut", () => {
    const cut =
      pieceOf("json", columns, [[1, null]], { isFirst: true, isLast: false }) +
      pieceOf("json", columns, [["=2", ["x"]]], { isFirst: false, isLast: true });
    expect(JSON.parse(cut)).toEqual([
      { a: 1, b: null },
      { a: "=2", b: ["x"] },
    ]);
    expect(pieceOf("json", columns, [], whole)).toBe("[]\n");
    const last = pieceOf("json", columns, [], { isFirst: false, isLast: true });
    expect(JSON.parse(pieceOf("json", columns, [[1, 2]], { isFirst: true, isLast: false }) + last)).toHaveLength(1);
  });
});
