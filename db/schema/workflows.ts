import { sql } from "drizzle-orm";
import {
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
import { workflows } from "./sessions";

export type WorkflowStep = { feature: string; label: string | null; config: Record<string, unknown> };

/** What a version says besides its steps. */
export type WorkflowSettings = {
  isWhiteLabelEnabled: boolean;
  isDesktopAllowed: boolean;
  maxRetryAttempts: number;
  retryWindowInDays: number | null;
  sessionExpirationInSeconds: number;
};

/**
 * Every version a workflow has had, and at most one draft of its next. A session names the version it ran under; the
 * row in `workflows` repeats what the newest published one says, for lists.
 */
export const workflowVersions = pgTable(
  "workflow_versions",
  {
    applicationId: tenant(),
    workflowId: uuid().notNull(),
    version: integer().notNull(),
    versionId: uuid().notNull(),
    status: text({ enum: ["draft", "published"] }).notNull(),
    label: text().notNull(),
    steps: jsonb().$type<WorkflowStep[]>().notNull(),
    settings: jsonb().$type<WorkflowSettings>().notNull(),
    createdByLabel: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    publishedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.workflowId, table.version] }),
    uniqueIndex("workflow_versions_id_once").on(table.applicationId, table.versionId),
    uniqueIndex("workflow_versions_one_draft_per_workflow")
      .on(table.applicationId, table.workflowId)
      .where(sql`${table.status} = 'draft'`),
    foreignKey({
      name: "workflow_versions_workflow",
      columns: [table.applicationId, table.workflowId],
      foreignColumns: [workflows.applicationId, workflows.id],
    }),
    check("workflow_versions_status_known", sql`${table.status} in ('draft', 'published')`),
  ],
);

export type QuestionnaireElement = {
  id: string;
  elementType: string;
  title: Record<string, string> | null;
  description: Record<string, string> | null;
  placeholder: Record<string, string> | null;
  isRequired: boolean;
  maxFiles: number | null;
  choices: { value: string; label: Record<string, string>; requiresTextInput: boolean }[];
};

/** Forms that a workflow's QUESTIONNAIRE step asks. Answers keep a copy of what was asked, so a form may change. */
export const questionnaires = pgTable(
  "questionnaires",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    version: integer().notNull().default(1),
    status: text({ enum: ["draft", "published"] }).notNull(),
    title: text().notNull(),
    description: text(),
    defaultLanguage: text().notNull(),
    languages: jsonb().$type<string[]>().notNull(),
    elements: jsonb().$type<QuestionnaireElement[]>().notNull(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    publishedAt: instant(),
    archivedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("questionnaires_by_creation").on(table.applicationId, table.createdAt, table.id),
    check("questionnaires_status_known", sql`${table.status} in ('draft', 'published')`),
  ],
);
