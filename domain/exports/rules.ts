import { z } from "zod";
import type { Privilege } from "../access/rules";

/** The lists that can be exported. Another one is added here, and to `lists.ts`, which says what its rows are. */
export const EXPORT_LISTS = [
  "sessions",
  "imports",
  "share_tokens",
  "audit",
  "users",
  "businesses",
  "partners",
] as const;
export type ExportListName = (typeof EXPORT_LISTS)[number];

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Whoever may see a list may take it along. */
export const EXPORT_PRIVILEGES: Record<ExportListName, Privilege> = {
  sessions: "read:sessions",
  imports: "read:sessions",
  share_tokens: "read:sessions",
  audit: "read:audit",
  users: "read:users",
  businesses: "read:businesses",
  partners: "read:partners",
};

/** As many are written at once, and answered at once. */
export const ROWS_AT_ONCE = 1_000;
export const MAX_EXPORT_ROWS = 200_000;
export const EXPORT_KEPT_HOURS = 24;
/** At a time, for one application. */
export const MAX_WAITING_EXPORTS = 10;

export const EXPORT_STATUSES = ["queued", "running", "ready", "failed", "expired"] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];
export const EXPORT_FAILURES = ["too_many_rows", "not_allowed"] as const;
export type ExportFailure = (typeof EXPORT_FAILURES)[number];

export const ExportInput = z.object({
  list: z.enum(EXPORT_LISTS),
  format: z.enum(EXPORT_FORMATS),
  /** As the list itself takes it; dates as ISO 8601. */
  filter: z.record(z.string(), z.unknown()),
});
export type ExportInput = z.input<typeof ExportInput>;

export const isWorking = (status: string): boolean => status === "queued" || status === "running";
