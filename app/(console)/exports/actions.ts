"use server";

import { z } from "zod";
import { DomainError } from "@/domain/errors";
import { requestExport } from "@/domain/exports/request";
import { EXPORT_FORMATS, EXPORT_LISTS } from "@/domain/exports/rules";
import { action } from "@/lib/action";
import { filterOf } from "./filter";
import { toItem } from "./load";

const Input = z.object({
  /** The one that the screen shows; another may have been switched to meanwhile. */
  applicationId: z.uuid(),
  list: z.enum(EXPORT_LISTS),
  format: z.enum(EXPORT_FORMATS),
  query: z.string().max(4_000),
  words: z.string().trim().min(1).max(200).nullable(),
});

export const requestExportAction = action(Input, async (actor, { applicationId, list, format, query, words }) => {
  if (applicationId !== actor.applicationId) throw new DomainError("not_found", "Not found.");
  return toItem(await requestExport(actor, { list, format, filter: await filterOf(list, query, words) }));
});
