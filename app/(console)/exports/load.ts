import type { Actor } from "@/domain/actor";
import { type ExportView, listOfExports } from "@/domain/exports/read";

export type ExportItem = Omit<ExportView, "requestedAt" | "finishedAt" | "expiresAt"> & {
  requestedAt: string;
  expiresAt: string;
};

export const toItem = ({ requestedAt, finishedAt: _, expiresAt, ...view }: ExportView): ExportItem => ({
  ...view,
  requestedAt: requestedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

/** For the page's first render, and for whoever waits for one of them. */
export const loadExports = async (actor: Actor): Promise<ExportItem[]> => (await listOfExports(actor)).map(toItem);
