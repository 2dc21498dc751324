import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { asWorker, inTenant } from "@/db/client";
import { auditEntries, bulkImports, sessions } from "@/db/schema";
import * as environment from "@/env";
import { asOwner, codeOf, newApplication, newPair, refusalOf, type TestApplication } from "../testing";
import { listBulkImportErrors, readBulkImport } from "./read";
import { templateOf } from "./rules";
import { runBulkImport } from "./run";
import { startBulkImport } from "./start";

const files = new Map<string, string | ((count: number) => string)>();
const asked = new Map<string, number>();
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url!;
    const file = files.get(path);
    const count = (asked.get(path) ?? 0) + 1;
    asked.set(path, count);
    if (path.startsWith("/redirect")) return response.writeHead(302, { Location: "/a" }).end();
    if (path.startsWith("/cut")) {
      response.writeHead(200, { "Content-Length": "1000" }).write("status\n");
      return setTimeout(() => response.destroy(), 20);
    }
    if (file === undefined) return response.writeHead(404).end();
    response.writeHead(200).end(typeof file === "function" ? file(count) : file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `http://${host}`;
  const real = environment.env();
  vi.spyOn(environment, "env").mockReturnValue({ ...real, webhookHosts: [host] });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await new Promise((resolve) => server.close(resolve));
});

function serve(content: string | ((count: number) => string)): string {
  const path = `/${randomUUID()}`;
  files.set(path, content);
  return origin + path;
}

const start = (application: TestApplication, sourceUrl: string, more = {}) =>
  startBulkImport(application.actor, {
    sourceUrl,
    importType: "user_verification",
    sourceFormat: "csv",
    ...more,
  });

/** Works off what waits, until this import has come to its end. */
async function carry(application: TestApplication, id: string) {
  for (let tries = 0; tries < 200; tries++) {
    const now = await readBulkImport(application.actor, id);
    if (now.status === "completed" || now.status === "failed") return now;
    if (!(await runBulkImport(new AbortController().signal))) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The import did not end.");
}

const sessionsOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) => tx.select().from(sessions));

const HEAD = "session_id,status,vendor_data,created_at,full_name,document_number,issuing_state\n";
const row = (index: number, status = "Approved") =>
  `old-${index},${status},cust-${index},2025-03-04T09:30:00Z,Person ${index},DOC${index},ESP\n`;

describe("bringing in a file", () => {
  it("stores the rows that are good and names the others, with their columns", async () => {
    const application = await newApplication();
    const bad =
      "old-3,In Progress,c3,2025-03-04T09:30:00Z,P,D,ESP\nold-4,Approved,c4,yesterday,P,D,Spain\nold-5,Approved\n";
    const { id } = await start(application, serve(HEAD + row(1) + row(2) + bad + row(2)));
    const done = await carry(application, id);
    expect(done).toMatchObject({
      status: "completed",
      totalRows: 6,
      processedRows: 6,
      importedRows: 2,
      failedRows: 4,
      failure: null,
    });
    const errors = await listBulkImportErrors(application.actor, id, { limit: 10, offset: 0 });
    expect(errors.rows.map(({ row, problems }) => [row, problems.map((one) => one.path)])).toEqual([
      [3, ["status"]],
      [4, ["created_at", "issuing_state"]],
      [5, [""]],
      [6, ["session_id"]],
    ]);
    const stored = await sessionsOf(application);
    expect(stored.map((one) => one.externalReference).sort()).toEqual(["old-1", "old-2"]);
    const trail = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.subjectId, id)),
    );
    expect(trail.map((entry) => entry.action).sort()).toEqual(["bulk_import.finish", "bulk_import.start"]);
  });

  it("of companies, in either format", async () => {
    const application = await newApplication();
    const csv = await start(application, serve(templateOf("business_verification")), {
      importType: "business_verification",
    });
    expect(await carry(application, csv.id)).toMatchObject({ status: "completed", importedRows: 1 });
    const lines = `${JSON.stringify({ status: "Approved", created_at: "2025-01-01", company_name: "A", country_code: "PT" })}\n{"status":1}\n`;
    const ndjson = await start(application, serve(lines), {
      importType: "business_verification",
      sourceFormat: "ndjson",
    });
    expect(await carry(application, ndjson.id)).toMatchObject({ status: "completed", importedRows: 1, failedRows: 1 });
  });

  it("goes on where it was cut off, without a row lost or twice", async () => {
    const application = await newApplication();
    const rows = Array.from({ length: 250 }, (_, index) => row(index + 1)).join("");
    const { id } = await start(application, serve(HEAD + rows));
    await asOwner(async (owner) => {
      await owner.unsafe(`create or replace function cut_off() returns trigger language plpgsql as $$
        begin if new.processed_rows = 200 and new.id = '${id}' and current_setting('aval.cut', true) is null then
          raise exception 'cut off'; end if; return new; end $$`);
      await owner.unsafe(
        "create or replace trigger cut_off before update on bulk_imports for each row execute function cut_off()",
      );
    });
    await expect(
      (async () => {
        for (;;) if (!(await runBulkImport(new AbortController().signal))) return;
      })(),
    ).rejects.toThrow();
    await asOwner((owner) => owner`drop trigger cut_off on bulk_imports`);
    expect(await readBulkImport(application.actor, id)).toMatchObject({ status: "processing", processedRows: 100 });
    expect(await sessionsOf(application)).toHaveLength(100);
    // The lease of the one that died has to run out first.
    await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .update(bulkImports)
        .set({ leasedUntil: new Date(0) })
        .where(eq(bulkImports.id, id)),
    );
    const [done] = await Promise.all([carry(application, id), runBulkImport(new AbortController().signal)]);
    expect(done).toMatchObject({ status: "completed", processedRows: 250, importedRows: 250, failedRows: 0 });
    expect(await sessionsOf(application)).toHaveLength(250);
  });

  it("stops when the program stops, and is taken up by the next", async () => {
    const application = await newApplication();
    const { id } = await start(application, serve(HEAD + row(1)));
    const stopped = new AbortController();
    stopped.abort();
    await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .update(bulkImports)
        .set({ createdAt: new Date(0) })
        .where(eq(bulkImports.id, id)),
    );
    await runBulkImport(stopped.signal);
    expect((await readBulkImport(application.actor, id)).importedRows).toBe(0);
    expect(await carry(application, id)).toMatchObject({ status: "completed", importedRows: 1 });
  });

  it("fails as a whole, by name, when the file is not what it was said to be", async () => {
    const application = await newApplication();
    const cases: [string, string][] = [
      [`${origin}/missing`, "source_refused"],
      [`${origin}/redirect`, "source_refused"],
      [`${origin}/cut`, "source_unreachable"],
      [serve("no heading at all"), "source_not_readable"],
      [serve(HEAD), "no_rows"],
    ];
    for (const [url, code] of cases) {
      const { id } = await start(application, url);
      expect((await carry(application, id)).failure?.code, url).toBe(code);
    }
    expect(await sessionsOf(application)).toEqual([]);
  });

  it("is refused at once for an address inwards, a workflow of another kind or application, and a reader", async () => {
    const { issuer, receiver } = await newPair();
    for (const url of [
      "http://127.0.0.1:1/x",
      "https://10.0.0.1/x",
      "https://metadata.internal/x",
      "ftp://x.example/a",
      "file:///etc/passwd",
    ])
      expect((await refusalOf(start(issuer, url))).fields, url).toHaveProperty("source_file_url");
    const url = serve(HEAD);
    expect(await codeOf(start(issuer, url, { workflowId: receiver.workflows.user }))).toBe("workflow_not_found");
    expect(await codeOf(start(issuer, url, { workflowId: issuer.workflows.business }))).toBe("workflow_kind_mismatch");
    const reader = { ...issuer, actor: { ...issuer.actor, privileges: new Set(["read:sessions"] as const) } };
    expect(await codeOf(start(reader as never, url))).toBe("forbidden");
  });

  it("keeps the file's address sealed and from the worker, and is nobody else's", async () => {
    const { issuer, receiver } = await newPair();
    const url = serve(HEAD + row(1));
    const { id } = await start(issuer, url);
    const [stored] = await asOwner(
      (owner) => owner`select to_jsonb(b)::text as row from bulk_imports b where id = ${id}`,
    );
    expect(stored!.row).not.toContain(new URL(url).pathname);
    await expect(asWorker((tx) => tx.select().from(bulkImports))).rejects.toThrow();
    expect(await codeOf(readBulkImport(receiver.actor, id))).toBe("not_found");
    expect(await codeOf(listBulkImportErrors(receiver.actor, id, { limit: 1, offset: 0 }))).toBe("not_found");
    await carry(issuer, id);
  });
});
