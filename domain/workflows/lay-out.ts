import { v4 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { workflows, workflowVersions } from "@/db/schema";
import { kindOf, parseFeature, type Settings, Settings as SettingsSchema, type Step } from "./rules";

export interface NewWorkflow {
  id?: string;
  versionId?: string;
  label: string;
  steps: readonly Step[];
  settings?: Partial<Settings>;
  isDefault?: boolean;
  status?: "draft" | "published";
  createdByLabel: string;
}

/** Writes workflows with their first version. What is here already is left as it is. */
export async function insertWorkflows(tx: Tx, applicationId: string, news: readonly NewWorkflow[]): Promise<string[]> {
  if (news.length === 0) return [];
  const now = new Date();
  const rows = news.map((one) => ({
    ...one,
    id: one.id ?? uuid(),
    versionId: one.versionId ?? uuid(),
    status: one.status ?? ("published" as const),
    settings: SettingsSchema.parse(one.settings ?? {}),
  }));
  const inserted = await tx
    .insert(workflows)
    .values(
      rows.map(({ id, versionId, label, steps, settings, isDefault, status }) => ({
        applicationId,
        id,
        versionId,
        label,
        kind: kindOf(steps),
        features: steps.map((step) => step.feature),
        status,
        isDefault: isDefault ?? false,
        sessionExpirationInSeconds: settings.sessionExpirationInSeconds,
        createdAt: now,
        updatedAt: now,
      })),
    )
    .onConflictDoNothing({ target: [workflows.applicationId, workflows.id] })
    .returning({ id: workflows.id });
  const fresh = new Set(inserted.map((row) => row.id));
  const versions = rows.filter((row) => fresh.has(row.id));
  if (versions.length > 0) {
    await tx.insert(workflowVersions).values(
      versions.map(({ id, versionId, label, steps, settings, status, createdByLabel }) => ({
        applicationId,
        workflowId: id,
        version: 1,
        versionId,
        status,
        label,
        steps: [...steps],
        settings,
        createdByLabel,
        createdAt: now,
        updatedAt: now,
        publishedAt: status === "published" ? now : null,
      })),
    );
  }
  return rows.map((row) => row.id);
}

/** Steps without settings of their own, from names in any of the contract's vocabularies. */
export const plainSteps = (features: readonly string[]): Step[] =>
  features.flatMap((name) => {
    const feature = parseFeature(name);
    return feature ? [{ feature, label: null, config: {} }] : [];
  });
