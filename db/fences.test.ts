import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { asOwner, mintFor, newCompany, newPair, share, type TestApplication } from "@/domain/testing";
import { asWorker, atTheDoor, directory, inTenant, inTenantWithToken } from "./client";

/** Tables that belong to no tenant, and why. Every other table has an application_id and a fence. */
const CONTROL: Record<string, string> = {
  agreements: "two applications' at once, as partnerships are",
  agreement_versions: "two applications' at once, as partnerships are",
  agreement_signatures: "two applications' at once, as partnerships are",
  agreement_reminders: "two applications' at once, and each side sees its own",
  organisations: "the directory: read before it is known whose data a request is about",
  applications: "the directory",
  members: "a person may belong to several organisations",
  memberships: "the directory",
  console_sessions: "a sign-in is a member's, whichever application is shown",
  sign_in_failures: "counted for accounts that may not exist",
  rate_windows: "counted before it is known who asks; callers are digests",
  registrations: "asked for by somebody who has no account yet",
  throttles: "counted before it is known who asks; callers are digests",
  token_sessions: "a sign-in over the API is a member's, whatever it asks for",
  invitations: "an organisation's, and read by whoever holds the link",
  mails: "a registration's mail belongs to nobody yet; contents are sealed",
  installation: "facts about this installation",
  signing_keys: "server-wide secrets, wrapped by the root key",
  partnerships: "two applications' at once: fenced by both ids, as a test below says",
  media_blobs: "sealed bytes owned by nobody: the wrapped keys in media decide",
};

/** Indexes of tenant tables that do not lead with application_id, and why. */
const INDEX_EXCEPTIONS: Record<string, string> = {
  api_keys_digest_once: "a key is presented before it is known whose it is",
  partner_links_digest_once: "a link is presented before it is known whose it is",
  sessions_token_once: "a session's link is opened before it is known whose it is",
};

const ROLES = ["aval_app", "aval_door", "aval_import", "aval_worker"];

const tenantTables = () =>
  asOwner(async (owner) =>
    (
      await owner<{ name: string }[]>`
        select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'application_id' and not a.attisdropped
        where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`
    ).map((row) => row.name),
  );

let tables: string[];
beforeAll(async () => {
  tables = await tenantTables();
});

describe("every table", () => {
  it("is either a tenant's or in the list of those that are not, with its reason", async () => {
    const all = await asOwner(
      (owner) => owner<{ name: string }[]>`
        select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p', 'm', 'f', 'v') order by 1`,
    );
    expect(all.map((row) => row.name).sort()).toEqual([...tables, ...Object.keys(CONTROL)].sort());
    expect(tables.length).toBeGreaterThanOrEqual(17);
  });

  it("of a tenant has row-level security enabled and forced, and a policy of its own", async () => {
    const rows = await asOwner(
      (owner) => owner<{ name: string; enabled: boolean; forced: boolean; policies: string[] }[]>`
        select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
          array(select polname::text from pg_policy p where p.polrelid = c.oid) as policies
        from pg_class c where c.relname = any(${tables}) and c.relnamespace = 'public'::regnamespace`,
    );
    expect(rows).toHaveLength(tables.length);
    for (const row of rows) expect(row, row.name).toMatchObject({ enabled: true, forced: true });
    for (const row of rows) expect(row.policies, row.name).toContain("own");
  });

  it("of a tenant has an own policy that admits its application's rows, for reading and for writing", async () => {
    const rows = await asOwner(
      (owner) => owner<{ tablename: string; cmd: string; qual: string; with_check: string }[]>`
        select tablename, cmd, qual, with_check from pg_policies where policyname = 'own'`,
    );
    for (const row of rows) {
      expect(row.cmd, row.tablename).toBe("ALL");
      for (const condition of [row.qual, row.with_check])
        expect(condition, row.tablename).toMatch(/^\(application_id = \(\s*SELECT current_application\(\)/);
    }
  });

  it("of a tenant may be narrowed further: a scoped key's limits hide sessions, whatever the act forgets", async () => {
    const rows = await asOwner(
      (owner) => owner<{ tablename: string; policyname: string; cmd: string; roles: string[] }[]>`
        select tablename, policyname, cmd, roles::text[] as roles from pg_policies where permissive = 'RESTRICTIVE'`,
    );
    expect(rows.map((row) => [row.tablename, row.policyname, row.cmd, row.roles.join()])).toEqual([
      ["sessions", "within_limits", "SELECT", "aval_app,aval_import"],
    ]);
  });

  it("of a tenant may be opened further for reading only, except what the worker carries on, a link that is used up and a token that is redeemed", async () => {
    const rows = await asOwner(
      (owner) => owner<{ tablename: string; policyname: string; cmd: string; roles: string[] }[]>`
        select tablename, policyname, cmd, roles::text[] as roles from pg_policies where policyname <> 'own' and permissive = 'PERMISSIVE' order by 1, 2`,
    );
    expect(rows.map((row) => [row.tablename, row.policyname, row.cmd, row.roles.join()])).toEqual([
      ["agreement_reminders", "own_side", "ALL", "aval_app"],
      ["agreement_signatures", "both_sides", "SELECT", "aval_app,aval_import"],
      ["agreement_signatures", "own_side", "INSERT", "aval_app"],
      ["agreement_versions", "both_sides", "ALL", "aval_app,aval_import"],
      ["agreement_versions", "to_be_reviewed", "SELECT", "aval_worker"],
      ["agreements", "both_sides", "ALL", "aval_app,aval_import"],
      ["api_keys", "presented", "SELECT", "aval_app"],
      ["bulk_imports", "every_application", "ALL", "aval_worker"],
      ["list_exports", "every_application", "ALL", "aval_worker"],
      ["media", "opened_by_token", "SELECT", "aval_import"],
      ["outbox", "every_application", "ALL", "aval_worker"],
      ["partner_links", "presented", "SELECT", "aval_app"],
      ["partner_links", "presented_use", "UPDATE", "aval_app"],
      ["partnerships", "both_sides", "ALL", "aval_app,aval_import"],
      ["pull_requests", "overdue", "SELECT", "aval_worker"],
      ["reviews", "opened_by_token", "SELECT", "aval_import"],
      ["session_links", "opened_by_token", "SELECT", "aval_import"],
      ["session_records", "opened_by_token", "SELECT", "aval_import"],
      ["sessions", "opened_by_token", "SELECT", "aval_import"],
      ["sessions", "overdue", "SELECT", "aval_worker"],
      ["sessions", "presented", "SELECT", "aval_door"],
      ["share_inbox", "overdue", "SELECT", "aval_worker"],
      ["share_tokens", "addressed", "SELECT", "aval_app,aval_import"],
      ["share_tokens", "redeemed_by_holder", "UPDATE", "aval_import"],
      ["tenant_keys", "opened_by_token", "SELECT", "aval_import"],
      ["top_ups", "every_application", "SELECT", "aval_worker"],
      ["top_ups", "of_account", "SELECT", "aval_app"],
      ["usage_days", "of_account", "SELECT", "aval_app"],
      ["vendor_messages", "every_application", "ALL", "aval_worker"],
      ["webhook_deliveries", "every_application", "ALL", "aval_worker"],
      ["webhook_events", "every_application", "ALL", "aval_worker"],
      ["webhook_queues", "every_application", "ALL", "aval_worker"],
    ]);
  });

  it("of a tenant has its application first in the primary key and in every index", async () => {
    const rows = await asOwner(
      (owner) => owner<{ name: string; table: string; first: string; primary: boolean }[]>`
        select i.relname as name, t.relname as table, x.indisprimary as primary,
          pg_get_indexdef(x.indexrelid, 1, true) as first
        from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
        where t.relname = any(${tables}) and t.relnamespace = 'public'::regnamespace`,
    );
    const astray = rows.filter((row) => row.first !== "application_id");
    expect(astray.map((row) => row.name).sort()).toEqual(Object.keys(INDEX_EXCEPTIONS).sort());
    expect(
      rows
        .filter((row) => row.primary)
        .map((row) => row.table)
        .sort(),
    ).toEqual(tables);
  });

  it("of a tenant is referred to only together with its application, so no reference crosses tenants", async () => {
    const rows = await asOwner(
      (owner) => owner<{ name: string; own: string[]; theirs: string[]; table: string; other: string }[]>`
        select k.conname as name, t.relname as table, o.relname as other,
          array(select attname::text from unnest(k.conkey) with ordinality c(n, i) join pg_attribute on attrelid = k.conrelid and attnum = n order by i) as own,
          array(select attname::text from unnest(k.confkey) with ordinality c(n, i) join pg_attribute on attrelid = k.confrelid and attnum = n order by i) as theirs
        from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class o on o.oid = k.confrelid
        where k.contype = 'f' and k.connamespace = 'public'::regnamespace`,
    );
    const tenant = new Set(tables);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(tenant.has(row.table), row.name).toBe(tenant.has(row.other));
      if (tenant.has(row.table))
        expect([row.own[0], row.theirs[0]], row.name).toEqual(["application_id", "application_id"]);
    }
  });
});

describe("the roles of a transaction", () => {
  it("own nothing, bypass nothing and cannot sign in", async () => {
    const roles = await asOwner(
      (owner) => owner`
        select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb, rolinherit,
          (select count(*)::int from pg_class where relowner = r.oid) as owned
        from pg_roles r where rolname = any(${ROLES}) order by 1`,
    );
    expect([...roles]).toEqual(
      ROLES.map((rolname) => ({
        rolname,
        rolsuper: false,
        rolbypassrls: false,
        rolcanlogin: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolinherit: false,
        owned: 0,
      })),
    );
  });

  it("are the ones that every kind of transaction takes, and no function lends another's rights", async () => {
    const who = sql`select current_user as role`;
    const roleOf = (rows: unknown) => (rows as { role: string }[])[0]!.role;
    const fence = { applicationId: randomUUID() };
    expect(roleOf(await directory().execute(who))).toBe("aval_app");
    expect(roleOf(await inTenant(fence, (tx) => tx.execute(who)))).toBe("aval_app");
    expect(roleOf(await inTenantWithToken(fence, randomUUID(), (tx) => tx.execute(who)))).toBe("aval_import");
    expect(roleOf(await asWorker((tx) => tx.execute(who)))).toBe("aval_worker");
    expect(roleOf(await atTheDoor(Buffer.alloc(32), (tx) => tx.execute(who)))).toBe("aval_door");
    const lending = await asOwner(
      (owner) => owner`select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`,
    );
    expect([...lending]).toEqual([]);
  });

  it("cannot change or delete what happened", async () => {
    const rights = await asOwner(
      (owner) => owner<{ role: string; can: string }[]>`
        select grantee as role, privilege_type as can from information_schema.role_table_grants
        where table_name = any(${["audit_entries", "share_token_events"]}) and grantee = any(${ROLES}) order by table_name, 1, 2`,
    );
    const rightsOfOne = ["aval_app INSERT", "aval_app SELECT", "aval_import INSERT", "aval_import SELECT"];
    expect(rights.map((row) => `${row.role} ${row.can}`)).toEqual([...rightsOfOne, ...rightsOfOne]);
  });
});

describe("behind the fence", () => {
  let issuer: TestApplication;
  let receiver: TestApplication;
  let openToken: string;
  beforeAll(async () => {
    ({ issuer, receiver } = await newPair());
    const company = await newCompany(issuer, { peopleCount: 1 });
    await share(issuer, receiver, company.id);
    openToken = (await mintFor(issuer, receiver, company.id)).id;
  });

  const count = async (tx: { execute(query: ReturnType<typeof sql>): unknown }, table: string, of?: string) => {
    const where = of ? sql` where application_id = ${of}::uuid` : sql``;
    const rows = (await tx.execute(sql`select count(*)::int as n from ${sql.identifier(table)}${where}`)) as {
      n: number;
    }[];
    return rows[0]!.n;
  };

  it("nothing is visible without an application, in any table of a tenant", async () => {
    for (const table of tables) expect(await count(directory(), table), table).toBe(0);
  });

  it("nothing of another application is visible, in any table, but the tokens addressed to oneself", async () => {
    for (const table of tables) {
      const seen = await inTenant({ applicationId: receiver.id }, (tx) => count(tx, table, issuer.id));
      expect(seen, table).toBe(table === "share_tokens" ? 2 : 0);
    }
    const stranger = { applicationId: randomUUID() };
    for (const table of tables) expect(await inTenant(stranger, (tx) => count(tx, table)), table).toBe(0);
  });

  it("a token that was not presented opens nothing, and one for somebody else neither", async () => {
    for (const [reader, token] of [
      [receiver.id, randomUUID()],
      [randomUUID(), openToken],
    ] as const)
      for (const table of tables.filter((name) => name !== "share_tokens" && name !== "api_keys")) {
        const granted = await inTenantWithToken({ applicationId: reader }, token, (tx) =>
          count(tx, table, issuer.id),
        ).catch(() => 0);
        expect(granted, table).toBe(0);
      }
  });

  it("an open token shows its session and its key people, and a revoked or expired one nothing", async () => {
    const opened = ["sessions", "session_records", "session_links", "media", "tenant_keys"];
    const seen = (token: string) =>
      inTenantWithToken({ applicationId: receiver.id }, token, (tx) =>
        Promise.all(opened.map((table) => count(tx, table, issuer.id))),
      );
    await newCompany(issuer, { peopleCount: 1 });
    const company = await newCompany(issuer, { peopleCount: 1 });
    const { id } = await mintFor(issuer, receiver, company.id);
    const media = company.media.size + company.people[0]!.media.size;
    expect(await seen(id)).toEqual([2, 2, 1, media, 3]);
    const change = (what: ReturnType<typeof sql>) =>
      inTenant({ applicationId: issuer.id }, (tx) =>
        tx.execute(sql`update share_tokens set ${what} where id = ${id}::uuid`),
      );
    await change(sql`revoked_at = now()`);
    expect(await seen(id)).toEqual([0, 0, 0, 0, 0]);
    await change(sql`revoked_at = null, expires_at = now() - interval '1 second'`);
    expect(await seen(id)).toEqual([0, 0, 0, 0, 0]);
  });

  it("a relation is visible to its two sides and to nobody else, and only a side can write it", async () => {
    const [forced] = await asOwner(
      (owner) => owner<{ forced: boolean; enabled: boolean }[]>`
        select relforcerowsecurity as forced, relrowsecurity as enabled from pg_class where relname = 'partnerships'`,
    );
    expect(forced).toEqual({ forced: true, enabled: true });
    const seenBy = (applicationId: string) => inTenant({ applicationId }, (tx) => count(tx, "partnerships"));
    expect([await seenBy(issuer.id), await seenBy(receiver.id), await seenBy(randomUUID())]).toEqual([1, 1, 0]);
    expect(await count(directory(), "partnerships")).toBe(0);
    await expect(asWorker((tx) => count(tx, "partnerships"))).rejects.toThrow();
    const stranger = { applicationId: randomUUID() };
    await expect(
      inTenant(stranger, (tx) =>
        tx.execute(
          sql`insert into partnerships (issuer_application_id, receiver_application_id, state) values (${issuer.id}::uuid, ${randomUUID()}::uuid, 'active')`,
        ),
      ),
    ).rejects.toThrow();
    const changed = await inTenant(stranger, (tx) => tx.execute(sql`update partnerships set state = 'ended'`));
    expect(changed.count).toBe(0);
  });

  it("nothing can be written in another application's name", async () => {
    const writes = [
      sql`insert into partners (application_id, partner_application_id) values (${issuer.id}::uuid, ${receiver.id}::uuid)`,
      sql`insert into session_numbers (application_id, last) values (${issuer.id}::uuid, 99)`,
    ];
    for (const write of writes)
      await expect(inTenant({ applicationId: receiver.id }, (tx) => tx.execute(write))).rejects.toThrow();
    for (const table of ["sessions", "share_tokens", "session_records"]) {
      const gone = await inTenant({ applicationId: receiver.id }, (tx) =>
        tx.execute(sql`delete from ${sql.identifier(table)} where application_id = ${issuer.id}::uuid`),
      );
      expect(gone.count, table).toBe(0);
    }
    await expect(
      inTenantWithToken({ applicationId: receiver.id }, openToken, (tx) =>
        tx.execute(sql`update sessions set status = 'Declined' where application_id = ${issuer.id}::uuid`),
      ),
    ).resolves.toMatchObject({ count: 0 });
  });

  it("the worker sees events and their deliveries, which sessions, inboxes and requests are overdue, which imports, exports, top-ups and vendor messages wait, and nothing else", async () => {
    const seen = [
      "outbox",
      "sessions",
      "share_inbox",
      "pull_requests",
      "bulk_imports",
      "list_exports",
      "top_ups",
      "vendor_messages",
      "webhook_queues",
      "webhook_events",
      "webhook_deliveries",
    ];
    for (const table of tables.filter((name) => !seen.includes(name)))
      await expect(
        asWorker((tx) => count(tx, table)),
        table,
      ).rejects.toThrow();
    for (const column of ["vendor_data", "workflow_id", "sealed_token"])
      await expect(asWorker((tx) => tx.execute(sql.raw(`select ${column} from sessions`)))).rejects.toThrow();
    for (const column of ["sealed_token", "source_session_id", "issuer_application_id"])
      await expect(asWorker((tx) => tx.execute(sql.raw(`select ${column} from share_inbox`)))).rejects.toThrow();
    for (const column of ["reference", "partner_application_id"])
      await expect(asWorker((tx) => tx.execute(sql.raw(`select ${column} from pull_requests`)))).rejects.toThrow();
    await expect(asWorker((tx) => tx.execute(sql`select sealed_source_url from bulk_imports`))).rejects.toThrow();
    for (const column of ["sealed_filter", "requested_by_label", "list"])
      await expect(asWorker((tx) => tx.execute(sql.raw(`select ${column} from list_exports`)))).rejects.toThrow();
    for (const column of ["requested_by_label", "success_url"])
      await expect(asWorker((tx) => tx.execute(sql.raw(`select ${column} from top_ups`)))).rejects.toThrow();
    for (const column of ["vendor_reference", "session_id", "problems"])
      await expect(asWorker((tx) => tx.execute(sql.raw(`select ${column} from vendor_messages`)))).rejects.toThrow();
    const statuses = await asWorker((tx) => tx.execute<{ status: string }>(sql`select distinct status from sessions`));
    for (const { status } of statuses) expect(["Not Started", "In Progress"]).toContain(status);
  });
});
