import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, tenant } from "./columns";
import { sessions } from "./sessions";

/**
 * One stay of a session in review. A trigger on `sessions` opens and closes it (see the migrations), so no way into review
 * can forget it. Only what the order of the queue needs is here; everything else is the session's.
 */
export const cases = pgTable(
  "cases",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    sessionId: uuid().notNull(),
    sessionNumber: bigint({ mode: "number" }).notNull(),
    /** 1 is the most urgent, 4 the least: every order of the queue then goes one way (domain/cases/rules.ts names them). */
    priority: integer().notNull().default(3),
    openedAt: instant().notNull(),
    dueAt: instant().notNull(),
    assigneeId: uuid(),
    assigneeLabel: text(),
    assignedAt: instant(),
    closedAt: instant(),
    version: integer().notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("cases_one_open_per_session")
      .on(table.applicationId, table.sessionId)
      .where(sql`${table.closedAt} is null`),
    // One per order of the queue; due times come with them, so that it is counted in the index alone.
    index("cases_open_by_urgency")
      .on(table.applicationId, table.priority, table.dueAt, table.sessionNumber)
      .where(sql`${table.closedAt} is null`),
    index("cases_open_by_due")
      .on(table.applicationId, table.dueAt, table.sessionNumber)
      .where(sql`${table.closedAt} is null`),
    index("cases_open_by_opening")
      .on(table.applicationId, table.openedAt, table.sessionNumber)
      .where(sql`${table.closedAt} is null`),
    index("cases_open_by_number").on(table.applicationId, table.sessionNumber).where(sql`${table.closedAt} is null`),
    index("cases_open_by_assignee")
      .on(table.applicationId, table.assigneeId, table.priority, table.dueAt, table.sessionNumber)
      .where(sql`${table.closedAt} is null`),
    index("cases_of_session").on(table.applicationId, table.sessionId),
    foreignKey({
      name: "cases_session",
      columns: [table.applicationId, table.sessionId],
      foreignColumns: [sessions.applicationId, sessions.id],
    }).onDelete("cascade"),
    check("cases_priority_known", sql`${table.priority} between 1 and 4`),
    check(
      "cases_assignee_complete",
      sql`num_nonnulls(${table.assigneeId}, ${table.assigneeLabel}, ${table.assignedAt}) in (0, 3)`,
    ),
  ],
);

/** Filters and order of the queue that a member keeps under a name; nothing in them is about a person. */
export const savedViews = pgTable(
  "saved_views",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    memberId: uuid().notNull(),
    memberLabel: text().notNull(),
    name: text().notNull(),
    /** Whether everybody in the application sees it. */
    shared: boolean().notNull().default(false),
    query: jsonb().$type<Record<string, string>>().notNull(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("saved_views_name_once").on(table.applicationId, table.memberId, sql`lower(${table.name})`),
  ],
);
