import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, tenant } from "./columns";
import { sessions } from "./sessions";

/** What a member is told by a colleague's act. Ids and codes: what it is about is read where it is. */
export const notifications = pgTable(
  "notifications",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    memberId: uuid().notNull(),
    kind: text({ enum: ["mention", "assignment"] }).notNull(),
    /** Null when it is about several sessions at once. */
    sessionId: uuid(),
    /** About how many sessions. */
    count: integer().notNull().default(1),
    byLabel: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    readAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("notifications_of_member").on(table.applicationId, table.memberId, table.createdAt, table.id),
    index("notifications_unread").on(table.applicationId, table.memberId).where(sql`${table.readAt} is null`),
    index("notifications_of_session").on(table.applicationId, table.sessionId),
    foreignKey({
      name: "notifications_session",
      columns: [table.applicationId, table.sessionId],
      foreignColumns: [sessions.applicationId, sessions.id],
    }).onDelete("cascade"),
    check("notifications_kind_known", sql`${table.kind} in ('mention', 'assignment')`),
    check("notifications_count_sensible", sql`${table.count} >= 1`),
  ],
);
