import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, tenant } from "./columns";

/** A tenant's keys, wrapped by the root key of their tree. `general` and `biometric` never share a parent. */
export const tenantKeys = pgTable(
  "tenant_keys",
  {
    applicationId: tenant(),
    tree: text({ enum: ["general", "biometric", "index"] }).notNull(),
    version: integer().notNull(),
    rootKeyId: text().notNull(),
    wrappedKey: bytea().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.tree, table.version] }),
    check("tenant_keys_tree_known", sql`${table.tree} in ('general', 'biometric', 'index')`),
  ],
);

/** Sealed bytes in the media store, owned by nobody: who may open them is decided by the wrapped keys in `media`. */
export const mediaBlobs = pgTable(
  "media_blobs",
  {
    id: uuid().primaryKey(),
    byteLength: bigint({ mode: "number" }).notNull(),
    referenceCount: integer().notNull().default(0),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    index("media_blobs_unreferenced").on(table.createdAt).where(sql`${table.referenceCount} = 0`),
    check("media_blobs_reference_count_positive", sql`${table.referenceCount} >= 0`),
  ],
);

export const media = pgTable(
  "media",
  {
    applicationId: tenant(),
    sessionId: uuid().notNull(),
    blobId: uuid().notNull(),
    kind: text().notNull(),
    tree: text({ enum: ["general", "biometric"] }).notNull(),
    contentType: text().notNull(),
    byteLength: bigint({ mode: "number" }).notNull(),
    wrappedKey: bytea().notNull(),
    keyVersion: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.sessionId, table.blobId] })],
);

/** Server-wide secrets, wrapped by the general root key: HS256 keys of share tokens, RS256 keys of access tokens. */
export const signingKeys = pgTable("signing_keys", {
  id: text().primaryKey(),
  purpose: text({ enum: ["share_token", "access_token"] })
    .notNull()
    .default("share_token"),
  rootKeyId: text().notNull(),
  wrappedSecret: bytea().notNull(),
  createdAt: instant().notNull().defaultNow(),
  /** From this moment new tokens are signed with a newer key. */
  retiredAt: instant(),
  /** Until this moment tokens signed with it are still accepted. */
  acceptedUntil: instant(),
});
